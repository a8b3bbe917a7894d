//! The inside of JSON strings.

use super::fault::FaultKind;
use super::short::Short;
use wide::u8x16;

/// The bytes that are looked at together: what every processor of 64 bits compares at once.
pub(super) const BLOCK: usize = 16;
/// As many blocks as names and most strings fit in, a UUID too.
pub(super) const BLOCKS: usize = 3 * BLOCK;
/// These blocks, and the end of a string behind them.
pub(super) const WINDOW: usize = BLOCKS + 2;

/// Returns whether a JSON string does not hold the byte as it is: `"`, `\` or a control character.
#[inline(always)]
pub(super) fn is_special(byte: u8) -> bool {
    // Without jumps, so that many are compared at once.
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

/// Returns where the first special byte is.
#[inline(always)]
pub(super) fn first_special(block: &[u8; BLOCK]) -> Option<usize> {
    let bytes = u8x16::new(*block);
    let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
    // The lesser of a byte and the last control character is the byte, if it is a control character itself.
    let control = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
    let marks = (is(b'"') | is(b'\\') | control).to_bitmask();
    (marks != 0).then(|| marks.trailing_zeros() as usize)
}

/// Returns where the first special byte of a window is.
#[inline(always)]
pub(super) fn first_special_of(window: &[u8; WINDOW]) -> Option<usize> {
    for (index, block) in window.as_chunks().0.iter().enumerate() {
        if let Some(at) = first_special(block) {
            return Some(index * BLOCK + at);
        }
    }
    None
}

/// Returns how many bytes stand before this end of a string, if nothing before it is special.
#[inline(always)]
pub(super) fn run_up_to<const N: usize>(bytes: &[u8], end: &[u8; N]) -> Option<usize> {
    // What fits the window needs no other check of a bound.
    let Some(window) = bytes.first_chunk() else {
        return long_run_up_to(bytes, 0, end);
    };
    match first_special_of(window) {
        Some(run) => (window.get(run..run + N)? == end).then_some(run),
        None => long_run_up_to(bytes, BLOCKS, end),
    }
}

/// The same, where nothing special is in the bytes before `from`.
#[inline(never)]
pub(super) fn long_run_up_to<const N: usize>(
    bytes: &[u8],
    from: usize,
    end: &[u8; N],
) -> Option<usize> {
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
    blocks.all(|block| first_special(block).is_none())
}

/// The longest character, in bytes.
const CHAR: usize = char::MAX.len_utf8();

/// Resolves the escapes of a string that ends at a quote, in one pass, and returns how long it is without the quote. `None`
/// if it has none, if it does not end well before the end of the text, or if anything is wrong with it.
pub(super) fn resolve_up_to_quote<'r>(
    text: &str,
    room: &'r mut Vec<u8>,
) -> Option<(&'r str, usize)> {
    let (mut at, mut length) = (0, 0);
    loop {
        let rest = text.as_bytes().get(at..)?;
        let block = rest.first_chunk::<BLOCK>()?;
        if room.len() < length + BLOCK + CHAR {
            room.resize((2 * room.len()).max(WINDOW + BLOCK + CHAR), 0);
        }
        // All of it goes there, and what comes next goes over what is too much.
        room.get_mut(length..length + BLOCK)?.copy_from_slice(block);
        let run = first_special(block).unwrap_or(BLOCK);
        at += run;
        length += run;
        match rest.get(run..)? {
            _ if run == BLOCK => {}
            [b'"', ..] => break,
            [b'\\', b'u', ..] => {
                let (char, taken) = unicode_escape(text.get(at..)?)?;
                length += char.encode_utf8(room.get_mut(length..)?).len();
                at += taken;
            }
            [b'\\', kind, ..] => {
                *room.get_mut(length)? = u8::try_from(simple_escape(*kind)?).ok()?;
                length += 1;
                at += 2;
            }
            _ => return None,
        }
    }
    let has_escapes = at > length;
    let resolved = room.get(..length).filter(|_| has_escapes)?;
    Some((std::str::from_utf8(resolved).ok()?, at))
}

/// Resolves the escapes of a string, as the SDK does: with surrogates in pairs only.
pub(super) fn unescape(escaped: &str) -> Result<String, FaultKind> {
    let mut text = String::with_capacity(escaped.len());
    each_part(escaped, |run, char| {
        text.push_str(run);
        text.extend(char);
    })?;
    Ok(text)
}

/// Checks the escapes of a string that nobody wants to have.
pub(super) fn check_escapes(escaped: &str) -> Result<(), FaultKind> {
    each_part(escaped, |_, _| ())
}

/// Walks through what stands between escapes, and the characters that these are; the last part has none.
#[inline(always)]
fn each_part(escaped: &str, mut part: impl FnMut(&str, Option<char>)) -> Result<(), FaultKind> {
    let mut rest = escaped;
    loop {
        let (run, escape) = rest
            .split_at_checked(plain_run(rest.as_bytes()))
            .ok_or(FaultKind::Escape)?;
        let found = match escape.as_bytes() {
            [] => None,
            [b'\\', kind, ..] => match simple_escape(*kind) {
                Some(char) => Some((char, 2)),
                None => Some(unicode_escape(escape).ok_or(FaultKind::Escape)?),
            },
            _ => return Err(FaultKind::Escape),
        };
        part(run, found.map(|(char, _)| char));
        let Some((_, length)) = found else {
            return Ok(());
        };
        rest = escape.get(length..).ok_or(FaultKind::Escape)?;
    }
}

/// Returns the character that a backslash and this byte are.
#[inline(always)]
fn simple_escape(kind: u8) -> Option<char> {
    Some(match kind {
        b'"' | b'\\' | b'/' => kind as char,
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return None,
    })
}

/// Reads an escape by code units, and returns its length. Only a pair of surrogates is a character.
#[inline(never)]
fn unicode_escape(text: &str) -> Option<(char, usize)> {
    const LENGTH: usize = "\\u1234".len();
    let (unit, rest) = code_unit(text)?;
    if !(0xD800..=0xDBFF).contains(&unit) {
        return Some((char::from_u32(unit)?, LENGTH));
    }
    let (low, _) = code_unit(rest)?;
    let low = low.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
    let char = char::from_u32(0x10000 + ((unit - 0xD800) << 10) + low)?;
    Some((char, 2 * LENGTH))
}

fn code_unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.strip_prefix("\\u")?.split_at_checked(4)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some((u32::from_str_radix(digits, 16).ok()?, rest))
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

    #[test]
    fn escapes_are_resolved_in_one_pass_as_they_are_in_two() {
        let parts = [
            "a",
            "é",
            "abcdefghij",
            "\\\"",
            r"\\",
            r"\n",
            r"\t",
            r"\/",
            r"\u0041",
            r"\u00e9",
            r"\ud83d\uDE00",
            // What is wrong.
            r"\x",
            r"\ud83d",
            "\n",
        ];
        let mut random = fastrand::Rng::with_seed(7);
        let mut room = Vec::new();
        for _ in 0..20_000 {
            let bad = random.u8(..8) == 0;
            let known = parts.len() - if bad { 0 } else { 3 };
            let count = random.usize(..40);
            let part = |_| parts[random.usize(..known)];
            let escaped: String = (0..count).map(part).collect();
            let text = format!("{escaped}\",\"and more than a block\"");
            let found = resolve_up_to_quote(&text, &mut room);
            let found = found.map(|(text, length)| (text.to_owned(), length));
            let in_two = unescape(&escaped).ok();
            let expected = in_two.filter(|_| escaped.contains('\\') && !escaped.contains('\n'));
            assert_eq!(
                found,
                expected.map(|text| (text, escaped.len())),
                "{escaped}"
            );
            // What ends too early is left to others.
            assert_eq!(resolve_up_to_quote(&escaped, &mut room), None);
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
