//! Values as DynamoDB stores them: items, sets, binary, exact numbers, time to live.

mod bytes;
mod encoded;
mod foreign;
mod key;
mod number;
mod scalar;
mod set;
#[cfg(any(feature = "chrono", feature = "jiff"))]
mod sortable;
mod ttl;

pub use aws_sdk_dynamodb::types::AttributeValue;

pub use self::bytes::Bytes;
pub(crate) use self::encoded::{EncodedItem, KeyPlaces};
#[cfg(feature = "rust_decimal")]
pub use self::foreign::decimal;
pub use self::key::{KeyAttribute, KeyKind, Prefix};
use self::number::compare_numbers;
pub use self::number::{InvalidNumber, Number};
pub(crate) use self::number::{NUMBER_MARKER, check_number, integer_text};
pub(crate) use self::scalar::Scalar;
pub use self::set::Set;
pub(crate) use self::set::SetMarker;
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(crate) use self::sortable::Moment;
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub use self::sortable::Sortable;
pub use self::ttl::TtlAttribute;
pub(crate) use self::ttl::has_expired;
pub use self::ttl::{InvalidTtl, Ttl};

/// An item without a model: attribute names and their values, as the SDK holds them.
pub type Item = std::collections::HashMap<String, AttributeValue>;

/// Returns the size of a value in bytes, as DynamoDB counts it against its limits.
///
/// Numbers are counted by the documented approximation: one byte for each two significant digits, and one.
pub(crate) fn value_size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(s) => s.len(),
        AttributeValue::N(n) => number_size(n),
        AttributeValue::B(b) => b.as_ref().len(),
        AttributeValue::Ss(v) => v.iter().map(String::len).sum(),
        AttributeValue::Ns(v) => v.iter().map(|n| number_size(n)).sum(),
        AttributeValue::Bs(v) => v.iter().map(|b| b.as_ref().len()).sum(),
        // A list or map costs three bytes, and one for each element.
        AttributeValue::L(v) => 3 + v.iter().map(|e| 1 + value_size(e)).sum::<usize>(),
        AttributeValue::M(m) => 3 + m.len() + item_size(m),
        _ => 1,
    }
}

/// Returns the size of an item in bytes: its attribute names and values.
pub(crate) fn item_size(item: &Item) -> usize {
    item.iter()
        .map(|(name, value)| name.len() + value_size(value))
        .sum()
}

/// Compares two strings, numbers or binary values as DynamoDB orders them; `None` for values of different types, or of
/// types without an order.
pub(crate) fn compare_scalars(
    a: &AttributeValue,
    b: &AttributeValue,
) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (AttributeValue::S(a), AttributeValue::S(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
        (AttributeValue::B(a), AttributeValue::B(b)) => Some(a.as_ref().cmp(b.as_ref())),
        (AttributeValue::N(a), AttributeValue::N(b)) => compare_numbers(a, b),
        _ => None,
    }
}

/// Returns the size of a number in bytes, by the same approximation.
pub(crate) fn number_size(text: &str) -> usize {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits.div_ceil(2) + 1
}
