//! Writes the text of one member of a key.

use super::{Escape, Format, Member, MemberFault, Template};
use crate::value::{AttributeValue, Form};

/// How an integer is written with one width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    /// The number of digits.
    pub(super) width: usize,
    /// `true` if a sign is before them.
    pub(super) signed: bool,
}

impl Member {
    /// Returns how the member is written if it is an integer of one width.
    pub(super) const fn digits(&self) -> Option<Digits> {
        let (own, signed) = match self.form {
            Form::Unsigned(width) => (width, false),
            Form::Signed(width) => (width, true),
            Form::Text | Form::Fixed(_) => return None,
        };
        match self.format {
            Format::Raw => None,
            Format::Digits(width) => Some(Digits { width, signed }),
            Format::Plain | Format::Lower | Format::First(_) => Some(Digits { width: own, signed }),
        }
    }

    /// Returns how many bytes the member always has in the key; `None` if it can have any number of them.
    pub(super) const fn width(&self) -> Option<usize> {
        match (self.form, self.format, self.digits()) {
            (Form::Fixed(width), Format::First(count), _) if count < width => Some(count),
            (Form::Fixed(width), _, _) => Some(width),
            (_, _, Some(Digits { width, signed })) => Some(width + signed as usize),
            (_, _, None) => None,
        }
    }
}

impl Template {
    /// Writes the member at this place among the parts.
    pub(crate) fn write_member(
        &self,
        key: &mut String,
        part: usize,
        member: &Member,
        value: &AttributeValue,
    ) -> Result<(), MemberFault> {
        match (member.form, value) {
            (Form::Unsigned(_) | Form::Signed(_), AttributeValue::N(number)) => {
                self.write_number(key, part, member, number)
            }
            (Form::Unsigned(_) | Form::Signed(_), _) => Err(MemberFault::NoInteger),
            (Form::Fixed(width), AttributeValue::S(text)) => {
                if text.len() != width || !text.bytes().all(is_unescaped) {
                    return Err(MemberFault::Width(width));
                }
                self.write_text(key, None, member.format, text)
            }
            (Form::Text, AttributeValue::S(text)) => {
                self.write_text(key, self.separator(part), member.format, text)
            }
            (Form::Text | Form::Fixed(_), _) => Err(MemberFault::NoText),
        }
    }

    /// Writes text of which the member at this place may begin.
    pub(crate) fn write_prefix(
        &self,
        key: &mut String,
        part: usize,
        member: &Member,
        prefix: &AttributeValue,
    ) -> Result<(), MemberFault> {
        let AttributeValue::S(prefix) = prefix else {
            return Err(MemberFault::NoText);
        };
        self.write_text(key, self.separator_in(part, member), member.format, prefix)
    }

    /// Returns the character that the text of the member at this place must not hold as it is, in addition to those that are
    /// always encoded.
    ///
    /// It is the one that ends the member. Where nothing is encoded, the last member must not hold the separator before it
    /// either, because `ORDER#{id}` would then be the key of `ORDER#{id}#LINE#{n}`.
    pub(super) const fn separator(&self, part: usize) -> Option<char> {
        match (self.terminator(part), self.escape) {
            (None, Escape::Refuse) => self.separator_before(part),
            (terminator, _) => terminator,
        }
    }

    /// Returns the [`separator`](Self::separator) of this member; `None` if its text has one width, because nothing needs
    /// to end it then.
    pub(super) fn separator_in(&self, part: usize, member: &Member) -> Option<char> {
        match member.form {
            Form::Text => self.separator(part),
            Form::Fixed(_) | Form::Unsigned(_) | Form::Signed(_) => None,
        }
    }

    fn write_number(
        &self,
        key: &mut String,
        part: usize,
        member: &Member,
        number: &str,
    ) -> Result<(), MemberFault> {
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) if digits != "0" => (true, digits),
            _ => (false, number),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MemberFault::NoInteger);
        }
        if let Some(width) = member.digits() {
            return write_digits(key, width, negative, digits);
        }
        match self.terminator(part) {
            Some(end) if number.contains(end) => Err(MemberFault::Separator(end)),
            _ => {
                key.push_str(number);
                Ok(())
            }
        }
    }

    fn write_text(
        &self,
        key: &mut String,
        separator: Option<char>,
        format: Format,
        text: &str,
    ) -> Result<(), MemberFault> {
        let text = match format {
            Format::First(count) => match text.char_indices().nth(count) {
                Some((end, _)) => &text[..end],
                None => text,
            },
            _ => text,
        };
        if text.is_empty() {
            return Err(MemberFault::Empty);
        }
        if format == Format::Lower {
            let lower = text.chars().flat_map(char::to_lowercase);
            return lower
                .into_iter()
                .try_for_each(|c| self.write_char(key, separator, c));
        }
        if is_written_as_it_is(self.escape, separator, text) {
            key.push_str(text);
            return Ok(());
        }
        text.chars()
            .try_for_each(|c| self.write_char(key, separator, c))
    }

    fn write_char(
        &self,
        key: &mut String,
        separator: Option<char>,
        c: char,
    ) -> Result<(), MemberFault> {
        if c == LAST {
            return Err(MemberFault::LastCharacter);
        }
        let is_separator = separator == Some(c);
        match self.escape {
            Escape::Refuse if is_separator => return Err(MemberFault::Separator(c)),
            Escape::Percent if is_separator || c <= LAST_ESCAPED => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    key.push('%');
                    key.push(hex_digit(byte >> 4));
                    key.push(hex_digit(byte & 15));
                }
            }
            _ => key.push(c),
        }
        Ok(())
    }
}

/// The last of the characters that are always percent-encoded.
pub(crate) const LAST_ESCAPED: char = '%';
/// Sorts after all that a member can hold.
pub(crate) const LAST: char = '\u{10FFFF}';

/// Returns whether the byte is a character that no template encodes because of its place in the order.
pub(super) const fn is_unescaped(byte: u8) -> bool {
    byte > LAST_ESCAPED as u8 && byte < 0x7F
}

/// Returns a hexadecimal digit, in upper case.
fn hex_digit(digit: u8) -> char {
    char::from(if digit < 10 {
        b'0' + digit
    } else {
        b'A' + (digit - 10)
    })
}

/// Returns whether no character of the text needs care; `false` also for some texts that need none.
#[inline]
pub(super) fn is_written_as_it_is(escape: Escape, separator: Option<char>, text: &str) -> bool {
    // The first byte of a character is that of no other; without a separator a byte that no text has.
    let mut bytes = [0; 4];
    let separator = separator.map_or(0xFF, |c| match c.encode_utf8(&mut bytes).as_bytes() {
        [first, ..] => *first,
        [] => 0xFF,
    });
    let is_low = |byte: u8| match escape {
        Escape::Percent => byte <= LAST_ESCAPED as u8,
        Escape::Refuse => false,
    };
    // U+10FFFF begins with 0xF4. All bytes are looked at, because the processor then takes several at once.
    !text.bytes().fold(false, |found, byte| {
        found | is_low(byte) | (byte == separator) | (byte == 0xF4)
    })
}

/// Writes an integer with this width.
fn write_digits(
    key: &mut String,
    Digits { width, signed }: Digits,
    negative: bool,
    digits: &str,
) -> Result<(), MemberFault> {
    let Some(zeros) = width.checked_sub(digits.len()) else {
        return Err(MemberFault::Digits(width));
    };
    if signed {
        key.push(if negative { '-' } else { '0' });
    } else if negative {
        return Err(MemberFault::NoInteger);
    }
    key.extend(std::iter::repeat_n(if negative { '9' } else { '0' }, zeros));
    if negative {
        key.extend(
            digits
                .bytes()
                .map(|digit| char::from(b'9' - (digit - b'0'))),
        );
    } else {
        key.push_str(digits);
    }
    Ok(())
}
