//! The characters that separate the members of a key, read while the program is compiled.

use super::{Part, Template};

impl Template {
    /// Returns the character that ends the member at this place among the parts; `None` if it is the last part.
    pub(crate) const fn terminator(&self, part: usize) -> Option<char> {
        if part + 1 >= self.parts.len() {
            return None;
        }
        match self.parts[part + 1] {
            Part::Literal(text) => first(text),
            Part::Member(_) => None,
        }
    }

    /// Returns the last character before the member at this place, if it can be a separator: no letter and no digit.
    pub(super) const fn separator_before(&self, part: usize) -> Option<char> {
        if part == 0 {
            return None;
        }
        match self.parts[part - 1] {
            Part::Literal(text) => match last(text) {
                Some(c) if c.is_ascii_alphanumeric() => None,
                c => c,
            },
            Part::Member(_) => None,
        }
    }
}

/// Returns the first character of a text.
const fn first(text: &str) -> Option<char> {
    if text.is_empty() {
        return None;
    }
    char_at(text.as_bytes(), 0)
}

/// Returns the last character of a text.
const fn last(text: &str) -> Option<char> {
    let bytes = text.as_bytes();
    let mut at = bytes.len();
    while at > 0 {
        at -= 1;
        // The other bytes of a character begin with the bits 10.
        if bytes[at] & 0xC0 != 0x80 {
            return char_at(bytes, at);
        }
    }
    None
}

/// Returns the character that begins at this byte of a text.
const fn char_at(bytes: &[u8], at: usize) -> Option<char> {
    let first = bytes[at];
    let (bits, length) = match first {
        0..=0x7F => (first, 1),
        0xC0..=0xDF => (first & 0x1F, 2),
        0xE0..=0xEF => (first & 0x0F, 3),
        _ => (first & 0x07, 4),
    };
    let mut code = bits as u32;
    let mut next = 1;
    while next < length {
        code = code << 6 | (bytes[at + next] & 0x3F) as u32;
        next += 1;
    }
    char::from_u32(code)
}
