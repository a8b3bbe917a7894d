//! The codec: what is written reads back, and is what `serde_dynamo` writes where that has no other opinion.

use dkmio::{Bytes, Number, Set, codec};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Shape {
    Unit,
    Newtype(i64),
    Tuple(u8, String),
    Struct { side: Option<f64>, name: String },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    Circle { radius: u32 },
    Text { text: String },
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Number(i32),
    Words(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    List(Vec<bool>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Everything {
    text: String,
    letter: char,
    yes: bool,
    small: i8,
    large: u64,
    double: f64,
    single: f32,
    maybe: Option<u32>,
    list: Vec<Option<i16>>,
    tuple: (u8, String),
    map: BTreeMap<String, i64>,
    numbered: BTreeMap<u32, bool>,
    shape: Shape,
    tagged: Tagged,
    adjacent: Adjacent,
    untagged: Untagged,
    unit: (),
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

pub(super) fn everything() -> impl Strategy<Value = Everything> {
    let shape = prop_oneof![
        Just(Shape::Unit),
        any::<i64>().prop_map(Shape::Newtype),
        (any::<u8>(), ".{0,8}").prop_map(|(a, b)| Shape::Tuple(a, b)),
        (prop::option::of(-1e9f64..1e9), ".{0,8}")
            .prop_map(|(side, name)| Shape::Struct { side, name }),
    ];
    let tagged = prop_oneof![
        any::<u32>().prop_map(|radius| Tagged::Circle { radius }),
        ".{0,8}".prop_map(|text| Tagged::Text { text }),
        Just(Tagged::Nothing),
    ];
    let adjacent = prop_oneof![
        any::<i32>().prop_map(Adjacent::Number),
        prop::collection::vec(".{0,4}", 0..3).prop_map(Adjacent::Words),
    ];
    let untagged = prop_oneof![
        any::<i64>().prop_map(Untagged::Number),
        ".{0,8}".prop_map(Untagged::Text),
        prop::collection::vec(any::<bool>(), 1..3).prop_map(Untagged::List),
    ];
    let scalars = (
        ".{0,12}",
        any::<char>(),
        any::<bool>(),
        any::<i8>(),
        any::<u64>(),
        -1e100f64..1e100,
        -1e30f32..1e30,
        prop::option::of(any::<u32>()),
    );
    let collections = (
        prop::collection::vec(prop::option::of(any::<i16>()), 0..4),
        (any::<u8>(), ".{0,4}"),
        prop::collection::btree_map(".{0,4}", any::<i64>(), 0..4),
        prop::collection::btree_map(any::<u32>(), any::<bool>(), 0..4),
        prop::collection::btree_map("extra_[a-z]{1,4}", ".{0,4}", 0..4),
    );
    (scalars, collections, shape, tagged, adjacent, untagged).prop_map(
        |(s, c, shape, tagged, adjacent, untagged)| Everything {
            text: s.0,
            letter: s.1,
            yes: s.2,
            small: s.3,
            large: s.4,
            double: s.5,
            single: s.6,
            maybe: s.7,
            list: c.0,
            tuple: c.1,
            map: c.2,
            numbered: c.3,
            rest: c.4,
            shape,
            tagged,
            adjacent,
            untagged,
            unit: (),
        },
    )
}

/// What both libraries write the same way: no map with numbers for names, no `None` in a struct, no far-off float.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Common {
    text: String,
    large: u64,
    negative: i64,
    fraction: f32,
    list: Vec<Option<i16>>,
    map: BTreeMap<String, i64>,
    tagged: Tagged,
    adjacent: Adjacent,
    pair: (u8, String),
}

proptest! {
    #[test]
    fn what_is_written_reads_back(value in everything()) {
        let item = codec::to_item(&value).unwrap();
        prop_assert_eq!(codec::from_item::<Everything>(item).unwrap(), value);
    }

    #[test]
    fn sets_bytes_and_wide_numbers_read_back(
        words in prop::collection::btree_set(".{1,6}", 0..5),
        numbers in prop::collection::btree_set(any::<i128>(), 0..5),
        bytes in prop::collection::vec(any::<u8>(), 0..20),
        wide in 0u128..100_000_000_000_000_000_000_000_000_000_000_000_000,
    ) {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Sets { words: Set<String>, numbers: Set<i64>, bytes: Bytes, wide: u128 }
        let numbers: Set<i64> = numbers.iter().map(|n| *n as i64).collect();
        let value = Sets { words: words.into_iter().collect(), numbers, bytes: bytes.into(), wide };
        let item = codec::to_item(&value).unwrap();
        prop_assert_eq!(item.contains_key("words"), !value.words.is_empty());
        prop_assert_eq!(codec::from_item::<Sets>(item).unwrap(), value);
    }

    #[test]
    fn exact_numbers_keep_their_text(digits in "[1-9][0-9]{0,20}", fraction in "[0-9]{0,16}[1-9]") {
        let text = format!("{digits}.{fraction}");
        let number: Number = text.parse().unwrap();
        let value = codec::to_value(&number).unwrap();
        prop_assert_eq!(value.as_n().unwrap(), &text);
        prop_assert_eq!(codec::from_value::<Number>(value).unwrap(), number);
    }

    #[test]
    fn serde_dynamo_writes_and_reads_the_same(
        text in ".{0,12}", large in any::<u64>(), negative in any::<i64>(), fraction in -1000f32..1000.0,
        list in prop::collection::vec(prop::option::of(any::<i16>()), 0..4),
        map in prop::collection::btree_map(".{0,4}", any::<i64>(), 0..4),
        radius in any::<u32>(), words in prop::collection::vec(".{0,4}", 0..3), pair in (any::<u8>(), ".{0,4}"),
    ) {
        let value = Common {
            text, large, negative, fraction, list, map, pair,
            tagged: Tagged::Circle { radius },
            adjacent: Adjacent::Words(words),
        };
        let theirs: dkmio::Item = serde_dynamo::aws_sdk_dynamodb_1::to_item(&value).unwrap();
        let ours = codec::to_item(&value).unwrap();
        prop_assert_eq!(&ours, &theirs);
        prop_assert_eq!(codec::from_item::<Common>(theirs).unwrap(), value.clone());
        prop_assert_eq!(serde_dynamo::aws_sdk_dynamodb_1::from_item::<Common>(ours).unwrap(), value);
    }

    #[test]
    fn no_item_makes_reading_panic(item in prop::collection::hash_map("text|large|list|map|shape|tagged", any_value(), 0..6)) {
        let _ = codec::from_item::<Everything>(item.clone());
        let _ = codec::from_item::<Common>(item);
    }
}

fn any_value() -> impl Strategy<Value = dkmio::AttributeValue> {
    use dkmio::AttributeValue as Av;
    let leaf = prop_oneof![
        ".{0,6}".prop_map(Av::S),
        "[0-9eE.+-]{0,6}".prop_map(Av::N),
        any::<bool>().prop_map(Av::Bool),
        any::<bool>().prop_map(Av::Null),
        prop::collection::vec(".{0,3}", 0..3).prop_map(Av::Ss),
        prop::collection::vec("[0-9.]{0,3}", 0..3).prop_map(Av::Ns),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Av::L),
            prop::collection::hash_map(".{0,4}", inner, 0..4).prop_map(Av::M),
        ]
    })
}
