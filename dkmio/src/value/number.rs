//! Exact decimal numbers: parsed, written in one canonical form, compared, and held to DynamoDB's 38 digits.

use super::NUMBER_MARKER;
use serde::de::{Deserialize, Deserializer, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Digits that DynamoDB keeps.
const MAX_DIGITS: usize = 38;
/// The largest and smallest decimal exponents of the leading digit.
const MAX_EXPONENT: i64 = 125;
const MIN_EXPONENT: i64 = -130;

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

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NUMBER_MARKER, &self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NUMBER_MARKER, NumberVisitor::new(false))
    }
}

impl Number {
    /// Writes the number as a number in other formats too, if an integer or a float holds it exactly.
    pub(super) fn serialize_as_number<S: Serializer>(
        &self,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if let Ok(integer) = self.0.parse::<u64>() {
            return serializer.serialize_newtype_struct(NUMBER_MARKER, &integer);
        }
        if let Ok(integer) = self.0.parse::<i64>() {
            return serializer.serialize_newtype_struct(NUMBER_MARKER, &integer);
        }
        match self.0.parse::<f64>() {
            Ok(float) if Self::of_float(float).is_ok_and(|number| number == *self) => {
                serializer.serialize_newtype_struct(NUMBER_MARKER, &float)
            }
            _ => self.serialize(serializer),
        }
    }

    /// Returns the shortest number that reads back as this float.
    pub(super) fn of_float(value: f64) -> Result<Self, InvalidNumber> {
        format!("{value:e}").parse()
    }

    /// Reads a number, also from its text as a string.
    #[cfg(feature = "rust_decimal")]
    pub(super) fn deserialize_lenient<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        // Not `NUMBER_MARKER`, because the codec accepts no string under that name.
        deserializer.deserialize_newtype_struct("$dkmio::Decimal", NumberVisitor::new(true))
    }
}

/// Reads a number of any format.
pub(super) struct NumberVisitor {
    takes_text: bool,
    /// How many newtypes the visitor has entered.
    within: u8,
}

impl NumberVisitor {
    fn new(takes_text: bool) -> Self {
        Self {
            takes_text,
            within: 0,
        }
    }
}

/// Returns `true` for serde's buffer of what the codec reads, which the names of its types show. A string in that
/// buffer was stored as a string, because the codec hands numbers over inside newtypes.
fn is_buffer<D>() -> bool {
    let name = std::any::type_name::<D>();
    name.contains("Content") && name.contains("CodecError")
}

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Number, D::Error> {
        // The codec puts the text of a number inside two newtypes or more; other formats put their text inside one or
        // none.
        d.deserialize_any(Self {
            takes_text: self.takes_text || self.within > 0 || !is_buffer::<D>(),
            within: self.within.saturating_add(1),
        })
    }

    fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Number, E> {
        if self.within > 0 && !self.takes_text {
            return Err(E::invalid_type(Unexpected::Str(v), &self));
        }
        v.parse().map_err(E::custom)
    }

    fn visit_i64<E>(self, v: i64) -> Result<Number, E> {
        Ok(v.into())
    }

    fn visit_u64<E>(self, v: u64) -> Result<Number, E> {
        Ok(v.into())
    }

    fn visit_i128<E: serde::de::Error>(self, v: i128) -> Result<Number, E> {
        v.to_string().parse().map_err(E::custom)
    }

    fn visit_u128<E: serde::de::Error>(self, v: u128) -> Result<Number, E> {
        v.to_string().parse().map_err(E::custom)
    }

    fn visit_f64<E: serde::de::Error>(self, v: f64) -> Result<Number, E> {
        Number::of_float(v).map_err(E::custom)
    }
}

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

/// Checks that DynamoDB can store the number exactly.
pub(crate) fn check_number(text: &str) -> Result<(), InvalidNumber> {
    // Nearly every number is a short integer, which needs no parsing.
    let digits = text.strip_prefix('-').unwrap_or(text);
    if (1..=MAX_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Decimal::parse(text)?.in_range().map(drop)
}

/// Returns the plain text of a whole number that is written with a fraction or an exponent, such as `1E2` or `100.0`.
pub(crate) fn integer_text(text: &str) -> Option<String> {
    let decimal = Decimal::parse(text).ok()?.in_range().ok()?;
    (decimal.scale <= 0).then(|| decimal.plain())
}

/// Compares two numbers by their value; `None` if one is no number.
pub(crate) fn compare_numbers(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (Decimal::parse(a).ok()?, Decimal::parse(b).ok()?);
    Some(a.sign().cmp(&b.sign()).then_with(|| {
        let magnitude = a.magnitude().cmp(&b.magnitude());
        if a.negative {
            magnitude.reverse()
        } else {
            magnitude
        }
    }))
}

/// `digits` × 10^-scale, the digits without leading or trailing zeros.
struct Decimal {
    negative: bool,
    digits: String,
    scale: i64,
}

impl Decimal {
    fn parse(text: &str) -> Result<Self, InvalidNumber> {
        let (negative, rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], parse_exponent(&rest[at + 1..])?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction)
        {
            return Err(InvalidNumber::Malformed);
        }
        let joined = format!("{whole}{fraction}");
        let significant = joined.trim_start_matches('0');
        let digits = significant.trim_end_matches('0');
        let trailing = (significant.len() - digits.len()) as i64;
        Ok(Self {
            negative: negative && !digits.is_empty(),
            digits: digits.to_owned(),
            scale: if digits.is_empty() {
                0
            } else {
                fraction.len() as i64 - trailing - exponent
            },
        })
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    /// Returns the exponent of the leading digit and the digits, which order the absolute values of numbers.
    fn magnitude(&self) -> (i64, &str) {
        (self.digits.len() as i64 - self.scale, &self.digits)
    }

    fn in_range(self) -> Result<Self, InvalidNumber> {
        if self.digits.len() > MAX_DIGITS {
            return Err(InvalidNumber::Digits(self.digits.len()));
        }
        let leading = self.digits.len() as i64 - 1 - self.scale;
        if !self.digits.is_empty() && !(MIN_EXPONENT..=MAX_EXPONENT).contains(&leading) {
            return Err(InvalidNumber::Range);
        }
        Ok(self)
    }

    /// Writes the number without an exponent, in at most 170 characters if it is in DynamoDB's range.
    fn plain(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        if self.digits.is_empty() {
            return "0".to_owned();
        }
        let len = self.digits.len() as i64;
        if self.scale <= 0 {
            let zeros = "0".repeat(self.scale.unsigned_abs() as usize);
            format!("{sign}{}{zeros}", self.digits)
        } else if self.scale < len {
            let point = (len - self.scale) as usize;
            format!("{sign}{}.{}", &self.digits[..point], &self.digits[point..])
        } else {
            let zeros = "0".repeat((self.scale - len) as usize);
            format!("{sign}0.{zeros}{}", self.digits)
        }
    }
}

fn parse_exponent(text: &str) -> Result<i64, InvalidNumber> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(InvalidNumber::Malformed);
    }
    // An exponent of five digits or more is out of range, whatever the mantissa that fits an item.
    match text.parse::<i32>() {
        Ok(exponent) => Ok(exponent.into()),
        Err(_) => Err(InvalidNumber::Range),
    }
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
