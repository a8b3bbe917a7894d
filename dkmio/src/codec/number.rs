//! Numbers from Rust's types to their text, and back.

use super::error::CodecError;
use super::in_newtypes::InNewtypes;
use crate::value::{check_number, compare_numbers, integer_text};
use serde::de::Visitor;
use serde::de::value::StrDeserializer;
use std::fmt::Display;
use std::str::FromStr;

/// Returns the text of a number, or why DynamoDB cannot store it.
pub(super) fn encode(text: String) -> Result<String, CodecError> {
    check_number(&text).map_err(|e| CodecError::new(e.to_string()))?;
    Ok(text)
}

/// Writes a float as the shortest text that reads back as the same float. Very large and very small ones get an
/// exponent, because `Display` would write hundreds of zeros.
pub(super) fn encode_float<F: Display + std::fmt::LowerExp>(
    float: F,
    magnitude: f64,
) -> Result<String, CodecError> {
    if needs_no_exponent(magnitude) {
        return Ok(float.to_string());
    }
    encode(format!("{float:e}"))
}

/// Returns whether a float is written without an exponent. Such floats are in DynamoDB's range, and no float has more digits than
/// DynamoDB keeps.
pub(super) fn needs_no_exponent(float: f64) -> bool {
    float == 0.0 || (1e-7..1e21).contains(&float.abs())
}

pub(super) fn parse_integer<T: FromStr>(text: &str, name: &str) -> Result<T, CodecError> {
    if let Ok(value) = text.parse() {
        return Ok(value);
    }
    integer_text(text)
        .and_then(|plain| plain.parse().ok())
        .ok_or_else(|| CodecError::new(format!("the number does not fit `{name}`")))
}

pub(super) fn parse_float<T: FromStr>(text: &str, name: &str) -> Result<T, CodecError> {
    text.parse()
        .map_err(|_| CodecError::new(format!("the number does not fit `{name}`")))
}

/// The length up to which a float keeps all digits of a text, whatever they are.
const EXACT_LENGTH: usize = 15;

/// Hands a number to a visitor that takes any type: as an integer, as a float that holds it exactly, or else as text
/// within newtypes.
pub(super) fn visit_any<'de, V: Visitor<'de>>(
    text: &str,
    visitor: V,
) -> Result<V::Value, CodecError> {
    if let Ok(value) = text.parse::<u64>() {
        return visitor.visit_u64(value);
    }
    if let Ok(value) = text.parse::<i64>() {
        return visitor.visit_i64(value);
    }
    if let Some(integer) = integer_text(text) {
        // A whole number that is written with a fraction or an exponent.
        if let Ok(value) = integer.parse::<u64>() {
            return visitor.visit_u64(value);
        }
        if let Ok(value) = integer.parse::<i64>() {
            return visitor.visit_i64(value);
        }
    }
    match exact_float(text) {
        Some(value) => visitor.visit_f64(value),
        None => visitor.visit_newtype_struct(InNewtypes::new(StrDeserializer::new(text))),
    }
}

/// Returns the float that is exactly this number, as its shortest text shows.
fn exact_float(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    let is_short = text.len() <= EXACT_LENGTH && !text.contains(['e', 'E']);
    let is_exact =
        || compare_numbers(text, &format!("{value:e}")) == Some(std::cmp::Ordering::Equal);
    (is_short || is_exact()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_stands_for_a_number_only_if_it_is_that_number() {
        for text in ["0.1", "-2.5", "1e100", "123456789012.345", "5E-130"] {
            assert!(exact_float(text).is_some(), "{text}");
        }
        for text in [
            "0.1000000000000000055511151231257827",
            "1.2345678901234567890",
            "123456789012345678901",
            "1e400",
            "1e-400",
            "NaN",
            "inf",
        ] {
            assert!(exact_float(text).is_none(), "{text}");
        }
        assert!(exact_float("123456789012345680000").is_some());
    }
}
