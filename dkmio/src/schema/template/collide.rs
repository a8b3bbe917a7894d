//! Tells, while the program is compiled, whether two templates can write one key.

use super::member_text::{LAST_ESCAPED, is_unescaped};
use super::{Escape, Format, Member, Part, Template};
use crate::schema::const_text::same;
use crate::value::Form;

/// Returns whether some values make one key of both templates.
///
/// It is `false` only if there are none.
#[doc(hidden)]
pub const fn may_collide(a: &Template, b: &Template) -> bool {
    meet(Place::start(a), Place::start(b))
}

/// Returns whether both templates make one key of the same values, whatever their members are called.
#[doc(hidden)]
pub const fn same_text(a: &Template, b: &Template) -> bool {
    if a.parts.len() != b.parts.len() {
        return false;
    }
    let mut at = 0;
    while at < a.parts.len() {
        let is_same = match (a.parts[at], b.parts[at]) {
            (Part::Literal(a), Part::Literal(b)) => same(a, b),
            (Part::Member(a), Part::Member(b)) => same_member(a, b),
            _ => false,
        };
        if !is_same {
            return false;
        }
        at += 1;
    }
    matches!(
        (a.escape, b.escape),
        (Escape::Percent, Escape::Percent) | (Escape::Refuse, Escape::Refuse)
    )
}

const fn same_member(a: Member, b: Member) -> bool {
    let same_format = match (a.format, b.format) {
        (Format::Plain, Format::Plain)
        | (Format::Raw, Format::Raw)
        | (Format::Lower, Format::Lower) => true,
        (Format::Digits(a), Format::Digits(b)) | (Format::First(a), Format::First(b)) => a == b,
        _ => false,
    };
    same_format
        && match (a.form, b.form) {
            (Form::Text, Form::Text) => true,
            (Form::Fixed(a), Form::Fixed(b))
            | (Form::Unsigned(a), Form::Unsigned(b))
            | (Form::Signed(a), Form::Signed(b)) => a == b,
            _ => false,
        }
}

/// A place in the text that a template writes.
#[derive(Clone, Copy)]
struct Place<'t> {
    template: &'t Template,
    /// The index among the parts.
    part: usize,
    /// How many bytes of the part are before the place; of a member of any length, 1 for any number of them.
    bytes: usize,
}

/// What can follow a place.
#[derive(Clone, Copy)]
enum Follows {
    Nothing,
    Byte(u8),
    /// More of a member.
    Member(Member),
}

impl<'t> Place<'t> {
    const fn start(template: &'t Template) -> Self {
        Self {
            template,
            part: 0,
            bytes: 0,
        }
        .settled()
    }

    /// Goes past the end of literals.
    const fn settled(mut self) -> Self {
        while self.part < self.template.parts.len()
            && let Part::Literal(text) = self.template.parts[self.part]
            && self.bytes == text.len()
        {
            self.part += 1;
            self.bytes = 0;
        }
        self
    }

    const fn follows(self) -> Follows {
        if self.part == self.template.parts.len() {
            return Follows::Nothing;
        }
        match self.template.parts[self.part] {
            Part::Literal(text) => Follows::Byte(text.as_bytes()[self.bytes]),
            Part::Member(member) => Follows::Member(member),
        }
    }

    /// Returns whether the member here may end here.
    const fn may_end(self, member: Member) -> bool {
        match member.width() {
            Some(width) => self.bytes == width,
            None => self.bytes > 0,
        }
    }

    /// Returns whether the member here may go on.
    const fn may_go_on(self, member: Member) -> bool {
        match member.width() {
            Some(width) => self.bytes < width,
            None => true,
        }
    }

    /// Returns whether the member here may go on with this byte.
    const fn takes(self, member: Member, byte: u8) -> bool {
        self.may_go_on(member)
            && match member.form {
                Form::Unsigned(_) => byte.is_ascii_digit(),
                Form::Signed(_) => byte.is_ascii_digit() || (byte == b'-' && self.bytes == 0),
                Form::Fixed(_) => is_unescaped(byte),
                Form::Text => {
                    let is_encoded = matches!(self.template.escape, Escape::Percent)
                        && byte < LAST_ESCAPED as u8;
                    let is_separator = match self.template.separator(self.part) {
                        Some(separator) => separator.is_ascii() && separator as u8 == byte,
                        None => false,
                    };
                    !is_encoded && !is_separator
                }
            }
    }

    const fn after_byte(self) -> Self {
        let bytes = match self.follows() {
            Follows::Member(member) if member.width().is_none() => 1,
            _ => self.bytes + 1,
        };
        Self { bytes, ..self }.settled()
    }

    const fn after_part(self) -> Self {
        Self {
            part: self.part + 1,
            bytes: 0,
            ..self
        }
        .settled()
    }
}

/// Returns whether some text follows both places.
const fn meet(a: Place<'_>, b: Place<'_>) -> bool {
    match (a.follows(), b.follows()) {
        (Follows::Nothing, Follows::Nothing) => true,
        (Follows::Byte(x), Follows::Byte(y)) => x == y && meet(a.after_byte(), b.after_byte()),
        (Follows::Member(x), Follows::Member(y)) => {
            if a.may_end(x) && meet(a.after_part(), b) || b.may_end(y) && meet(a, b.after_part()) {
                return true;
            }
            // Two members of any length that both go on are where they were.
            let is_new = x.width().is_some() || y.width().is_some() || a.bytes == 0 || b.bytes == 0;
            is_new && a.may_go_on(x) && b.may_go_on(y) && meet(a.after_byte(), b.after_byte())
        }
        (Follows::Member(member), Follows::Byte(byte)) => {
            a.may_end(member) && meet(a.after_part(), b)
                || a.takes(member, byte) && meet(a.after_byte(), b.after_byte())
        }
        (Follows::Byte(byte), Follows::Member(member)) => {
            b.may_end(member) && meet(a, b.after_part())
                || b.takes(member, byte) && meet(a.after_byte(), b.after_byte())
        }
        (Follows::Member(member), Follows::Nothing) => a.may_end(member) && meet(a.after_part(), b),
        (Follows::Nothing, Follows::Member(member)) => b.may_end(member) && meet(a, b.after_part()),
        (Follows::Nothing, Follows::Byte(_)) | (Follows::Byte(_), Follows::Nothing) => false,
    }
}
