//! Says which types can be keys, and which of them have prefixes.

use super::{Bytes, Number, Ttl};
use serde::Serialize;
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

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
/// Dates sort in the years 0 to 9999. `DateTime<Utc>` and `Timestamp` are no keys by themselves, because their text
/// does not sort in the order of time; `Sortable` does. Nor is `rust_decimal::Decimal` by itself, because it is a
/// string to serde.
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

/// A type with prefixes, which `begins_with` needs: one that is stored as a string (`Of` is `str`) or as binary (`[u8]`).
///
/// Strings, [`Bytes`], dates and times, `Uuid`, and what derives [`KeyAttribute`](derive@crate::KeyAttribute) around one of
/// these or as an enum have it. A prefix is text, or bytes for binary, whatever the type is. For another type of your own that
/// is stored as a string, implement it:
///
/// ```
/// use dkmio::{DynamoTable, KeyAttribute, KeyKind, Prefix};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
/// struct Path(String);
///
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
/// #[serde(into = "String", from = "String")]
/// struct Email {
///     user: String,
///     host: String,
/// }
/// # impl From<Email> for String { fn from(e: Email) -> String { format!("{}@{}", e.user, e.host) } }
/// # impl From<String> for Email { fn from(text: String) -> Email {
/// #     let (user, host) = text.split_once('@').unwrap_or((&text, ""));
/// #     Email { user: user.to_owned(), host: host.to_owned() }
/// # } }
///
/// impl KeyAttribute for Email {
///     const KIND: KeyKind = KeyKind::S;
/// }
/// impl Prefix for Email {}
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "files")]
/// struct Files {
///     #[pk]
///     disk: String,
///     #[sk]
///     path: Path,
///     owner: Email,
/// }
///
/// let files = Files::query("d_1").sk(|k| k.begins_with("a/")).filter(|f| f.owner().begins_with("ann@"));
/// # files.explain()?;
/// # Ok::<(), dkmio::Error>(())
/// ```
///
/// For a type that is stored as binary write `impl Prefix<[u8]> for Digest {}`. A type that serde stores as another
/// type, by `#[serde(into = "..", try_from = "..")]`, may also derive `KeyAttribute`, which implements both traits.
#[diagnostic::on_unimplemented(
    message = "`begins_with` works on strings and binary, and this attribute is `{Self}`",
    label = "not a string or binary",
    note = "a number is compared with `eq`, `lt`, `le`, `gt`, `ge` or `between`; what is in a list or map has prefixes of its own",
    note = "for a type of your own that is stored as a string, derive `dkmio::KeyAttribute` or implement `dkmio::Prefix`"
)]
pub trait Prefix<Of: ?Sized = str> {}

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

macro_rules! prefixes {
    ($($of:ty: $($ty:ty),*;)*) => {
        $($(#[diagnostic::do_not_recommend] impl Prefix<$of> for $ty {})*)*
    };
}

prefixes! {
    str: String, Cow<'_, str>, Box<str>, Rc<str>, Arc<str>, serde_json::Value;
    [u8]: Bytes;
}

#[diagnostic::do_not_recommend]
impl<T: Prefix<Of>, Of: ?Sized> Prefix<Of> for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Prefix<Of>, Of: ?Sized> Prefix<Of> for Box<T> {}
