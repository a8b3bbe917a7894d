//! Short texts, as most names, numbers and strings are: looked at and copied as two words, without a loop.

/// The longest text that two words hold.
pub(super) const SHORT: usize = 16;

const WORD: usize = size_of::<u64>();
const ONES: u64 = 0x0101_0101_0101_0101;
const SPACES: u64 = ONES * b' ' as u64;

/// A text of up to 16 bytes.
#[derive(Clone, Copy)]
pub(super) struct Short {
    /// Its first eight bytes.
    low: u64,
    /// Its last eight bytes. Of fewer than eight both words have all, with spaces behind.
    high: u64,
    length: usize,
}

impl Short {
    #[inline(always)]
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let length = bytes.len();
        if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            return (length <= SHORT).then(|| Self {
                low: u64::from_le_bytes(*first),
                high: u64::from_le_bytes(*last),
                length,
            });
        }
        let at = |byte: u8, place: usize| u64::from(byte) << (8 * place);
        let word = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            // Bytes in the middle may be in both, and are the same in both.
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            u64::from(first) | u64::from(last) << (8 * (length - 4)) | SPACES << (8 * length)
        } else {
            match *bytes {
                [a, b, c] => at(a, 0) | at(b, 1) | at(c, 2) | SPACES << 24,
                [a, b] => at(a, 0) | at(b, 1) | SPACES << 16,
                [a] => at(a, 0) | SPACES << 8,
                _ => SPACES,
            }
        };
        Some(Self {
            low: word,
            high: word,
            length,
        })
    }

    #[inline(always)]
    pub(super) fn length(self) -> usize {
        self.length
    }

    /// Returns whether a JSON string holds all its bytes as they are.
    #[inline(always)]
    pub(super) fn is_plain(self) -> bool {
        is_plain_word(self.low) && is_plain_word(self.high)
    }

    /// The same, and `false` for what is not ASCII: with fewer steps.
    #[inline(always)]
    pub(super) fn is_plain_ascii(self) -> bool {
        // A byte has its high bit where it was less than what was taken from it, or was not ASCII.
        let special = |word: u64| {
            (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES)
                | (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES)
                | word.wrapping_sub(SPACES)
        };
        (special(self.low) | special(self.high)) & (ONES * 0x80) == 0
    }

    /// Copies it, and up to eight bytes behind it, to this place.
    #[inline(always)]
    pub(super) fn copy_to<const N: usize>(self, bytes: &mut [u8; N], place: usize) {
        // The mask says no more than what is so, for the compiler.
        let second = place + (self.length.saturating_sub(WORD) & (SHORT - 1));
        if let Some(to) = bytes.get_mut(place..place + WORD) {
            to.copy_from_slice(&self.low.to_le_bytes());
        }
        if let Some(to) = bytes.get_mut(second..second + WORD) {
            to.copy_from_slice(&self.high.to_le_bytes());
        }
    }

    /// Returns a number that is nearly always another one for another text. Never 0.
    #[inline(always)]
    pub(super) fn fingerprint(self) -> u64 {
        const FACTORS: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03];
        let [low, high] = FACTORS;
        let low = self.low ^ low.rotate_left(self.length as u32);
        let product = u128::from(low) * u128::from(self.high ^ high);
        (product as u64 ^ (product >> 64) as u64).max(1)
    }
}

/// Whether none of eight bytes is special.
#[inline(always)]
pub(super) fn is_plain_word(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES * 0x80;
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let control = word.wrapping_sub(ONES * 0x20);
    // The high bit of a byte is set where it was less than what is taken from it. What is not ASCII is not special.
    (quote | backslash | control) & !word & HIGHS == 0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_short_text_is_copied_as_it_is() {
        let text = b"abcdefghijklmnopq";
        for length in 0..=SHORT {
            let mut bytes = [b'.'; 64];
            let short = Short::of(&text[..length]).unwrap();
            short.copy_to(&mut bytes, 5);
            assert_eq!(bytes[..5], [b'.'; 5]);
            assert_eq!(bytes[5..5 + length], text[..length]);
            assert_eq!(short.length(), length);
        }
        assert!(Short::of(text).is_none());
    }

    #[test]
    fn a_short_text_is_plain_where_no_byte_of_it_is_special() {
        for length in 0..=SHORT {
            let mut bytes = vec![0xc3; length];
            assert!(Short::of(&bytes).unwrap().is_plain());
            let ascii = vec![b'a'; length];
            assert!(Short::of(&ascii).unwrap().is_plain_ascii());
            for at in 0..length {
                for special in [b'"', b'\\', 0, 0x1f] {
                    bytes[at] = special;
                    let short = Short::of(&bytes).unwrap();
                    assert!(!short.is_plain(), "{length} {at}");
                    assert!(!short.is_plain_ascii(), "{length} {at}");
                    bytes[at] = b' ';
                }
            }
        }
    }

    #[test]
    fn short_texts_that_differ_have_other_fingerprints() {
        let mut seen = HashSet::new();
        for length in 0..=SHORT {
            let mut bytes = vec![0; length];
            assert!(seen.insert(Short::of(&bytes).unwrap().fingerprint()));
            for at in 0..length {
                for byte in 1..=255 {
                    bytes[at] = byte;
                    assert!(seen.insert(Short::of(&bytes).unwrap().fingerprint()));
                }
                bytes[at] = 0;
            }
        }
    }
}
