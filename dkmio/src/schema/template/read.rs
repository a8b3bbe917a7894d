//! Reads the members of a key back from its text.

use super::member_text::{is_unescaped, is_written_as_it_is};
use super::unescape::unescape;
use super::{Escape, Format, Member, Part, Template};
use crate::value::Form;
use crate::value::Scalar;
use std::borrow::Cow;

impl Template {
    /// Reads the members back, with their `Member::index`; `None` if the template did not write the key.
    ///
    /// Members of which the key holds only a part, those of `:lower` and `:.N`, are left out.
    pub(crate) fn read<'k>(&self, key: &'k str) -> Option<Vec<(usize, Scalar<'k>)>> {
        let mut members: Vec<(usize, Scalar<'k>)> = Vec::with_capacity(self.parts.len() / 2 + 1);
        let fits = self.walk(key, |member, separator, text| {
            let Some(value) = self.read_member(member, separator, text) else {
                return false;
            };
            if matches!(member.format, Format::Lower | Format::First(_)) {
                return true;
            }
            // A member may be in the template twice.
            match members.iter().find(|(index, _)| *index == member.index) {
                Some((_, other)) => *other == value,
                None => {
                    members.push((member.index, value));
                    true
                }
            }
        });
        fits.then_some(members)
    }

    /// Returns whether the template can have written the key.
    pub(crate) fn fits(&self, key: &str) -> bool {
        self.walk(key, |member, separator, text| {
            self.is_member(member, separator, text)
        })
    }

    /// Cuts the key into its parts, and hands over each member, its separator and its text, until `take` returns `false`.
    /// Returns whether all is as the template has it.
    fn walk<'k>(
        &self,
        key: &'k str,
        mut take: impl FnMut(&Member, Option<char>, &'k str) -> bool,
    ) -> bool {
        let mut rest = key;
        for (at, part) in self.parts.iter().enumerate() {
            let after = match part {
                Part::Literal(text) => rest.strip_prefix(text),
                Part::Member(member) => self.cut(at, member, rest).and_then(|(text, after)| {
                    take(member, self.separator_in(at, member), text).then_some(after)
                }),
            };
            match after {
                Some(after) => rest = after,
                None => return false,
            }
        }
        rest.is_empty()
    }

    /// Cuts the key behind the member at this place.
    fn cut<'k>(&self, part: usize, member: &Member, key: &'k str) -> Option<(&'k str, &'k str)> {
        match (member.width(), self.terminator(part)) {
            (Some(width), _) => key.split_at_checked(width),
            (None, Some(end)) => key.split_at_checked(self.end_of_text(key, end)?),
            (None, None) => Some((key, "")),
        }
    }

    /// Returns where the first `end` is that is no digit of an encoded character.
    fn end_of_text(&self, key: &str, end: char) -> Option<usize> {
        if self.escape == Escape::Refuse || !end.is_ascii_hexdigit() {
            return key.find(end);
        }
        let mut digits = 0;
        key.char_indices().find_map(|(at, c)| {
            if digits > 0 {
                digits -= 1;
                return None;
            }
            if c == '%' {
                digits = 2;
            }
            (c == end).then_some(at)
        })
    }

    /// Returns whether a value has this text in the key.
    fn is_member(&self, member: &Member, separator: Option<char>, text: &str) -> bool {
        match (member.form, member.format) {
            (Form::Unsigned(_), Format::Raw) => is_canonical(text),
            (Form::Signed(_), Format::Raw) => match text.strip_prefix('-') {
                Some(digits) => digits != "0" && is_canonical(digits),
                None => is_canonical(text),
            },
            (Form::Unsigned(_), _) => are_digits(text),
            (Form::Signed(_), _) => match text.split_at_checked(1) {
                Some(("0", digits)) => are_digits(digits),
                Some(("-", digits)) => are_digits(digits) && digits.bytes().any(|b| b != b'9'),
                _ => false,
            },
            (Form::Fixed(_), _) => text.bytes().all(is_unescaped),
            (Form::Text, format) => {
                let mut characters = Characters::new(format);
                if text.is_empty() {
                    return false;
                }
                if format == Format::Plain && is_written_as_it_is(self.escape, separator, text) {
                    return true;
                }
                unescape(self.escape, separator, text, |c| characters.take(c))
            }
        }
    }

    fn read_member<'k>(
        &self,
        member: &Member,
        separator: Option<char>,
        text: &'k str,
    ) -> Option<Scalar<'k>> {
        if !self.is_member(member, separator, text) {
            return None;
        }
        Some(match (member.form, member.format) {
            (Form::Unsigned(_) | Form::Signed(_), Format::Raw) => Scalar::N(Cow::Borrowed(text)),
            (Form::Unsigned(_), _) => Scalar::N(Cow::Borrowed(without_zeros(text))),
            (Form::Signed(_), _) => Scalar::N(match text.strip_prefix('-') {
                Some(complement) => {
                    let complement = complement.trim_start_matches('9');
                    let digits = complement.bytes().map(|b| char::from(b'9' - (b - b'0')));
                    Cow::Owned(std::iter::once('-').chain(digits).collect())
                }
                None => Cow::Borrowed(without_zeros(text)),
            }),
            (Form::Text, _) if !is_written_as_it_is(self.escape, separator, text) => {
                let mut plain = String::with_capacity(text.len());
                unescape(self.escape, separator, text, |c| {
                    plain.push(c);
                    true
                });
                Scalar::S(Cow::Owned(plain))
            }
            (Form::Text | Form::Fixed(_), _) => Scalar::S(Cow::Borrowed(text)),
        })
    }
}

/// The characters of a text, checked against its format.
struct Characters {
    format: Format,
    count: usize,
}

impl Characters {
    const fn new(format: Format) -> Self {
        Self { format, count: 0 }
    }

    fn take(&mut self, c: char) -> bool {
        self.count += 1;
        match self.format {
            Format::Lower => c.to_lowercase().eq([c]),
            Format::First(count) => self.count <= count,
            _ => true,
        }
    }
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether these are digits without zeros before them.
fn is_canonical(text: &str) -> bool {
    text == "0" || (!text.is_empty() && !text.starts_with('0') && are_digits(text))
}

fn without_zeros(digits: &str) -> &str {
    match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    }
}
