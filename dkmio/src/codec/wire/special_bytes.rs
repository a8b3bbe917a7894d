//! Finds the bytes that a JSON string cannot hold as they are: quotes, backslashes and control characters.

use super::short_text::ShortText;
use wide::u8x16;

/// How many bytes are compared at once, as every 64-bit processor can.
pub(super) const BLOCK: usize = 16;
/// The length of three blocks, in which names, UUIDs and most strings fit.
pub(super) const BLOCKS: usize = 3 * BLOCK;
/// The length of three blocks, and of the end of a string after them.
pub(super) const WINDOW: usize = BLOCKS + 2;

/// Whether a byte is special: `"`, `\` or a control character.
#[inline(always)]
pub(super) fn is_special(byte: u8) -> bool {
    // Without jumps, so that the compiler compares many bytes at once.
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

/// Returns the index of the first special byte of a block.
#[inline(always)]
pub(super) fn first_special(block: &[u8; BLOCK]) -> Option<usize> {
    let bytes = u8x16::new(*block);
    let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
    // The lesser of a byte and the last control character is the byte itself if and only if that is a control
    // character.
    let control = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
    let marks = (is(b'"') | is(b'\\') | control).to_bitmask();
    (marks != 0).then(|| marks.trailing_zeros() as usize)
}

/// Returns the index of the first special byte of a window's blocks.
#[inline(always)]
pub(super) fn first_special_of(window: &[u8; WINDOW]) -> Option<usize> {
    for (index, block) in window.as_chunks().0.iter().enumerate() {
        if let Some(at) = first_special(block) {
            return Some(index * BLOCK + at);
        }
    }
    None
}

/// Returns how many bytes come before `end`, if none of them is special.
#[inline(always)]
pub(super) fn run_up_to<const N: usize>(bytes: &[u8], end: &[u8; N]) -> Option<usize> {
    // Within a window no further bounds are checked.
    let Some(window) = bytes.first_chunk() else {
        return long_run_up_to(bytes, 0, end);
    };
    match first_special_of(window) {
        Some(run) => (window.get(run..run + N)? == end).then_some(run),
        None => long_run_up_to(bytes, BLOCKS, end),
    }
}

/// Returns what [`run_up_to`] does, if no byte before `from` is special.
#[inline(never)]
pub(super) fn long_run_up_to<const N: usize>(
    bytes: &[u8],
    from: usize,
    end: &[u8; N],
) -> Option<usize> {
    let run = from + plain_run(bytes.get(from..)?);
    (bytes.get(run..)?.first_chunk()? == end).then_some(run)
}

/// Returns how many bytes come before the first special byte.
pub(super) fn plain_run(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks();
    for (index, block) in blocks.iter().enumerate() {
        if let Some(at) = first_special(block) {
            return index * BLOCK + at;
        }
    }
    let special = rest.iter().position(|byte| is_special(*byte));
    blocks.len() * BLOCK + special.unwrap_or(rest.len())
}

/// Whether no byte is special.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk() else {
        return ShortText::of(bytes).is_none_or(ShortText::is_plain);
    };
    // The last block and the one before it may overlap.
    let mut blocks = bytes.as_chunks().0.iter().chain([last]);
    blocks.all(|block| first_special(block).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_at_the_first_byte_that_needs_an_escape() {
        for length in 0..100 {
            for special in [b'"', b'\\', 0, 0x1f, b'\n'] {
                let mut bytes = vec![b'a'; length];
                assert_eq!(plain_run(&bytes), length);
                for at in 0..length {
                    bytes[at] = special;
                    assert_eq!(plain_run(&bytes), at, "{length} {special}");
                    bytes[at] = [b'!', b' ', b'#', 0x80, 0xff, b'['][at % 6];
                }
            }
        }
    }

    #[test]
    fn the_first_special_byte_of_a_block_is_found() {
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                for then in [b'a', b'"', 0xff] {
                    let mut block = [then; BLOCK];
                    block[..at].fill(b' ');
                    block[at] = byte;
                    let found = block.iter().position(|byte| is_special(*byte));
                    assert_eq!(first_special(&block), found);
                }
            }
        }
    }

    #[test]
    fn a_run_up_to_an_end_stops_at_what_is_special() {
        for length in 0..120 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(run_up_to(&bytes, b"\"}"), None);
            bytes.extend(b"\"},\"more\":1");
            assert_eq!(run_up_to(&bytes, b"\"}"), Some(length));
            assert_eq!(run_up_to(&bytes, b"\""), Some(length));
            assert_eq!(run_up_to(&bytes, b"\":"), None);
            for at in 0..length {
                for special in [b'"', b'\\', b'\n'] {
                    bytes[at] = special;
                    assert_eq!(run_up_to(&bytes, b"\"}"), None, "{length} {at}");
                }
                bytes[at] = b'a';
            }
        }
    }

    #[test]
    fn a_string_is_plain_where_no_byte_of_it_is_special() {
        for length in 0..50 {
            let mut bytes = vec![0xc3; length];
            assert!(is_plain(&bytes));
            for at in 0..length {
                for special in [b'"', b'\\', 0, 0x1f] {
                    bytes[at] = special;
                    assert!(!is_plain(&bytes), "{length} {at}");
                    bytes[at] = b' ';
                }
            }
        }
    }
}
