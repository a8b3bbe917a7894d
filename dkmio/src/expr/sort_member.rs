//! `SortMember`: a member of a sort key that is about to be compared, and its operators.

use super::key_condition::{NotASortKeyCondition, values};
use super::prefix::PrefixValue;
use super::template_sort::{MemberRange, TemplateSort};
use crate::schema::{KeyValue, KeyValues, Terminated, Unsorted, key_values};
use crate::value::{FixedWidth, Prefix};
use std::marker::PhantomData;

/// What a member can be compared in order by.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this member is in the key without its zeros, or only in part, and compares with `eq` alone",
    label = "keys are not in the order of this member",
    note = "`:raw` writes no zeros, and `:.N` the first characters only"
)]
pub trait Sorts<T> {}
#[diagnostic::do_not_recommend]
impl<T> Sorts<T> for Terminated {}
impl<T: FixedWidth> Sorts<T> for Unsorted {}

/// How a member whose whole text is in the key is compared; not that of `:raw` and `:.N`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this member is in the key without its zeros, or only in part, and compares with `eq` alone",
    label = "its prefixes may not be in the key",
    note = "`:raw` writes no zeros, and `:.N` the first characters only"
)]
pub trait KeepsPrefixes {}
impl KeepsPrefixes for Terminated {}
impl KeepsPrefixes for Unsorted {}

/// A member of a key that is text, so that `begins_with` works on it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`begins_with` works on text, and this member is a `{Self}`",
    label = "not text",
    note = "a number is compared with `eq`, `lt`, `le`, `gt`, `ge` or `between`"
)]
pub trait TextMember {}
#[diagnostic::do_not_recommend]
impl<T: Prefix> TextMember for T {}

/// A member of a sort key that is about to be compared: `Next` is what follows `eq`, `End` what follows a range.
#[must_use = "compare the member, such as `.eq(..)` or `.ge(..)`"]
pub struct SortMember<T, Next, End, Order> {
    so_far: TemplateSort,
    member: PhantomData<fn() -> (T, Order)>,
    states: PhantomData<fn() -> (Next, End)>,
}

macro_rules! ranges {
    ($($(#[$doc:meta])* $method:ident $range:ident;)*) => { $(
        $(#[$doc])*
        pub fn $method<V: KeyValue<T>>(self, value: V) -> End
        where
            Order: Sorts<T>,
        {
            self.range(MemberRange::$range, key_values(value, 1))
        }
    )* };
}

/// Defines operators that people look for and DynamoDB does not have, so that rustc says so.
macro_rules! refused {
    ($($method:ident)*) => { $(
        #[doc(hidden)]
        pub fn $method<V>(self, _: V) -> End
        where
            Self: NotASortKeyCondition,
        {
            unreachable!("excluded by `NotASortKeyCondition`, which nothing implements")
        }
    )* };
}

#[allow(
    clippy::should_implement_trait,
    reason = "they make conditions, not booleans"
)]
impl<T, Next: From<TemplateSort>, End: From<TemplateSort>, Order> SortMember<T, Next, End, Order> {
    #[doc(hidden)]
    pub fn new(so_far: TemplateSort) -> Self {
        Self {
            so_far,
            member: PhantomData,
            states: PhantomData,
        }
    }

    /// Equal; the next member may follow.
    pub fn eq<V: KeyValue<T>>(mut self, value: V) -> Next {
        self.so_far.equal(key_values(value, 1));
        self.so_far.into()
    }

    ranges! {
        /// Less than.
        lt Lt;
        /// Less than or equal.
        le Le;
        /// Greater than.
        gt Gt;
        /// Greater than or equal.
        ge Ge;
    }

    /// From `low` to `high`, both included.
    pub fn between<V: KeyValue<T>, W: KeyValue<T>>(self, low: V, high: W) -> End
    where
        Order: Sorts<T>,
    {
        let bounds = key_values(low, 2).and_then(|mut bounds| {
            high.encode_key(&mut bounds)?;
            Ok(bounds)
        });
        self.range(MemberRange::Between, bounds)
    }

    /// Begins with the prefix, a text.
    pub fn begins_with<V: PrefixValue<T, str>>(self, prefix: V) -> End
    where
        T: TextMember,
        Order: KeepsPrefixes,
    {
        self.range(MemberRange::BeginsWith, values([prefix.into_term()]))
    }

    fn range(mut self, range: MemberRange, values: KeyValues) -> End {
        self.so_far.range(range, values);
        self.so_far.into()
    }

    refused! { ne is_in contains not_contains not_begins_with }
}
