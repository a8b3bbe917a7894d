//! Checks how deeply the SDK's values are nested, because users make them of any depth.

use super::error::CodecError;
use super::nesting::{MAX_LEVELS, TOO_DEEP};
use crate::value::AttributeValue;

/// Refuses a value with more levels of lists and maps than DynamoDB takes.
///
/// It does so without recursion, because to clone or to drop such a value takes a stack as deep as the value.
pub(crate) fn check_levels(value: AttributeValue) -> Result<AttributeValue, CodecError> {
    if !is_too_deep(&value) {
        return Ok(value);
    }
    take_apart(value);
    Err(CodecError::new(TOO_DEEP))
}

fn is_too_deep(value: &AttributeValue) -> bool {
    let mut rest = vec![(value, 0)];
    while let Some((value, levels)) = rest.pop() {
        if levels > MAX_LEVELS {
            return true;
        }
        match value {
            AttributeValue::L(elements) => {
                rest.extend(elements.iter().map(|element| (element, levels + 1)));
            }
            AttributeValue::M(entries) => {
                rest.extend(entries.values().map(|entry| (entry, levels + 1)));
            }
            _ => {}
        }
    }
    false
}

/// Drops a value from the outside inwards, without recursion.
fn take_apart(value: AttributeValue) {
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value {
            AttributeValue::L(elements) => rest.extend(elements),
            AttributeValue::M(entries) => rest.extend(entries.into_values()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Item;

    #[test]
    fn lists_and_maps_of_any_depth_are_checked() {
        let list = |value| AttributeValue::L(vec![value]);
        let map = |value| AttributeValue::M(Item::from([("a".to_owned(), value)]));
        let nested = |depth: usize, wrap: fn(AttributeValue) -> AttributeValue| {
            (0..depth).fold(AttributeValue::Bool(true), |value, _| wrap(value))
        };
        for wrap in [list, map] {
            assert!(check_levels(nested(0, wrap)).is_ok());
            assert!(check_levels(nested(32, wrap)).is_ok());
            for depth in [33, 1_000, 100_000] {
                assert!(check_levels(nested(depth, wrap)).is_err(), "{depth}");
            }
        }
    }
}
