//! The rules for the text of keys, tried on all pairs of many texts.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use super::{Escape, Format, Member, Part, Template};
use crate::value::{AttributeValue, Form, KeyMember, Scalar};
use std::borrow::Cow;

/// Returns `before`, a member, `between`, a member, and `behind`.
fn pair(
    before: &'static str,
    between: &'static str,
    behind: &'static str,
    escape: Escape,
) -> Template {
    let member = |index, name| {
        Part::Member(Member {
            index,
            name,
            form: Form::Text,
            format: Format::Plain,
        })
    };
    let parts = vec![
        Part::Literal(before),
        member(0, "a"),
        Part::Literal(between),
        member(1, "b"),
        Part::Literal(behind),
    ];
    let parts = parts.into_iter().filter(|part| *part != Part::Literal(""));
    Template {
        text: "{a}{b}",
        parts: Vec::leak(parts.collect()),
        escape,
    }
}

/// Texts that begin alike, hold separators, and characters around them.
fn texts() -> Vec<String> {
    let alphabet = [
        '\0',
        '\u{1}',
        ' ',
        '!',
        '#',
        '$',
        '%',
        '&',
        '2',
        'A',
        'a',
        '|',
        '~',
        '\u{7F}',
        'é',
        '·',
        '\u{D7FF}',
        '\u{E000}',
        '\u{FFFF}',
        '😀',
        '\u{10FFFE}',
    ];
    let one = alphabet.iter().map(char::to_string);
    let two = alphabet
        .iter()
        .flat_map(|a| ['#', '%', 'a', ' ', '|'].map(|b| format!("{a}{b}")));
    one.chain(two).collect()
}

fn all_pairs() -> Vec<(String, String)> {
    let texts = texts();
    let mut pairs: Vec<_> = texts
        .iter()
        .flat_map(|a| texts.iter().map(|b| (a.clone(), b.clone())))
        .collect();
    assert!(pairs.len() > 5_000);
    pairs.sort();
    pairs
}

fn write(template: &Template, a: &str, b: &str) -> Option<String> {
    let values = [a, b].map(|text| AttributeValue::S(text.to_owned()));
    template.write("SK", &values).ok().map(Option::unwrap)
}

fn members(a: &str, b: &str) -> Vec<(usize, Scalar<'static>)> {
    let text = |text: &str| Scalar::S(Cow::Owned(text.to_owned()));
    vec![(0, text(a)), (1, text(b))]
}

fn both(before: &'static str, between: &'static str, behind: &'static str) -> [Template; 2] {
    [Escape::Percent, Escape::Refuse].map(|escape| pair(before, between, behind, escape))
}

#[test]
fn different_members_make_different_keys_which_read_back() {
    let pairs = all_pairs();
    let shapes = [
        ("X#", "#", ""),
        ("", "#", ""),
        ("X#", "|", ""),
        ("X#", "$", "#END"),
        ("", "·", "·"),
        ("X#", "A", ""),
        ("X#", "2", "F"),
        ("é", "#Y#", ""),
    ];
    for template in shapes
        .map(|(before, between, behind)| both(before, between, behind))
        .concat()
    {
        let mut keys = Vec::new();
        for (a, b) in &pairs {
            if let Some(key) = write(&template, a, b) {
                assert_eq!(
                    template.read(&key),
                    Some(members(a, b)),
                    "{key:?} of {template:?}"
                );
                assert!(template.fits(&key));
                keys.push(key);
            }
        }
        let count = keys.len();
        assert!(count == pairs.len() || template.escape == Escape::Refuse && count > 5_000);
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count, "{template:?}");
    }
}

#[test]
fn keys_sort_as_their_members_do() {
    let pairs = all_pairs();
    for between in ["#", "$", " ", "!", "#LINE#"] {
        let template = pair("X#", between, "", Escape::Percent);
        let keys: Vec<_> = pairs
            .iter()
            .map(|(a, b)| write(&template, a, b).unwrap())
            .collect();
        assert!(keys.is_sorted(), "{between:?}");
    }
}

#[test]
fn leading_members_begin_the_keys_that_have_them_and_no_others() {
    let pairs = all_pairs();
    for template in [both("X#", "#", ""), both("", "|", "")].concat() {
        let end = if template.parts.len() == 4 { "#" } else { "|" };
        let keys: Vec<(&String, String)> = pairs
            .iter()
            .filter_map(|(a, b)| Some((a, write(&template, a, b)?)))
            .collect();
        for a in texts() {
            let Some(own) = write(&template, &a, "x") else {
                continue;
            };
            let beginning = own.strip_suffix('x').unwrap();
            assert!(beginning.ends_with(end));
            for (other, key) in &keys {
                assert_eq!(
                    key.starts_with(beginning),
                    **other == a,
                    "{key:?} and {own:?}"
                );
            }
        }
    }
}

#[test]
fn a_key_that_reads_is_one_that_would_be_written() {
    let texts: Vec<String> = ["a#b", "x", "%41", "a%2", "é|", "%25", "X#"]
        .map(str::to_owned)
        .into();
    let wild = [
        "",
        "#",
        "%",
        "%2",
        "%23",
        "%2a",
        "%7C",
        "X",
        "|",
        "%C2%B7",
        "%C2",
        "\u{10FFFF}",
        " ",
    ];
    for template in [
        both("X#", "#", ""),
        both("X#", "|", "#E"),
        both("", "·", ""),
    ]
    .concat()
    {
        let mut read = 0;
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b))) {
            let Some(key) = write(&template, a, b) else {
                continue;
            };
            let places = (0..=key.len()).filter(|at| key.is_char_boundary(*at));
            for (at, insert) in places.flat_map(|at| wild.map(|insert| (at, insert))) {
                let (before, after) = key.split_at(at);
                let mut rest = after.chars();
                rest.next();
                for changed in [
                    format!("{before}{insert}{after}"),
                    format!("{before}{insert}{}", rest.as_str()),
                ] {
                    let members = template.read(&changed);
                    assert_eq!(template.fits(&changed), members.is_some(), "{changed:?}");
                    if let Some([(0, Scalar::S(a)), (1, Scalar::S(b))]) = members.as_deref() {
                        read += 1;
                        assert_eq!(write(&template, a, b), Some(changed), "{template:?}");
                    }
                }
            }
        }
        assert!(read > 100, "{read} of {template:?}");
    }
}

fn number(form: Form, format: Format) -> Template {
    let member = Member {
        index: 3,
        name: "n",
        form,
        format,
    };
    Template {
        text: "N#{n}",
        parts: Vec::leak(vec![
            Part::Literal("N#"),
            Part::Member(member),
            Part::Literal("-E"),
        ]),
        escape: Escape::Percent,
    }
}

fn write_number(template: &Template, n: i128) -> Option<String> {
    let mut values = vec![AttributeValue::Null(true); 3];
    values.push(AttributeValue::N(n.to_string()));
    template.write("SK", &values).ok().map(Option::unwrap)
}

#[test]
fn integers_of_both_signs_sort_and_read_back() {
    let ends = [
        i64::MIN,
        -1_000_000,
        -1_000,
        -999,
        -100,
        -10,
        -9,
        -1,
        0,
        1,
        9,
        10,
        99,
        1_000,
        i64::MAX,
    ];
    let wide: Vec<i128> = ends.map(i128::from).into();
    for (form, numbers) in [
        (i8::FORM, (-128..128).collect()),
        (u8::FORM, (0..256).collect()),
        (i64::FORM, wide.clone()),
        (
            i128::FORM,
            [vec![i128::MIN], wide, vec![i128::MAX]].concat(),
        ),
    ] {
        for format in [Format::Plain, Format::Raw] {
            let template = number(form, format);
            let written = numbers
                .iter()
                .filter_map(|n| Some((n, write_number(&template, *n)?)));
            let keys: Vec<(&i128, String)> = written.collect();
            for (n, key) in &keys {
                let expected = Scalar::N(Cow::Owned(n.to_string()));
                assert_eq!(template.read(key), Some(vec![(3, expected)]), "{key}");
                assert!(template.fits(key));
            }
            if format == Format::Plain {
                assert_eq!(keys.len(), numbers.len());
                assert!(
                    keys.windows(2)
                        .all(|w| w[0].1 < w[1].1 && w[0].1.len() == w[1].1.len())
                );
            }
        }
    }
}

#[test]
fn texts_that_are_no_numbers_are_not_read() {
    let plain = number(i8::FORM, Format::Plain);
    for key in [
        "N#007-E", "N#00x7-E", "N#-999-E", "N#1007-E", "N#0007", "N#-99-E", "0007-E",
    ] {
        assert_eq!(plain.read(key), None, "{key}");
        assert!(!plain.fits(key), "{key}");
    }
    let raw = number(u8::FORM, Format::Raw);
    for key in ["N#07-E", "N#-E", "N#x-E", "N#+7-E"] {
        assert!(!raw.fits(key), "{key}");
    }
    assert!(raw.fits("N#7-E") && raw.fits("N#0-E"));
}

#[test]
fn members_of_which_a_part_is_written_are_told_but_not_read() {
    let of = |format, form| {
        let mut template = number(form, format);
        template.parts = Vec::leak(template.parts[..2].to_vec());
        template
    };
    let lower = of(Format::Lower, Form::Text);
    assert_eq!(lower.read("N#a%20b"), Some(vec![]));
    assert!(!lower.fits("N#A"));
    let month = of(Format::First(7), Form::Fixed(10));
    assert!(month.fits("N#2025-01"));
    assert!(!month.fits("N#2025-01-31"));
    let first = of(Format::First(2), Form::Text);
    assert!(first.fits("N#é%23"));
    assert!(!first.fits("N#abc"));
}

#[test]
fn a_member_that_is_in_a_key_twice_is_the_same_twice() {
    let mut template = pair("", "#", "", Escape::Percent);
    let [a, separator, ..] = template.parts else {
        panic!("it has three parts")
    };
    template.parts = Vec::leak(vec![*a, *separator, *a]);
    assert!(
        template
            .read("x#x")
            .is_some_and(|members| members.len() == 1)
    );
    assert_eq!(template.read("x#y"), None);
}
