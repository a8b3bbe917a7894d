//! The text of decimal numbers: parsed, held to DynamoDB's limits, compared, and written without an exponent.

use super::InvalidNumber;
use std::cmp::Ordering;

/// Digits that DynamoDB keeps.
const MAX_DIGITS: usize = 38;
/// The largest and smallest decimal exponents of the leading digit.
const MAX_EXPONENT: i64 = 125;
const MIN_EXPONENT: i64 = -130;

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
pub(super) struct Decimal {
    negative: bool,
    digits: String,
    scale: i64,
}

impl Decimal {
    pub(super) fn parse(text: &str) -> Result<Self, InvalidNumber> {
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

    pub(super) fn in_range(self) -> Result<Self, InvalidNumber> {
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
    pub(super) fn plain(&self) -> String {
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
