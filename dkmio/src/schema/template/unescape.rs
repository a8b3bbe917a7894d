//! Reads the characters of a member of a key, which may be percent-encoded.

use super::Escape;
use super::member_text::{LAST, LAST_ESCAPED};

/// Hands over the characters of a member's text until `take` returns `false`. Returns whether it took all of them, and a
/// template writes them so.
pub(super) fn unescape(
    escape: Escape,
    separator: Option<char>,
    text: &str,
    mut take: impl FnMut(char) -> bool,
) -> bool {
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let is_refused = c == LAST || separator == Some(c);
        let read = match escape {
            _ if is_refused => None,
            Escape::Percent if c == '%' => escaped(rest.as_str(), separator)
                .inspect(|(_, after)| {
                    rest = after.chars();
                })
                .map(|(c, _)| c),
            Escape::Percent if c < LAST_ESCAPED => None,
            _ => Some(c),
        };
        if !read.is_some_and(&mut take) {
            return false;
        }
    }
    true
}

/// Reads an encoded character, from behind its `%`. Returns it and what follows.
fn escaped(text: &str, separator: Option<char>) -> Option<(char, &str)> {
    let (byte, after) = hex(text)?;
    let c = char::from(byte);
    if byte.is_ascii() && (c <= LAST_ESCAPED || separator == Some(c)) {
        return Some((c, after));
    }
    // A separator that is no ASCII character is encoded as its bytes.
    let separator = separator.filter(|c| !c.is_ascii())?;
    let mut bytes = [0; 4];
    let (first, others) = separator.encode_utf8(&mut bytes).as_bytes().split_first()?;
    if *first != byte {
        return None;
    }
    let after = others.iter().try_fold(after, |rest, other| {
        let (byte, after) = hex(rest.strip_prefix('%')?)?;
        (byte == *other).then_some(after)
    })?;
    Some((separator, after))
}

/// Reads two hexadecimal digits, in upper case.
fn hex(text: &str) -> Option<(u8, &str)> {
    let (digits, after) = text.split_at_checked(2)?;
    let is_upper = digits
        .bytes()
        .all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'));
    let byte = u8::from_str_radix(digits, 16).ok().filter(|_| is_upper)?;
    Some((byte, after))
}
