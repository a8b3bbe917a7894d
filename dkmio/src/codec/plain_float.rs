//! The text of a float that needs no exponent, without allocating it: vectors have thousands of them.

use crate::value::digits_size;

/// Writes floats as `Display` does.
pub(super) struct PlainFloat {
    buffer: zmij::Buffer,
}

impl PlainFloat {
    pub(super) fn new() -> Self {
        Self {
            buffer: zmij::Buffer::new(),
        }
    }

    /// Returns the text that `Display` writes, and the size that it counts. `None` if the float is not finite, or small
    /// or large enough for an exponent.
    #[inline]
    pub(super) fn text<F: zmij::Float>(&mut self, float: F) -> Option<(&str, usize)> {
        let text = self.buffer.format(float);
        // The buffer writes a whole number with a decimal, which `Display` does not.
        let text = text.strip_suffix(".0").unwrap_or(text);
        let mut digits = 0;
        let mut zeros = 0;
        let mut is_fraction = false;
        for byte in text.bytes() {
            match byte {
                b'0' if digits == 0 => {}
                b'0' => zeros += 1,
                b'1'..=b'9' => {
                    digits += zeros + 1;
                    zeros = 0;
                }
                b'.' => is_fraction = true,
                b'-' => {}
                _ => return None,
            }
        }
        // The last digit of a fraction is not zero, so that zeros at the end are those of a whole number.
        debug_assert!(!is_fraction || zeros == 0);
        Some((text, digits_size(digits)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::number_size;
    use std::fmt::Display;

    fn assert_same<F: zmij::Float + Display + Copy>(float: F) -> bool {
        let mut plain = PlainFloat::new();
        let written = plain.text(float);
        if let Some((text, size)) = written {
            assert_eq!(text, float.to_string());
            assert_eq!(size, number_size(text), "{text}");
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
