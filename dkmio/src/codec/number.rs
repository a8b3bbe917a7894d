//! Converts numbers between their text and Rust's types, without loss.

use super::error::CodecError;
use super::wrapped::Wrapped;
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

/// Writes a float as the shortest text that reads back as the same float. Very large and very small floats get an
/// exponent, because `Display` would write hundreds of zeros.
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

/// The text of a float that is a whole number of thousandths, and not zero.
pub(super) struct Thousandths {
    bytes: [u8; LONGEST],
    length: usize,
}

/// The sign, fifteen digits and the point.
const LONGEST: usize = 17;

impl Thousandths {
    /// Returns the text that `Display` writes, if the float is a whole number of thousandths with few enough digits.
    ///
    /// No two decimal numbers with that few digits are the same float. So the number found here is the shortest one
    /// that reads back as the float: the float is the nearest to the thousandths divided by 1000.
    pub(super) fn of<F: Thousandth>(float: F) -> Option<Self> {
        let (negative, thousandths) = float.thousandths()?;
        let mut text = Self {
            bytes: [0; LONGEST],
            length: 0,
        };
        if negative {
            text.push(b"-");
        }
        text.push(itoa::Buffer::new().format(thousandths / 1000).as_bytes());
        let rest = (thousandths % 1000) as u16;
        if rest > 0 {
            let digit = |value: u16| b'0' + (value % 10) as u8;
            let fraction = [b'.', digit(rest / 100), digit(rest / 10), digit(rest)];
            let length = match fraction {
                [_, _, b'0', b'0'] => 2,
                [.., b'0'] => 3,
                _ => 4,
            };
            text.push(fraction.get(..length).unwrap_or_default());
        }
        Some(text)
    }

    fn push(&mut self, part: &[u8]) {
        let end = self.length + part.len();
        if let Some(to) = self.bytes.get_mut(self.length..end) {
            to.copy_from_slice(part);
            self.length = end;
        }
    }

    /// Returns the number of significant digits.
    pub(super) fn digits(&self) -> usize {
        let text = self.text();
        if !text.contains(&b'.') {
            return integer_digits(text);
        }
        let leading = text.iter().take_while(|b| matches!(b, b'-' | b'0' | b'.'));
        let rest = text.get(leading.count()..).unwrap_or_default();
        rest.len() - usize::from(rest.contains(&b'.'))
    }

    pub(super) fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Returns how many significant digits the text of an integer has.
#[inline]
pub(super) fn integer_digits(text: &[u8]) -> usize {
    let digits = text.len() - usize::from(text.first() == Some(&b'-'));
    if text.last() != Some(&b'0') {
        return digits;
    }
    let zeros = text.iter().rev().take_while(|byte| **byte == b'0');
    digits - zeros.count()
}

pub(super) trait Thousandth: Copy {
    /// Returns the sign and the whole number of thousandths.
    fn thousandths(self) -> Option<(bool, u64)>;
}

macro_rules! thousandths {
    ($($float:ty: below $limit:literal;)*) => { $(
        impl Thousandth for $float {
            #[inline]
            fn thousandths(self) -> Option<(bool, u64)> {
                let magnitude = self.abs();
                let number = (magnitude * 1000.0 + 0.5) as u64;
                // Below this limit no two numbers with three decimals are the same float.
                let is_it = (1..$limit).contains(&number) && number as $float / 1000.0 == magnitude;
                is_it.then_some((self < 0.0, number))
            }
        }
    )* };
}
thousandths! {
    f32: below 1_000_000;
    f64: below 1_000_000_000_000_000;
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

/// A float keeps all digits of a text up to this length.
const EXACT_LENGTH: usize = 15;

/// Hands a number to a visitor that accepts any type: as an integer, as a float that holds it exactly, or as its text
/// inside newtypes.
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
        // A whole number with a fraction or an exponent in its text.
        if let Ok(value) = integer.parse::<u64>() {
            return visitor.visit_u64(value);
        }
        if let Ok(value) = integer.parse::<i64>() {
            return visitor.visit_i64(value);
        }
    }
    match exact_float(text) {
        Some(value) => visitor.visit_f64(value),
        None => visitor.visit_newtype_struct(Wrapped::new(StrDeserializer::new(text))),
    }
}

/// Returns the float whose shortest text is this number.
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

    fn assert_same<F: Thousandth + Display>(float: F) -> bool {
        let text = Thousandths::of(float);
        if let Some(text) = &text {
            assert_eq!(text.text(), float.to_string().as_bytes());
        }
        text.is_some()
    }

    #[test]
    fn thousandths_are_written_as_display_writes_them() {
        for number in (-20_000..20_000).chain((0..1_000_000).step_by(37)) {
            let float = f64::from(number);
            for divisor in [1.0, 3.0, 7.0, 8.0, 10.0, 100.0, 1000.0, 10_000.0] {
                assert_same(float / divisor);
                assert_same((float / divisor) as f32);
            }
            assert_eq!(assert_same(float / 1000.0), number != 0);
        }
    }

    #[test]
    fn floats_of_any_bits_are_written_as_display_writes_them() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..200_000 {
            assert_same(f64::from_bits(random.u64(..)));
            assert_same(f32::from_bits(random.u32(..)));
            let limit = 10_u64.pow(random.u32(..18));
            let digits = random.u64(..limit);
            assert_same(digits as f64 / 1000.0);
            assert_same(digits as f32 / 1000.0);
            // The neighbouring floats.
            let bits = (digits as f64 / 1000.0).to_bits();
            assert_same(f64::from_bits(bits + 1));
            assert_same(f64::from_bits(bits.saturating_sub(1)));
        }
        for float in [0.0, -0.0, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE] {
            assert!(!assert_same(float));
        }
    }

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

    #[test]
    fn most_floats_of_daily_life_are_thousandths() {
        for float in [1.0, -2.5, 19.99, 0.001, 0.1, 999_999_999_999.999] {
            assert!(assert_same(float), "{float}");
        }
        for float in [1.0_f32, -2.5, 19.99, 0.001, 0.1, 999.999] {
            assert!(assert_same(float), "{float}");
        }
    }
}
