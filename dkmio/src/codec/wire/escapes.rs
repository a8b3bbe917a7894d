//! Resolves the escapes of JSON strings.

use super::fault::FaultKind;
use super::special_bytes::{BLOCK, WINDOW, first_special, plain_run};

/// The length of the longest character in bytes.
const CHAR: usize = char::MAX.len_utf8();

/// Resolves the escapes of a string in one pass, up to its closing quote. Returns the string, and its length with
/// escapes.
///
/// Returns `None` if the string has no escapes, if fewer than a block of bytes follows it, or if it is malformed.
pub(super) fn resolve_up_to_quote<'r>(
    text: &str,
    scratch: &'r mut Vec<u8>,
) -> Option<(&'r str, usize)> {
    let (mut at, mut length) = (0, 0);
    loop {
        let rest = text.as_bytes().get(at..)?;
        let block = rest.first_chunk::<BLOCK>()?;
        if scratch.len() < length + BLOCK + CHAR {
            scratch.resize((2 * scratch.len()).max(WINDOW + BLOCK + CHAR), 0);
        }
        // The whole block is copied. Bytes after the run are overwritten in the next step.
        scratch
            .get_mut(length..length + BLOCK)?
            .copy_from_slice(block);
        let run = first_special(block).unwrap_or(BLOCK);
        at += run;
        length += run;
        match rest.get(run..)? {
            _ if run == BLOCK => {}
            [b'"', ..] => break,
            [b'\\', b'u', ..] => {
                let (char, taken) = unicode_escape(text.get(at..)?)?;
                length += char.encode_utf8(scratch.get_mut(length..)?).len();
                at += taken;
            }
            [b'\\', kind, ..] => {
                *scratch.get_mut(length)? = u8::try_from(simple_escape(*kind)?).ok()?;
                length += 1;
                at += 2;
            }
            _ => return None,
        }
    }
    let has_escapes = at > length;
    let resolved = scratch.get(..length).filter(|_| has_escapes)?;
    Some((std::str::from_utf8(resolved).ok()?, at))
}

/// Resolves the escapes of a string as the SDK does, which takes surrogates only in pairs.
pub(super) fn unescape(escaped: &str) -> Result<String, FaultKind> {
    let mut text = String::with_capacity(escaped.len());
    each_part(escaped, |run, char| {
        text.push_str(run);
        text.extend(char);
    })?;
    Ok(text)
}

/// Checks the escapes of a string that is skipped.
pub(super) fn check_escapes(escaped: &str) -> Result<(), FaultKind> {
    each_part(escaped, |_, _| ())
}

/// Calls a function with each run of bytes before an escape and the escape's character; the last run has no character.
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

/// Returns the character of the escape of a backslash and this byte.
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

/// Reads an escape such as `\u00e9`, or a pair of them for surrogates. Returns the character and the length.
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

#[cfg(test)]
mod tests {
    use super::*;

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
            // Malformed.
            r"\x",
            r"\ud83d",
            "\n",
        ];
        let mut random = fastrand::Rng::with_seed(7);
        let mut scratch = Vec::new();
        for _ in 0..20_000 {
            let bad = random.u8(..8) == 0;
            let known = parts.len() - if bad { 0 } else { 3 };
            let count = random.usize(..40);
            let part = |_| parts[random.usize(..known)];
            let escaped: String = (0..count).map(part).collect();
            let text = format!("{escaped}\",\"and more than a block\"");
            let found = resolve_up_to_quote(&text, &mut scratch);
            let found = found.map(|(text, length)| (text.to_owned(), length));
            let in_two = unescape(&escaped).ok();
            let expected = in_two.filter(|_| escaped.contains('\\') && !escaped.contains('\n'));
            assert_eq!(
                found,
                expected.map(|text| (text, escaped.len())),
                "{escaped}"
            );
            // A string at the end of the text is refused.
            assert_eq!(resolve_up_to_quote(&escaped, &mut scratch), None);
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
