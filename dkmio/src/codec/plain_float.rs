//! The text of a float that needs no exponent, without allocating it: vectors have thousands of them.

use super::number::needs_no_exponent;
use std::fmt::{self, Display, Write as _};

/// The text of a float, as `Display` writes it.
///
/// Not by a faster algorithm: of two texts that are as short and as near, another one may take the other, and a float would then
/// be stored by one way of writing items and looked for by the other.
pub(super) struct PlainFloat {
    bytes: [u8; LONGEST],
    length: usize,
}

/// The length of the longest text: a sign, a zero and a point, six zeros, and seventeen digits; a whole number is shorter.
const LONGEST: usize = 32;

impl PlainFloat {
    /// Returns the text; `None` if the float is not finite, or small or large enough for an exponent.
    pub(super) fn of<F: Display + Into<f64> + Copy>(float: F) -> Option<Self> {
        if !needs_no_exponent(float.into()) {
            return None;
        }
        let mut text = Self {
            bytes: [0; LONGEST],
            length: 0,
        };
        write!(text, "{float}").ok()?;
        Some(text)
    }

    pub(super) fn text(&self) -> &str {
        let text = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}

impl fmt::Write for PlainFloat {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let end = self.length + part.len();
        let room = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        room.copy_from_slice(part.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_same<F: Display + Into<f64> + Copy>(float: F) -> bool {
        let written = PlainFloat::of(float);
        if let Some(written) = &written {
            assert_eq!(written.text(), float.to_string());
        }
        written.is_some()
    }

    #[test]
    fn floats_of_any_bits_are_written_as_display_writes_them() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..200_000 {
            assert_same(f32::from_bits(random.u32(..)));
            assert_same(f64::from_bits(random.u64(..)));
            assert!(assert_same(random.f32() + 0.001));
            assert!(assert_same(-random.f64() - 0.001));
        }
    }

    #[test]
    fn floats_of_embeddings_need_no_exponent() {
        for float in [
            0.0_f32,
            -0.0,
            1.0,
            -1.0,
            0.027_343_75,
            -0.000_123,
            100.0,
            20.5,
        ] {
            assert!(assert_same(float), "{float}");
        }
    }

    #[test]
    fn what_is_not_finite_is_left_to_the_check_of_numbers() {
        for float in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e-20, 1e30] {
            assert!(!assert_same(float), "{float}");
        }
    }
}
