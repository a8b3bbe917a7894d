//! Says at compile time which types DynamoDB can compare by their order.

use crate::attr::Any;
use crate::value::{KeyAttribute, Version};
use std::borrow::Cow;
use std::num;
use std::rc::Rc;
use std::sync::Arc;

/// A type that DynamoDB puts in order: a string, number or binary. What `lt`, `le`, `gt`, `ge` and `between` need.
///
/// Every key type is one, so that for a newtype or enum of your own it is enough to derive
/// [`KeyAttribute`](derive@crate::KeyAttribute). For another type that is stored as a string, number or binary:
///
/// ```
/// use dkmio::Ordered;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
/// struct Celsius(f64);
///
/// impl Ordered for Celsius {}
/// ```
///
/// A type whose text does not sort as its values do is not ordered, because DynamoDB compares strings byte by byte:
/// `rust_decimal::Decimal` needs `#[serde(with = "dkmio::decimal")]`, a time `Sortable`.
#[diagnostic::on_unimplemented(
    message = "`lt`, `le`, `gt`, `ge` and `between` work on strings, numbers and binary, and this attribute is `{Self}`",
    label = "DynamoDB has no order for it",
    note = "compare it with `eq`, `ne` or `is_in`; of a list, a map or a set there is also `size()`",
    note = "for a type of your own that is stored as a string, number or binary, derive `dkmio::KeyAttribute` or implement `dkmio::Ordered`",
    note = "a time or decimal whose text does not sort needs `dkmio::Sortable` or `#[serde(with = \"dkmio::decimal\")]`"
)]
pub trait Ordered {}

#[diagnostic::do_not_recommend]
impl<T: KeyAttribute> Ordered for T {}

macro_rules! ordered {
    ($($ty:ty),* $(,)?) => { $(
        #[diagnostic::do_not_recommend]
        impl Ordered for $ty {}
    )* };
}
ordered!(
    Any,
    f32,
    f64,
    char,
    Cow<'_, str>,
    Box<str>,
    Rc<str>,
    Arc<str>,
    num::NonZeroU8,
    num::NonZeroU16,
    num::NonZeroU32,
    num::NonZeroU64,
    num::NonZeroU128,
    num::NonZeroUsize,
    num::NonZeroI8,
    num::NonZeroI16,
    num::NonZeroI32,
    num::NonZeroI64,
    num::NonZeroI128,
    num::NonZeroIsize,
    serde_json::Value,
    Version,
);

#[diagnostic::do_not_recommend]
impl<T: Ordered> Ordered for Option<T> {}
