//! Compares values as DynamoDB orders them.

use super::number::compare_numbers;
use aws_sdk_dynamodb::types::AttributeValue;

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
