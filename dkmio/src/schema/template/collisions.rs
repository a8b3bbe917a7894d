//! Collisions of templates, decided against all short values.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use super::{Escape, Format, Member, Part, Template, may_collide, same_text};
use crate::value::{AttributeValue, Form, KeyMember};
use std::collections::HashSet;

/// Reads a template with members `{text}`, `{raw}`, `{2}` (an integer of two digits), `{-1}` (one of one digit with a sign) and `{day}`
/// (of four bytes).
fn template(text: &'static str, escape: Escape) -> Template {
    let mut parts = Vec::new();
    let mut index = 0;
    for piece in text.split_inclusive('}') {
        let (literal, member) = piece.split_once('{').unwrap_or((piece, ""));
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        let (form, format) = match member {
            "" => continue,
            "text}" => (Form::Text, Format::Plain),
            "raw}" => (i8::FORM, Format::Raw),
            "2}" => (u8::FORM, Format::Digits(2)),
            "-1}" => (i8::FORM, Format::Digits(1)),
            "day}" => (Form::Fixed(4), Format::Plain),
            other => panic!("{other} is no member"),
        };
        parts.push(Part::Member(Member {
            index,
            name: "member",
            form,
            format,
        }));
        index += 1;
    }
    Template {
        text,
        parts: Vec::leak(parts),
        escape,
    }
}

/// Returns values for this member; those with text hold the pieces of which the literals of the templates are made.
fn values(member: &Member) -> Vec<AttributeValue> {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let number = |n: &i32| AttributeValue::N(n.to_string());
    match (member.form, member.format) {
        (Form::Text, _) => {
            let short = [
                "a", "v", "1", "12", "-8", "01-2", "ORDER", "LINE", "a#b", "a|b", "x#LINE#1",
                "12#a", "LINE#12",
            ];
            short.map(text).into()
        }
        (Form::Fixed(_), _) => ["01-2", "12-1", "ORDE", "v123"].map(text).into(),
        (Form::Unsigned(_), _) => [0, 1, 12].iter().map(number).collect(),
        _ => [0, 1, 12, -1, -8].iter().map(number).collect(),
    }
}

fn keys(template: &Template) -> HashSet<String> {
    let members = template.parts.iter().filter_map(|part| match part {
        Part::Member(member) => Some(member),
        Part::Literal(_) => None,
    });
    let tuples = members.fold(vec![Vec::new()], |tuples, member| {
        let values = values(member);
        let longer = tuples.iter().flat_map(|tuple: &Vec<AttributeValue>| {
            values
                .iter()
                .map(|value| [tuple.clone(), vec![value.clone()]].concat())
        });
        longer.collect()
    });
    let keys = tuples
        .iter()
        .filter_map(|tuple| template.write("SK", tuple).ok());
    keys.map(Option::unwrap).collect()
}

const TEXTS: &[&str] = &[
    "PROFILE",
    "ORDER",
    "v",
    "{text}",
    "v{text}",
    "{2}",
    "{-1}",
    "{raw}",
    "{day}",
    "v{2}",
    "ORDER#{text}",
    "ORDERLINE#{text}",
    "ORDER#{text}#LINE#{2}",
    "ORDER#{text}#{text}",
    "ORDER#{text}#{text}#{text}",
    "ORDER#{2}",
    "ORDER#{-1}",
    "ORDER#{raw}",
    "ORDER#{day}",
    "ORDER#{2}#{text}",
    "ORDER#{day}#{2}",
    "ORDER#{day}-{text}",
    "ORDER#{text}#",
    "ORDER|{text}",
    "ORDER|{text}|{2}",
    "{text}|{text}",
    "{text}#{text}",
    "ORDER#{text}|{text}",
    "a{text}b",
    "{text}é{text}",
    "ORDER#1",
    "ORDER#12",
    "ORDER#12#a",
    "12",
    "01-2",
];

#[test]
fn templates_that_write_one_key_are_found_and_others_pass() {
    for escape in [Escape::Percent, Escape::Refuse] {
        let templates: Vec<_> = TEXTS.iter().map(|text| template(text, escape)).collect();
        let written: Vec<_> = templates.iter().map(keys).collect();
        let mut apart = 0;
        for (a, keys_of_a) in templates.iter().zip(&written) {
            assert!(!keys_of_a.is_empty(), "{a:?}");
            for (b, keys_of_b) in templates.iter().zip(&written) {
                let found = may_collide(a, b);
                assert_eq!(found, may_collide(b, a), "{} and {}", a.text, b.text);
                let common = keys_of_a.intersection(keys_of_b).next();
                assert!(
                    found || common.is_none(),
                    "{} and {}: {common:?}",
                    a.text,
                    b.text
                );
                apart += usize::from(!found);
            }
        }
        assert!(
            apart > TEXTS.len() * TEXTS.len() / 2,
            "only {apart} pairs are apart"
        );
    }
}

/// Tells that a pair collides only if it does, for the pairs of which someone would make a set.
#[test]
fn the_usual_keys_of_a_table_are_apart() {
    const APART: &[(&str, &str)] = &[
        ("PROFILE", "ORDER#{text}"),
        ("ORDER#{text}", "ORDER#{text}#LINE#{2}"),
        ("ORDER#{text}", "ORDER#{text}#{text}"),
        ("ORDER#{text}", "ORDERLINE#{text}"),
        ("ORDER#{text}#{text}", "ORDER#{text}#{text}#{text}"),
        ("ORDER#{2}", "ORDER#{day}"),
        ("v{text}", "v"),
        ("ORDER#{text}", "ORDER#{text}#"),
    ];
    const TOGETHER: &[(&str, &str)] = &[
        ("PROFILE", "{text}"),
        ("ORDER#{text}", "ORDER#{text}"),
        ("ORDER#{text}#LINE#{2}", "ORDER#{text}#{text}#{text}"),
        ("ORDER#{2}", "ORDER#12"),
        ("{text}#{text}", "ORDER#{text}"),
        ("a{text}b", "{text}"),
    ];
    for escape in [Escape::Percent, Escape::Refuse] {
        let meet = |(a, b): &(&'static str, &'static str)| {
            may_collide(&template(a, escape), &template(b, escape))
        };
        for pair in APART {
            assert!(!meet(pair), "{pair:?}, {escape:?}");
        }
        for pair in TOGETHER {
            assert!(meet(pair), "{pair:?}, {escape:?}");
        }
        // Only the characters up to `%` are encoded in a member that nothing ends.
        let is_encoding = escape == Escape::Percent;
        assert_eq!(meet(&("ORDER|{text}", "ORDER|{text}|{2}")), is_encoding);
    }
}

#[test]
fn it_is_decided_while_the_program_is_compiled() {
    const fn user(text: &'static str, parts: &'static [Part; 2]) -> Template {
        Template {
            text,
            parts,
            escape: Escape::Percent,
        }
    }
    const MEMBER: Member = Member {
        index: 0,
        name: "id",
        form: Form::Text,
        format: Format::Plain,
    };
    const A: Template = user("USER#{id}", &[Part::Literal("USER#"), Part::Member(MEMBER)]);
    const RENAMED: Member = Member {
        index: 7,
        name: "user_id",
        ..MEMBER
    };
    const B: Template = user(
        "USER#{user_id}",
        &[Part::Literal("USER#"), Part::Member(RENAMED)],
    );
    const LOWER: Member = Member {
        format: Format::Lower,
        ..MEMBER
    };
    const C: Template = user(
        "USER#{id:lower}",
        &[Part::Literal("USER#"), Part::Member(LOWER)],
    );
    const { assert!(may_collide(&A, &B) && same_text(&A, &B) && !same_text(&A, &C)) };
}
