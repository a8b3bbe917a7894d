//! `Number`: an exact decimal number, kept as its canonical text.

mod decimal;
mod read;
mod write;

use self::decimal::Decimal;
pub(crate) use self::decimal::{check_number, compare_numbers, integer_text};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A decimal number with its exact text: up to 38 significant digits, from 1E-130 to 9.99…E+125.
///
/// Use it where an integer type is too small and a float would round.
///
/// # Examples
///
/// ```
/// use dkmio::Number;
///
/// let price: Number = "12345678901234567890.123456789012345678".parse()?;
/// assert_eq!(price.as_str(), "12345678901234567890.123456789012345678");
/// assert_eq!("1.50".parse::<Number>()?, "1.5".parse::<Number>()?);
/// # Ok::<(), dkmio::InvalidNumber>(())
/// ```
///
/// # Errors
///
/// Parsing fails with [`InvalidNumber`] on text that is no decimal number, or that DynamoDB could not keep exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// Returns the number's text, without leading or trailing zeros.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Makes a number from the text of a value of a type of which DynamoDB can store every value.
    #[cfg(feature = "rust_decimal")]
    pub(super) fn canonical(text: &str) -> Self {
        match text.parse() {
            Ok(number) => number,
            Err(e) => unreachable!("excluded by the range of the type that wrote the text: {e}"),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Orders numbers by their value.
impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        // Both texts are numbers, so the comparison of the texts is never reached.
        compare_numbers(&self.0, &other.0).unwrap_or_else(|| self.0.cmp(&other.0))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Number {
    type Err = InvalidNumber;

    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        Decimal::parse(text)?.in_range().map(|d| Self(d.plain()))
    }
}

macro_rules! from_integers {
    ($($ty:ty),*) => { $(
        impl From<$ty> for Number {
            fn from(value: $ty) -> Self { Self(value.to_string()) }
        }
    )* };
}
from_integers!(u8, u16, u32, u64, i8, i16, i32, i64);

/// Why a text is no number that DynamoDB can store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidNumber {
    /// The text is not a decimal number: letters, `NaN`, infinity, or nothing at all.
    #[error("not a decimal number; DynamoDB stores no NaN and no infinity")]
    Malformed,
    /// More than 38 significant digits.
    #[error("a number of {0} significant digits; DynamoDB keeps at most 38")]
    Digits(usize),
    /// A magnitude outside 1E-130 to 9.99…E+125.
    #[error("a number out of DynamoDB's range of 1E-130 to 9.99…E+125")]
    Range,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Result<String, InvalidNumber> {
        text.parse::<Number>().map(|n| n.0)
    }

    #[test]
    fn numbers_have_one_canonical_text() {
        for (text, expected) in [
            ("0", "0"),
            ("-0.00", "0"),
            ("007", "7"),
            ("1.50", "1.5"),
            ("-1e2", "-100"),
            ("12.5E-3", "0.0125"),
            ("1E+125", &format!("1{}", "0".repeat(125))),
            (".5", "0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(plain(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_dynamodb_cannot_keep_is_refused() {
        let digits = "1234567890".repeat(4);
        assert_eq!(plain(&digits[..38]).as_deref(), Ok(&digits[..38]));
        assert_eq!(plain(&digits[..39]), Err(InvalidNumber::Digits(39)));
        assert_eq!(plain("1e126"), Err(InvalidNumber::Range));
        assert_eq!(plain("1e-131"), Err(InvalidNumber::Range));
        for text in [
            "", "-", ".", "NaN", "inf", "1e", "0x1", "1 ", "1e5.0", "--1", "1-1",
        ] {
            assert_eq!(plain(text), Err(InvalidNumber::Malformed), "{text:?}");
        }
    }

    #[test]
    fn numbers_compare_by_value() {
        for (a, b, expected) in [
            ("1", "1.0", Ordering::Equal),
            ("9", "10", Ordering::Less),
            ("-9", "-10", Ordering::Greater),
            ("0.02", "0.1", Ordering::Less),
            ("-1", "0", Ordering::Less),
            ("1e10", "9999999999", Ordering::Greater),
            ("12", "123", Ordering::Less),
        ] {
            assert_eq!(compare_numbers(a, b), Some(expected), "{a} {b}");
        }
    }

    #[test]
    fn whole_numbers_in_other_clothes_read_as_integers() {
        assert_eq!(integer_text("1E2").as_deref(), Some("100"));
        assert_eq!(integer_text("100.0").as_deref(), Some("100"));
        assert_eq!(integer_text("1.5"), None);
    }
}
