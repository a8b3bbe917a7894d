//! Each condition on members, against the comparison of the members themselves.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use super::{TemplateSort, made_by};
use crate::error::Error;
use crate::expr::key_condition::{KeyCondition, KeyOperator, KeyPart};
use crate::expr::sort_condition::SortConditions;
use crate::expr::sort_member::SortMember;
use crate::expr::{Expression, condition::Comparator};
use crate::schema::{Escape, Format, KeyFault, Member, Part, Template, Terminated, Unsorted};
use crate::value::{AttributeValue, Form, KeyMember};

/// What every comparison returns here.
struct Compared(TemplateSort);

impl From<TemplateSort> for Compared {
    fn from(sort: TemplateSort) -> Self {
        Self(sort)
    }
}

type Ordered<T> = SortMember<T, Compared, Compared, Terminated>;

fn member<T>(sort: TemplateSort) -> Ordered<T> {
    SortMember::new(sort)
}

const fn part(index: usize, form: Form, format: Format) -> Part {
    Part::Member(Member {
        index,
        name: "member",
        form,
        format,
    })
}

const TEXT: Form = Form::Text;

const fn template(parts: &'static [Part], escape: Escape) -> Template {
    Template {
        text: "template",
        parts,
        escape,
    }
}

const PREFIXED: &[Part] = &[
    Part::Literal("X#"),
    part(0, TEXT, Format::Plain),
    Part::Literal("#"),
    part(1, TEXT, Format::Plain),
];
const BARE: &[Part] = &[
    part(0, TEXT, Format::Plain),
    Part::Literal("#"),
    part(1, TEXT, Format::Plain),
];
const ENDED: &[Part] = &[
    Part::Literal("X#"),
    part(0, TEXT, Format::Plain),
    Part::Literal("$Y "),
    part(1, TEXT, Format::Plain),
    Part::Literal("#END"),
];

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
        '0',
        'a',
        'z',
        '~',
        'é',
        '\u{E000}',
        '\u{FFFF}',
        '😀',
        '\u{10FFFE}',
    ];
    let one = alphabet.iter().map(char::to_string);
    let two = alphabet
        .iter()
        .flat_map(|a| ['#', '%', 'a', '\0'].map(|b| format!("{a}{b}")));
    one.chain(two).collect()
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

/// The one condition that is sent; `None` if there is none.
fn sent(compared: Compared) -> Result<Option<(KeyOperator, Vec<AttributeValue>)>, KeyFault> {
    let SortConditions(mut conditions) = compared.0.into_conditions();
    assert!(conditions.len() < 2);
    let Some((operator, values)) = conditions.pop() else {
        return Ok(None);
    };
    Ok(Some((operator, values?)))
}

/// Keys by the members of which they are made.
struct Keys<A, B> {
    keys: Vec<(A, B, AttributeValue)>,
    foreign: Vec<AttributeValue>,
}

impl<A, B> Keys<A, B> {
    /// Checks that the condition holds for just those keys whose members `holds` says, and for none of another template.
    fn check(&self, compared: Compared, holds: impl Fn(&A, &B) -> bool, what: &str) {
        let condition = match sent(compared) {
            Ok(condition) => condition,
            // The table refuses the value, and has no such key.
            Err(KeyFault::Invalid(_)) => return,
            Err(KeyFault::Encode(e)) => panic!("{what}: {e:?}"),
        };
        let found = |key| {
            condition
                .as_ref()
                .is_none_or(|(operator, values)| operator.holds(key, values))
        };
        for (a, b, key) in &self.keys {
            assert_eq!(found(key), holds(a, b), "{what}: {key:?} in {condition:?}");
        }
        for key in &self.foreign {
            assert!(!found(key), "{what}: {key:?} in {condition:?}");
        }
    }
}

fn text_keys(template: &Template) -> Keys<String, String> {
    let texts = texts();
    let pairs = texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b)));
    let keys = pairs.filter_map(|(a, b)| {
        let key = template.write("SK", &[text(a), text(b)]).ok()??;
        Some((a.clone(), b.clone(), AttributeValue::S(key)))
    });
    let keys: Vec<_> = keys.collect();
    let at_least = match template.escape {
        Escape::Percent => 5_000,
        // Half of the texts have the separator in them.
        Escape::Refuse => 2_500,
    };
    assert!(keys.len() > at_least);
    let is_bare = matches!(template.parts, [Part::Member(_), ..]);
    // `X$` alone is a bound itself; its kind keeps such an item out.
    let foreign = ["X", "W#a#b", "Y#a#b", "X%", "XX#a#b", "x"].map(text);
    Keys {
        keys,
        foreign: if is_bare { vec![] } else { foreign.into() },
    }
}

#[test]
fn ranges_of_the_first_member_hold_what_they_say() {
    for parts in [PREFIXED, BARE, ENDED] {
        let template: &Template = Box::leak(Box::new(template(parts, Escape::Percent)));
        let keys = text_keys(template);
        let a = || member::<String>(TemplateSort::new(template));
        for x in &texts() {
            keys.check(a().eq(x), |a, _| a == x, "eq");
            keys.check(a().lt(x), |a, _| a < x, "lt");
            keys.check(a().le(x), |a, _| a <= x, "le");
            keys.check(a().gt(x), |a, _| a > x, "gt");
            keys.check(a().ge(x), |a, _| a >= x, "ge");
            keys.check(a().begins_with(x), |a, _| a.starts_with(x), "begins_with");
            keys.check(
                a().between("!", x),
                |a, _| "!" <= a.as_str() && a <= x,
                "between",
            );
            keys.check(
                a().between(x, "é"),
                |a, _| x <= a && "é" >= a.as_str(),
                "between",
            );
        }
    }
}

#[test]
fn ranges_of_the_last_member_hold_what_they_say() {
    for (parts, escape) in [
        (PREFIXED, Escape::Percent),
        (PREFIXED, Escape::Refuse),
        (BARE, Escape::Percent),
        (BARE, Escape::Refuse),
        (ENDED, Escape::Percent),
    ] {
        let template: &Template = Box::leak(Box::new(template(parts, escape)));
        let keys = text_keys(template);
        for p in ["a", "a#"] {
            let is_p = |a: &String| a == p;
            let b = || member::<String>(member::<String>(TemplateSort::new(template)).eq(p).0);
            for x in &texts() {
                keys.check(b().eq(x), |a, b| is_p(a) && b == x, "eq");
                keys.check(b().lt(x), |a, b| is_p(a) && b < x, "lt");
                keys.check(b().le(x), |a, b| is_p(a) && b <= x, "le");
                keys.check(b().gt(x), |a, b| is_p(a) && b > x, "gt");
                keys.check(b().ge(x), |a, b| is_p(a) && b >= x, "ge");
                keys.check(
                    b().begins_with(x),
                    |a, b| is_p(a) && b.starts_with(x),
                    "begins_with",
                );
                keys.check(
                    b().between("!", x),
                    |a, b| is_p(a) && "!" <= b.as_str() && b <= x,
                    "between",
                );
            }
        }
    }
}

#[test]
fn ranges_of_the_only_member_hold_what_they_say() {
    const ONLY: &[Part] = &[part(0, TEXT, Format::Plain)];
    const BEHIND: &[Part] = &[Part::Literal("X#"), part(0, TEXT, Format::Plain)];
    for (parts, escape) in [ONLY, BEHIND]
        .into_iter()
        .flat_map(|parts| [(parts, Escape::Percent), (parts, Escape::Refuse)])
    {
        let template: &Template = Box::leak(Box::new(template(parts, escape)));
        let written = texts().into_iter().filter_map(|a| {
            let key = template.write("SK", &[text(&a)]).ok()??;
            Some((a, (), AttributeValue::S(key)))
        });
        let keys = Keys {
            keys: written.collect(),
            foreign: vec![],
        };
        assert!(keys.keys.len() > 60);
        let a = || member::<String>(TemplateSort::new(template));
        for x in &texts() {
            keys.check(a().eq(x), |a, ()| a == x, "eq");
            keys.check(a().lt(x), |a, ()| a < x, "lt");
            keys.check(a().le(x), |a, ()| a <= x, "le");
            keys.check(a().gt(x), |a, ()| a > x, "gt");
            keys.check(a().ge(x), |a, ()| a >= x, "ge");
            keys.check(a().begins_with(x), |a, ()| a.starts_with(x), "begins_with");
            keys.check(
                a().between(x, "é"),
                |a, ()| x <= a && "é" >= a.as_str(),
                "between",
            );
        }
    }
}

#[test]
fn numbers_of_both_signs_sort_behind_any_separator() {
    const NUMBERS: [i64; 13] = [
        i64::MIN,
        -1_000,
        -100,
        -99,
        -10,
        -9,
        -1,
        0,
        1,
        9,
        10,
        100,
        i64::MAX,
    ];
    const PARTS: &[Part] = &[
        Part::Literal("N-"),
        part(0, i64::FORM, Format::Plain),
        Part::Literal("~"),
        part(1, i64::FORM, Format::Plain),
    ];
    type Fixed = SortMember<i64, Compared, Compared, Unsorted>;
    for escape in [Escape::Percent, Escape::Refuse] {
        let template: &Template = Box::leak(Box::new(template(PARTS, escape)));
        let pairs = NUMBERS
            .iter()
            .flat_map(|a| NUMBERS.iter().map(move |b| (*a, *b)));
        let keys = pairs.map(|(a, b)| {
            let values = [a, b].map(|n| AttributeValue::N(n.to_string()));
            let key = template.write("SK", &values).unwrap().unwrap();
            (a, b, AttributeValue::S(key))
        });
        let keys = Keys {
            keys: keys.collect(),
            foreign: ["N", "N-", "M-1~1", "N~"].map(text).into(),
        };
        let a = || Fixed::new(TemplateSort::new(template));
        let b = || member::<i64>(a().eq(-9).0);
        for x in NUMBERS {
            keys.check(a().eq(x), |a, _| *a == x, "eq");
            keys.check(a().gt(x), |a, _| *a > x, "gt");
            keys.check(a().ge(x), |a, _| *a >= x, "ge");
            // `N-` alone is the lower bound itself.
            let keys = Keys {
                keys: keys.keys.clone(),
                foreign: vec![text("N"), text("N~")],
            };
            keys.check(a().lt(x), |a, _| *a < x, "lt");
            keys.check(a().le(x), |a, _| *a <= x, "le");
            keys.check(a().between(-99, x), |a, _| -99 <= *a && *a <= x, "between");
            keys.check(b().lt(x), |a, b| *a == -9 && *b < x, "lt of the last");
            keys.check(b().gt(x), |a, b| *a == -9 && *b > x, "gt of the last");
        }
    }
}

#[test]
fn lower_case_is_compared_in_lower_case() {
    const PARTS: &[Part] = &[
        Part::Literal("E#"),
        part(0, TEXT, Format::Lower),
        Part::Literal("#"),
        part(1, TEXT, Format::Plain),
    ];
    static TEMPLATE: Template = template(PARTS, Escape::Percent);
    let key = TEMPLATE
        .write("SK", &[text("Ana@X.com"), text("1")])
        .unwrap()
        .unwrap();
    let a = || member::<String>(TemplateSort::new(&TEMPLATE));
    for compared in [
        a().eq("ANA@x.COM"),
        a().begins_with("aNA"),
        a().ge("ANA@X"),
        a().lt("ANB"),
    ] {
        let (operator, values) = sent(compared).unwrap().unwrap();
        assert!(
            operator.holds(&text(&key), &values),
            "{operator:?} {values:?}"
        );
    }
}

#[test]
fn a_template_without_a_comparison_still_says_which_keys_are_its_own() {
    let condition = |parts| {
        let template: &'static Template = Box::leak(Box::new(template(parts, Escape::Percent)));
        let made = made_by(template).map(|(operator, values)| (operator, values.unwrap()));
        let compared = sent(Compared(TemplateSort::new(template))).unwrap();
        assert_eq!(made, compared, "both ways say it");
        made
    };
    let equal = KeyOperator::Compare(Comparator::Eq);
    assert_eq!(
        condition(&[Part::Literal("PROFILE")]),
        Some((equal, vec![text("PROFILE")]))
    );
    assert_eq!(
        condition(PREFIXED),
        Some((KeyOperator::BeginsWith, vec![text("X#")]))
    );
    assert_eq!(condition(BARE), None);
}

fn built(compared: Compared) -> Result<Expression, Error> {
    let SortConditions(mut conditions) = compared.0.into_conditions();
    let (operator, values) = conditions.pop().unwrap();
    let part = KeyPart {
        name: "SK".into(),
        operator,
        values,
    };
    Expression::builder()
        .key_condition(KeyCondition { parts: vec![part] })
        .build()
}

#[test]
fn bounds_that_are_the_wrong_way_round_are_refused_before_sending() {
    for parts in [PREFIXED, BARE, ENDED] {
        let template: &Template = Box::leak(Box::new(template(parts, Escape::Percent)));
        let texts = texts();
        let pairs = texts.iter().flat_map(|x| texts.iter().map(move |y| (x, y)));
        for (x, y) in pairs.filter(|(x, y)| x > y) {
            let first = member::<String>(TemplateSort::new(template)).between(x, y);
            assert!(
                matches!(built(first), Err(Error::Validation(_))),
                "{x:?} to {y:?}"
            );
            let last = member::<String>(member::<String>(TemplateSort::new(template)).eq("a").0);
            assert!(
                matches!(built(last.between(x, y)), Err(Error::Validation(_))),
                "{x:?} to {y:?}"
            );
        }
    }
}

#[test]
fn a_value_that_no_key_can_have_is_an_invalid_key() {
    static TEMPLATE: Template = template(PREFIXED, Escape::Refuse);
    let a = || member::<String>(TemplateSort::new(&TEMPLATE));
    for compared in [
        a().eq(""),
        a().begins_with(""),
        a().eq("secret#"),
        a().between("a", "secret#"),
    ] {
        let error = built(compared).unwrap_err();
        assert!(matches!(error, Error::InvalidKey(_)), "{error}");
        let message = error.to_string();
        assert!(
            message.contains("member")
                && message.contains("template")
                && !message.contains("secret")
        );
    }
    let of_an_attribute = a().begins_with(crate::attr("other"));
    assert!(matches!(built(of_an_attribute), Err(Error::Encode(_))));
}
