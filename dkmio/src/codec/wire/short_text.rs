//! Texts of up to 16 bytes, as most names, numbers and strings are: compared and copied as two words, without a loop.

/// The length of the longest text that two words hold.
pub(super) const LONGEST: usize = 16;

const WORD: usize = size_of::<u64>();
const ONES: u64 = 0x0101_0101_0101_0101;
const SPACES: u64 = ONES * b' ' as u64;

/// A text of up to 16 bytes, as two words.
#[derive(Clone, Copy)]
pub(super) struct ShortText {
    /// Its first eight bytes.
    low: u64,
    /// Its last eight bytes. A text of fewer than eight bytes is in both words, with spaces after it.
    high: u64,
    length: usize,
}

impl ShortText {
    #[inline(always)]
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let length = bytes.len();
        if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            return (length <= LONGEST).then(|| Self {
                low: u64::from_le_bytes(*first),
                high: u64::from_le_bytes(*last),
                length,
            });
        }
        let at = |byte: u8, index: usize| u64::from(byte) << (8 * index);
        let word = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            // Bytes in the middle may be in both halves, which then agree.
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

    /// Whether the text needs no escapes in a JSON string.
    #[inline(always)]
    pub(super) fn is_plain(self) -> bool {
        is_plain_word(self.low) && is_plain_word(self.high)
    }

    /// Whether the text is ASCII and needs no escapes. Takes fewer steps than [`ShortText::is_plain`].
    #[inline(always)]
    pub(super) fn is_plain_ascii(self) -> bool {
        // The high bit of a byte is set where the byte was less than the one subtracted from it, or was not ASCII.
        let special = |word: u64| {
            (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES)
                | (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES)
                | word.wrapping_sub(SPACES)
        };
        (special(self.low) | special(self.high)) & (ONES * 0x80) == 0
    }

    /// Copies the text to `start`, and writes spaces to up to eight bytes after it.
    #[inline(always)]
    pub(super) fn copy_to<const N: usize>(self, bytes: &mut [u8; N], start: usize) {
        // The mask changes nothing. It tells the compiler a bound.
        let second = start + (self.length.saturating_sub(WORD) & (LONGEST - 1));
        if let Some(to) = bytes.get_mut(start..start + WORD) {
            to.copy_from_slice(&self.low.to_le_bytes());
        }
        if let Some(to) = bytes.get_mut(second..second + WORD) {
            to.copy_from_slice(&self.high.to_le_bytes());
        }
    }

    /// Returns a number, never 0, that two texts nearly never share.
    #[inline(always)]
    pub(super) fn fingerprint(self) -> u64 {
        const FACTORS: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03];
        let [low, high] = FACTORS;
        let low = self.low ^ low.rotate_left(self.length as u32);
        let product = u128::from(low) * u128::from(self.high ^ high);
        (product as u64 ^ (product >> 64) as u64).max(1)
    }
}

/// Whether none of the eight bytes needs an escape in a JSON string.
#[inline(always)]
fn is_plain_word(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES * 0x80;
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let control = word.wrapping_sub(ONES * 0x20);
    // The high bit of a byte is set where the byte was less than the one subtracted from it. Bytes beyond ASCII are
    // masked out.
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
        for length in 0..=LONGEST {
            let mut bytes = [b'.'; 64];
            let short = ShortText::of(&text[..length]).unwrap();
            short.copy_to(&mut bytes, 5);
            assert_eq!(bytes[..5], [b'.'; 5]);
            assert_eq!(bytes[5..5 + length], text[..length]);
            assert_eq!(short.length(), length);
        }
        assert!(ShortText::of(text).is_none());
    }

    #[test]
    fn a_short_text_is_plain_where_no_byte_of_it_is_special() {
        for length in 0..=LONGEST {
            let mut bytes = vec![0xc3; length];
            assert!(ShortText::of(&bytes).unwrap().is_plain());
            let ascii = vec![b'a'; length];
            assert!(ShortText::of(&ascii).unwrap().is_plain_ascii());
            for at in 0..length {
                for special in [b'"', b'\\', 0, 0x1f] {
                    bytes[at] = special;
                    let short = ShortText::of(&bytes).unwrap();
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
        for length in 0..=LONGEST {
            let mut bytes = vec![0; length];
            assert!(seen.insert(ShortText::of(&bytes).unwrap().fingerprint()));
            for at in 0..length {
                for byte in 1..=255 {
                    bytes[at] = byte;
                    assert!(seen.insert(ShortText::of(&bytes).unwrap().fingerprint()));
                }
                bytes[at] = 0;
            }
        }
    }
}
