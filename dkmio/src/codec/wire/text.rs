//! The inside of JSON strings.

use super::fault::FaultKind;
use super::short::Short;

/// The bytes that are looked at together: what the compiler compares at once on every processor of 64 bits.
pub(super) const BLOCK: usize = 16;
/// As many blocks as names and most strings fit in, a UUID too.
const BLOCKS: usize = 3;
/// These blocks, and the end of a string behind them.
const WINDOW: usize = BLOCKS * BLOCK + 2;

/// Returns whether a JSON string does not hold the byte as it is: `"`, `\` or a control character.
#[inline(always)]
pub(super) fn is_special(byte: u8) -> bool {
    // Without jumps, so that many are compared at once.
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

/// Returns eight bytes and eight more, with ones in the special bytes and zeros in the others.
#[inline(always)]
fn special_bytes(block: &[u8; BLOCK]) -> (u64, u64) {
    let mut marks = [0; BLOCK];
    for (mark, byte) in marks.iter_mut().zip(block) {
        *mark = if is_special(*byte) { 0xff } else { 0 };
    }
    // Without the hint the compiler puts the two numbers together byte by byte.
    let marks = u128::from_le_bytes(std::hint::black_box(marks));
    (marks as u64, (marks >> 64) as u64)
}

#[inline(always)]
pub(super) fn first_special(block: &[u8; BLOCK]) -> Option<usize> {
    let (low, high) = special_bytes(block);
    if low != 0 {
        Some((low.trailing_zeros() / 8) as usize)
    } else if high != 0 {
        Some(8 + (high.trailing_zeros() / 8) as usize)
    } else {
        None
    }
}

/// Returns how many bytes stand before this end of a string, if nothing before it is special.
#[inline(always)]
pub(super) fn run_up_to<const N: usize>(bytes: &[u8], end: &[u8; N]) -> Option<usize> {
    // What fits the window needs no other check of a bound.
    let Some(window) = bytes.first_chunk::<WINDOW>() else {
        return long_run_up_to(bytes, 0, end);
    };
    for (index, block) in window.as_chunks().0.iter().enumerate() {
        if let Some(at) = first_special(block) {
            let run = index * BLOCK + at;
            return (window.get(run..run + N)? == end).then_some(run);
        }
    }
    long_run_up_to(bytes, BLOCKS * BLOCK, end)
}

/// The same, where nothing special is in the bytes before `from`.
#[inline(never)]
fn long_run_up_to<const N: usize>(bytes: &[u8], from: usize, end: &[u8; N]) -> Option<usize> {
    let run = from + plain_run(bytes.get(from..)?);
    (bytes.get(run..)?.first_chunk()? == end).then_some(run)
}

/// Returns how many bytes stand before the first that a JSON string does not hold as it is.
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

/// Returns whether a JSON string holds all the bytes as they are.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk() else {
        return Short::of(bytes).is_none_or(Short::is_plain);
    };
    // The last block and the one before may have bytes in common.
    let mut blocks = bytes.as_chunks().0.iter().chain([last]);
    blocks.all(|block| special_bytes(block) == (0, 0))
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

/// Resolves the escapes of a string, as the SDK does: with surrogates in pairs only.
pub(super) fn unescape(escaped: &str) -> Result<String, FaultKind> {
    let mut text = String::with_capacity(escaped.len());
    each_part(escaped, |part| match part {
        Part::Run(run) => text.push_str(run),
        Part::Char(char) => text.push(char),
    })?;
    Ok(text)
}

/// Checks the escapes of a string that nobody wants to have.
pub(super) fn check_escapes(escaped: &str) -> Result<(), FaultKind> {
    each_part(escaped, |_| ())
}

enum Part<'a> {
    Run(&'a str),
    Char(char),
}

fn each_part(escaped: &str, mut part: impl FnMut(Part<'_>)) -> Result<(), FaultKind> {
    let mut rest = escaped;
    loop {
        let (run, escape) = rest
            .split_at_checked(plain_run(rest.as_bytes()))
            .ok_or(FaultKind::Escape)?;
        part(Part::Run(run));
        if escape.is_empty() {
            return Ok(());
        }
        let (char, after) = escape
            .strip_prefix('\\')
            .and_then(one_escape)
            .ok_or(FaultKind::Escape)?;
        part(Part::Char(char));
        rest = after;
    }
}

/// Reads what follows a backslash.
fn one_escape(text: &str) -> Option<(char, &str)> {
    let kind = *text.as_bytes().first()?;
    let char = match kind {
        b'"' | b'\\' | b'/' => kind as char,
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let (unit, rest) = code_unit(text.get(1..)?)?;
            // Only a pair of surrogates is a character.
            return match unit {
                0xD800..=0xDBFF => {
                    let (low, rest) = code_unit(rest.strip_prefix("\\u")?)?;
                    let low = low.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
                    let char = char::from_u32(0x10000 + ((unit - 0xD800) << 10) + low)?;
                    Some((char, rest))
                }
                unit => Some((char::from_u32(unit)?, rest)),
            };
        }
        _ => return None,
    };
    Some((char, text.get(1..)?))
}

fn code_unit(text: &str) -> Option<(u32, &str)> {
    let digits = text.get(..4)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some((u32::from_str_radix(digits, 16).ok()?, text.get(4..)?))
}

/// Returns whether a text is base64 as the SDK takes it: padded, and without stray bits at the end.
pub(super) fn is_base64(text: &str) -> bool {
    fn value(byte: u8) -> Option<u8> {
        Some(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        })
    }
    let bytes = text.as_bytes();
    let padding = bytes
        .iter()
        .rev()
        .take(2)
        .take_while(|b| **b == b'=')
        .count();
    let (data, _) = bytes.split_at(bytes.len() - padding);
    let stray = match padding {
        0 => 0,
        1 => 0b11,
        _ => 0b1111,
    };
    bytes.len().is_multiple_of(4)
        && data.iter().all(|b| value(*b).is_some())
        && data
            .last()
            .is_none_or(|b| value(*b).is_some_and(|v| v & stray == 0))
        && (padding == 0 || !data.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::base64;

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

    #[test]
    fn base64_is_what_the_sdk_decodes() {
        let alphabet = [b'A', b'B', b'g', b'/', b'+', b'=', b'-', b'9', b'Q', b'w'];
        for length in 0..6 {
            for number in 0..alphabet.len().pow(length) {
                let text: String = (0..length)
                    .map(|i| alphabet[number / alphabet.len().pow(i) % alphabet.len()] as char)
                    .collect();
                assert_eq!(is_base64(&text), base64::decode(&text).is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn surrogates_come_in_pairs() {
        assert_eq!(unescape(r"\ud83d\uDE00!").as_deref(), Ok("\u{1f600}!"));
        assert_eq!(unescape(r"a\/\u0041\n\\").as_deref(), Ok("a/A\n\\"));
        for text in [
            r"\ud83d",
            r"\ud83dx",
            r"\ud83d\n",
            r"\ud83d\ud83d",
            r"\ude00",
            r"\u12",
            r"\u+123",
            r"\x",
            r"\",
            r"\é",
            r"\u12é",
        ] {
            assert_eq!(unescape(text), Err(FaultKind::Escape), "{text}");
        }
    }
}
