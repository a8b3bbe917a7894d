//! The text of a float with at most three decimals, which is made from integers because that is fast.

/// The text of a float other than zero that has at most three decimals.
pub(super) struct ThreeDecimals {
    bytes: [u8; LONGEST],
    length: usize,
}

/// The length of the longest text: the sign, fifteen digits and the point.
const LONGEST: usize = 17;

impl ThreeDecimals {
    /// Returns the text that `Display` writes, if the float has at most three decimals and few enough digits.
    ///
    /// Two decimal numbers with so few digits are never the same float. So the number found here is the only one, and
    /// the shortest, that reads back as the float, and that is the one `Display` writes.
    pub(super) fn of<F: InThousandths>(float: F) -> Option<Self> {
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

    /// Returns how many significant digits the text has.
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

/// A float, as a whole number of thousandths.
pub(super) trait InThousandths: Copy {
    /// Returns whether the float is negative, and its thousandths, if they are a whole number other than zero and below
    /// the limit.
    fn thousandths(self) -> Option<(bool, u64)>;
}

macro_rules! thousandths {
    ($($float:ty: below $limit:literal;)*) => { $(
        impl InThousandths for $float {
            #[inline]
            fn thousandths(self) -> Option<(bool, u64)> {
                let magnitude = self.abs();
                let number = (magnitude * 1000.0 + 0.5) as u64;
                // Below this limit no two numbers with three decimals are the same float.
                let is_exact = (1..$limit).contains(&number) && number as $float / 1000.0 == magnitude;
                is_exact.then_some((self < 0.0, number))
            }
        }
    )* };
}
thousandths! {
    f32: below 1_000_000;
    f64: below 1_000_000_000_000_000;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Display;

    fn assert_same<F: InThousandths + Display>(float: F) -> bool {
        let text = ThreeDecimals::of(float);
        if let Some(text) = &text {
            assert_eq!(text.text(), float.to_string().as_bytes());
        }
        text.is_some()
    }

    #[test]
    fn floats_with_three_decimals_are_written_as_display_writes_them() {
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
            // The next floats up and down.
            let bits = (digits as f64 / 1000.0).to_bits();
            assert_same(f64::from_bits(bits + 1));
            assert_same(f64::from_bits(bits.saturating_sub(1)));
        }
        for float in [0.0, -0.0, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE] {
            assert!(!assert_same(float));
        }
    }

    #[test]
    fn most_floats_of_daily_life_have_three_decimals() {
        for float in [1.0, -2.5, 19.99, 0.001, 0.1, 999_999_999_999.999] {
            assert!(assert_same(float), "{float}");
        }
        for float in [1.0_f32, -2.5, 19.99, 0.001, 0.1, 999.999] {
            assert!(assert_same(float), "{float}");
        }
    }
}
