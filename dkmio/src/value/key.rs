use super::{Bytes, Number, Ttl};
use serde::Serialize;

/// The kind of a key attribute: DynamoDB's `ScalarAttributeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// A string.
    S,
    /// A number.
    N,
    /// Binary data.
    B,
}

/// A type that can be a key of a table or index, or an element of a [`Set`](crate::Set): a string, a number or binary.
///
/// | type | stored as | feature |
/// |---|---|---|
/// | `String` | S | |
/// | the integers, [`Number`], [`Ttl`] | N | |
/// | [`Bytes`] | B | |
/// | `uuid::Uuid` | S, hyphenated; sorts as its bytes do | `uuid` |
/// | `chrono::NaiveDate`, `NaiveDateTime`, `NaiveTime` | S, ISO 8601 | `chrono` |
/// | `Sortable<chrono::DateTime<Utc>>` | S, RFC 3339 with nine decimal places | `chrono` |
/// | `jiff::civil::Date`, `DateTime`, `Time` | S, ISO 8601 | `jiff` |
/// | `Sortable<jiff::Timestamp>` | S, RFC 3339 with nine decimal places | `jiff` |
/// | `rust_decimal::Decimal` with `#[serde(with = "dkmio::decimal")]` | N | `rust_decimal` |
///
/// Dates sort in the years 0 to 9999. `DateTime<Utc>` and `Timestamp` by themselves are no keys, for their text does not
/// sort in the order of time; `Sortable` does. Nor is `rust_decimal::Decimal` by itself, for it is a string to serde.
///
/// For a newtype around one of these, or an enum without fields, derive it:
///
/// ```
/// use dkmio::KeyAttribute;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
/// struct UserId(String);
///
/// #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
/// enum Status {
///     Pending,
///     Shipped,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key: DynamoDB keys are strings, numbers or binary",
    label = "not a string, number or binary",
    note = "an `Option` can be the key of an index (a sparse index), not of a table; floats, bools, lists and maps are no keys",
    note = "for a newtype or an enum of your own, derive `dkmio::KeyAttribute`"
)]
pub trait KeyAttribute: Serialize {
    /// What DynamoDB stores.
    const KIND: KeyKind;
}

/// A type that has prefixes, for `begins_with`: a string or binary.
#[diagnostic::on_unimplemented(
    message = "`begins_with` works on strings and binary, and this attribute is `{Self}`",
    label = "not a string or binary",
    note = "compare a number with `eq`, `lt`, `le`, `gt`, `ge` or `between`"
)]
pub trait Prefix {}

macro_rules! key_attributes {
    ($($kind:ident: $($ty:ty),*;)*) => {
        $($(#[diagnostic::do_not_recommend] impl KeyAttribute for $ty { const KIND: KeyKind = KeyKind::$kind; })*)*
    };
}

key_attributes! {
    S: String;
    N: u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, Number, Ttl;
    B: Bytes;
}

#[diagnostic::do_not_recommend]
impl Prefix for String {}
#[diagnostic::do_not_recommend]
impl Prefix for Bytes {}
#[diagnostic::do_not_recommend]
impl<T: Prefix> Prefix for Option<T> {}
