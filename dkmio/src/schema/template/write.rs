//! Writes keys from the values of their members.

use super::{Member, MemberFault, Part, Template};
use crate::error::InvalidKey;
use crate::value::AttributeValue;

impl Template {
    /// Writes the key attribute `attribute` from the values of the entity's members, by `Member::index`; `None` if a member
    /// is absent.
    pub(crate) fn write(
        &self,
        attribute: &str,
        values: &[AttributeValue],
    ) -> Result<Option<String>, InvalidKey> {
        let Some(length) = self.length(values) else {
            return Ok(None);
        };
        let mut key = String::with_capacity(length);
        for (at, part) in self.parts.iter().enumerate() {
            match part {
                Part::Literal(text) => key.push_str(text),
                Part::Member(member) => {
                    if let Some(value) = values.get(member.index) {
                        self.write_member(&mut key, at, member, value)
                            .map_err(|fault| {
                                self.invalid(&format!("key attribute `{attribute}`"), member, fault)
                            })?;
                    }
                }
            }
        }
        Ok(Some(key))
    }

    /// Returns how long the key will be if nothing in it is encoded; `None` if a member is absent.
    fn length(&self, values: &[AttributeValue]) -> Option<usize> {
        self.parts.iter().try_fold(0, |length, part| {
            Some(
                length
                    + match part {
                        Part::Literal(text) => text.len(),
                        Part::Member(member) => match values.get(member.index)? {
                            AttributeValue::Null(_) => return None,
                            AttributeValue::S(text) => text.len(),
                            AttributeValue::N(digits) => member
                                .digits()
                                .map_or(digits.len(), |digits| digits.width + 1),
                            _ => 0,
                        },
                    },
            )
        })
    }

    /// Returns the error of a member of this key.
    #[cold]
    pub(crate) fn invalid(&self, key: &str, member: &Member, fault: MemberFault) -> InvalidKey {
        InvalidKey::new(format!(
            "member `{}` of {key} (`{}`) {fault}",
            member.name, self.text
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::super::{Escape, Format};
    use super::*;
    use crate::value::{Form, KeyMember};

    const fn member(index: usize, form: Form, format: Format) -> Part {
        Part::Member(Member {
            index,
            name: "member",
            form,
            format,
        })
    }

    fn write(parts: &'static [Part], escape: Escape, value: AttributeValue) -> Option<String> {
        let template = Template {
            text: "A#{member}",
            parts,
            escape,
        };
        template.write("SK", &[value]).unwrap_or(None)
    }

    fn text(format: Format, value: &str) -> Option<String> {
        let parts: &'static [Part] = Vec::leak(vec![
            Part::Literal("A#"),
            member(0, Form::Text, format),
            Part::Literal("|"),
        ]);
        write(parts, Escape::Percent, AttributeValue::S(value.to_owned()))
    }

    fn number(form: Form, format: Format, value: &str) -> Option<String> {
        let parts: &'static [Part] = Vec::leak(vec![member(0, form, format)]);
        write(parts, Escape::Percent, AttributeValue::N(value.to_owned()))
    }

    #[test]
    fn text_is_encoded_up_to_percent_and_where_it_would_end() {
        for (value, key) in [
            ("plain", "A#plain|"),
            ("a#b", "A#a%23b|"),
            ("100%", "A#100%25|"),
            ("Ana María\u{1}", "A#Ana%20María%01|"),
            ("a|b&c", "A#a%7Cb&c|"),
            ("\u{100000}😀", "A#\u{100000}😀|"),
        ] {
            assert_eq!(
                text(Format::Plain, value).as_deref(),
                Some(key),
                "{value:?}"
            );
        }
        assert_eq!(text(Format::Plain, ""), None);
        assert_eq!(text(Format::Plain, "a\u{10FFFF}"), None);
    }

    #[test]
    fn formats_of_text_work_character_by_character() {
        assert_eq!(
            text(Format::Lower, "Ana@É.COM").as_deref(),
            Some("A#ana@é.com|")
        );
        assert_eq!(text(Format::Lower, "ΟΔΟΣ").as_deref(), Some("A#οδοσ|"));
        assert_eq!(text(Format::First(2), "é#abc").as_deref(), Some("A#é%23|"));
        assert_eq!(text(Format::First(9), "é").as_deref(), Some("A#é|"));
        assert_eq!(text(Format::First(0), "é"), None);
    }

    #[test]
    fn a_separator_that_is_no_ascii_character_is_encoded_as_its_bytes() {
        const PARTS: &[Part] = &[member(0, Form::Text, Format::Plain), Part::Literal("·")];
        let value = AttributeValue::S("a·b".to_owned());
        let key = write(PARTS, Escape::Percent, value);
        assert_eq!(key.as_deref(), Some("a%C2%B7b·"));
    }

    #[test]
    fn a_table_that_refuses_separators_encodes_nothing() {
        const ENDED: &[Part] = &[
            Part::Literal("A#"),
            member(0, Form::Text, Format::Plain),
            Part::Literal("|"),
        ];
        const LAST: &[Part] = &[Part::Literal("A#"), member(0, Form::Text, Format::Plain)];
        let write =
            |parts, value: &str| write(parts, Escape::Refuse, AttributeValue::S(value.to_owned()));
        assert_eq!(write(ENDED, "a b#%").as_deref(), Some("A#a b#%|"));
        assert_eq!(write(ENDED, "a|"), None);
        assert_eq!(write(LAST, "a|%").as_deref(), Some("A#a|%"));
        assert_eq!(
            write(LAST, "a#b"),
            None,
            "it would be a key of `A#{{a}}#{{b}}`"
        );
    }

    #[test]
    fn integers_have_one_width_and_are_never_cut() {
        assert_eq!(number(u8::FORM, Format::Plain, "7").as_deref(), Some("007"));
        assert_eq!(
            number(i8::FORM, Format::Plain, "-7").as_deref(),
            Some("-992")
        );
        assert_eq!(
            number(i8::FORM, Format::Plain, "7").as_deref(),
            Some("0007")
        );
        assert_eq!(
            number(u64::FORM, Format::Digits(3), "999").as_deref(),
            Some("999")
        );
        assert_eq!(number(u64::FORM, Format::Digits(3), "1000"), None);
        assert_eq!(number(i64::FORM, Format::Digits(3), "-1000"), None);
        assert_eq!(
            number(i64::FORM, Format::Raw, "-70").as_deref(),
            Some("-70")
        );
        assert_eq!(number(u64::FORM, Format::Plain, "1E3"), None);
        let min = i128::MIN.to_string();
        assert_eq!(
            number(i128::FORM, Format::Plain, &min).map(|key| key.len()),
            Some(40)
        );
    }

    #[test]
    fn a_text_of_one_width_has_it() {
        const DAY: &[Part] = &[member(0, Form::Fixed(10), Format::Plain)];
        const MONTH: &[Part] = &[member(0, Form::Fixed(10), Format::First(7))];
        let write =
            |parts, day: &str| write(parts, Escape::Percent, AttributeValue::S(day.to_owned()));
        assert_eq!(write(DAY, "2025-01-31").as_deref(), Some("2025-01-31"));
        assert_eq!(write(MONTH, "2025-01-31").as_deref(), Some("2025-01"));
        assert_eq!(write(DAY, "+12025-01-31"), None);
        assert_eq!(write(DAY, "2025#01-31"), None);
    }

    #[test]
    fn an_absent_member_makes_no_key_and_no_error() {
        const PARTS: &[Part] = &[
            member(0, Form::Text, Format::Plain),
            Part::Literal("#"),
            member(1, Form::Text, Format::Plain),
        ];
        let template = Template {
            text: "{a}#{b}",
            parts: PARTS,
            escape: Escape::Percent,
        };
        let empty = AttributeValue::S(String::new());
        let absent = AttributeValue::Null(true);
        assert!(matches!(
            template.write("SK", &[empty.clone(), absent]),
            Ok(None)
        ));
        assert!(matches!(
            template.write("SK", std::slice::from_ref(&empty)),
            Ok(None)
        ));
        let error = template.write(
            "GSI1SK",
            &[AttributeValue::S("secret\u{10FFFF}".into()), empty],
        );
        let message = error.unwrap_err().message().to_owned();
        assert!(
            ["member", "GSI1SK", "{a}#{b}"]
                .iter()
                .all(|part| message.contains(part))
        );
        assert!(!message.contains("secret"));
    }
}
