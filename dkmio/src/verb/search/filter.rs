//! The filters of a search: equality, and nothing else.

use crate::attr::Attr;
use crate::expr::{Condition, Operand};

/// A condition that a search takes: an attribute that equals a value.
#[derive(Clone, Debug)]
#[must_use = "a filter does nothing until it is given to `.filter(..)`"]
pub struct SearchFilter(pub(super) Condition);

/// Joins two filters, both of which have to hold.
impl std::ops::BitAnd for SearchFilter {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// A filter of a vector index, as the closure of [`Search::filter`](super::Search::filter) sees it.
pub struct FilterHandle<H>(H);

impl<H> FilterHandle<H> {
    #[doc(hidden)]
    pub fn new(handle: H) -> Self {
        Self(handle)
    }
}

/// A search takes this operator.
#[diagnostic::on_unimplemented(
    message = "a search filters by `eq` only",
    label = "not an operator of a search",
    note = "DynamoDB's `SearchVectors` takes values that an attribute equals; store what you filter by as such a value, or filter what was found"
)]
pub trait OperatorOfSearch {}

/// Defines operators that conditions have and a search does not, so that rustc says so.
macro_rules! refused {
    ($($operator:ident($($value:ident: $V:ident),*))*) => { $(
        #[doc(hidden)]
        pub fn $operator<$($V),*>(&self, $($value: $V),*) -> SearchFilter
        where
            Self: OperatorOfSearch,
        {
            $(let _ = $value;)*
            unreachable!("excluded by `OperatorOfSearch`, which nothing implements")
        }
    )* };
}

#[allow(
    clippy::should_implement_trait,
    reason = "it makes a filter, not a boolean"
)]
impl<A, T, S, W> FilterHandle<Attr<A, T, S, W>> {
    /// Equal (`=`).
    pub fn eq(&self, value: impl Operand<T>) -> SearchFilter {
        SearchFilter(self.0.eq(value))
    }

    refused! {
        ne(value: V) lt(value: V) le(value: V) gt(value: V) ge(value: V) between(low: V, high: U)
        is_in(values: V) begins_with(prefix: V) contains(value: V) exists() not_exists()
    }
}
