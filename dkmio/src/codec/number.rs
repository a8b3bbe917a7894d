//! Numbers between their text and Rust's types.

use super::error::CodecError;
use crate::value::{check_number, integer_text};
use serde::de::Visitor;
use std::fmt::Display;
use std::str::FromStr;

/// Returns the text of a number, or why DynamoDB cannot store it.
pub(super) fn encode(text: String) -> Result<String, CodecError> {
    check_number(&text).map_err(|e| CodecError::new(e.to_string()))?;
    Ok(text)
}

/// Writes a float as the shortest text that reads back as the same float; far from one with an exponent, for
/// `Display` would write hundreds of zeros.
pub(super) fn encode_float<F: Display + std::fmt::LowerExp>(
    float: F,
    magnitude: f64,
) -> Result<String, CodecError> {
    // No float has more digits than DynamoDB keeps, and these are in its range.
    if magnitude == 0.0 || (1e-7..1e21).contains(&magnitude.abs()) {
        return Ok(float.to_string());
    }
    encode(format!("{float:e}"))
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

/// Hands a number to a visitor that did not say which type it wants.
pub(super) fn visit_any<'de, V: Visitor<'de>>(
    text: &str,
    visitor: V,
) -> Result<V::Value, CodecError> {
    if let Ok(value) = text.parse::<u64>() {
        visitor.visit_u64(value)
    } else if let Ok(value) = text.parse::<i64>() {
        visitor.visit_i64(value)
    } else {
        visitor.visit_f64(parse_float(text, "f64")?)
    }
}
