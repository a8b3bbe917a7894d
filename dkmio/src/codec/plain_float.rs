//! The text of a float that needs no exponent.

use crate::value::number_size;
use std::fmt::{Display, Write as _};

/// Writes floats as `Display` does, into one buffer.
///
/// Not by a faster algorithm: of two texts that are as short and as near, another one may take the other, and a float would then
/// be stored by one way of writing items and looked for by the other.
pub(super) struct PlainFloat {
    buffer: String,
}

/// The floats whose text has no more than some twenty digits.
const PLAIN: std::ops::Range<f64> = 1e-5..1e16;

impl PlainFloat {
    pub(super) fn new() -> Self {
        Self {
            buffer: String::new(),
        }
    }

    /// Returns the text that `Display` writes, and the size that it counts. `None` if the float is not finite, or small
    /// or large enough for an exponent.
    pub(super) fn text<F: Display + Into<f64> + Copy>(
        &mut self,
        float: F,
    ) -> Option<(&str, usize)> {
        let magnitude = float.into().abs();
        if magnitude != 0.0 && !PLAIN.contains(&magnitude) {
            return None;
        }
        self.buffer.clear();
        write!(self.buffer, "{float}").ok()?;
        Some((&self.buffer, number_size(&self.buffer)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_same<F: Display + Into<f64> + Copy>(float: F) -> bool {
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
