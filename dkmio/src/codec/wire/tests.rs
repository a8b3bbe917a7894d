//! Items are decoded and encoded as by way of the SDK's values, and the reader and the buffer are left as promised.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use super::*;
use crate::value::{AttributeValue, Bytes, Number, Set, item_size};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Deserialize)]
enum Shape {
    Unit,
    Circle(u32),
    Pair(i8, String),
    Rectangle { width: f64 },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Model<'a> {
    name: &'a str,
    #[serde(borrow)]
    text: Cow<'a, str>,
    maybe: Option<i64>,
    list: Vec<Shape>,
    #[serde(flatten)]
    rest: BTreeMap<String, bool>,
}

const JSON: &str = r#"{"name":{"S":"a name that is quite long"}, "text" : { "S" : "line\n" , "__type": [1, {}] },
    "list":{"L":[{"S":"Unit"},{"M":{"Circle":{"N":"7"}}},{"M":{"Pair":{"L":[{"N":"-1"},{"S":"x"}]}}},
    {"M":{"Rectangle":{"M":{"width":{"N":"1.5"},"more":{"B":"AAAA"}}}}}]},"maybe":{"NULL":false},
    "yes":{"BOOL":true}}"#;

#[test]
fn an_item_reads_and_the_reader_stands_behind_it() {
    let followed = format!("{JSON} , 1");
    let mut reader = Reader::new(followed.as_bytes()).unwrap();
    let model: Model<'_> = decode_item(&mut reader).unwrap();
    assert_eq!(model.name, "a name that is quite long");
    assert_eq!(model.text, "line\n");
    assert_eq!(model.maybe, None);
    assert_eq!(
        model.list,
        [
            Shape::Unit,
            Shape::Circle(7),
            Shape::Pair(-1, "x".into()),
            Shape::Rectangle { width: 1.5 }
        ]
    );
    assert_eq!(model.rest, BTreeMap::from([("yes".into(), true)]));
    assert_eq!(reader.position(), JSON.len());
}

#[test]
fn an_error_in_a_value_leaves_the_reader_behind_the_item() {
    let json = JSON.replace(r#""N":"1.5""#, r#""S":"1.5""#);
    let mut reader = Reader::new(json.as_bytes()).unwrap();
    let Err(WireError::Value(e)) = decode_item::<Model<'_>>(&mut reader) else {
        panic!("it reads");
    };
    assert_eq!(
        e.into_decode(None, None).to_string(),
        "cannot read attribute `list[3].Rectangle.width`: expected a number, found a string"
    );
    assert_eq!(reader.position(), json.len());
}

#[test]
fn raw_values_are_found_by_their_path() {
    let mut reader = Reader::new(JSON.as_bytes()).unwrap();
    let mut list = None;
    attributes(&mut reader, |name, value| {
        if name == "list" {
            list = Some(value);
        }
    })
    .unwrap();
    assert_eq!(reader.position(), JSON.len());
    let rectangle = list.and_then(|l| l.element(3)).unwrap();
    let width = rectangle
        .member("Rectangle")
        .and_then(|r| r.member("width"))
        .unwrap();
    assert_eq!(width.json(), r#"{"N":"1.5"}"#);
    assert_eq!(width.decode::<f32>().unwrap(), 1.5);
    assert_eq!(width.read().unwrap(), AttributeValue::N("1.5".into()));
    assert!(list.and_then(|l| l.element(4)).is_none());
    assert!(rectangle.member("Circle").is_none());
}

#[derive(Serialize)]
enum Variant {
    Unit,
    Newtype(Option<u8>),
    Empty(Set<String>),
    Tuple(i64, &'static str),
    Struct { side: f64, none: Option<u8> },
}

#[derive(Serialize)]
struct Everything {
    text: &'static str,
    negative: i64,
    fraction: f64,
    exact: Number,
    bytes: Bytes,
    unit: (),
    none: Option<String>,
    strings: Set<String>,
    numbers: Set<i32>,
    binary: Set<Bytes>,
    empty: Set<String>,
    list: Vec<Option<bool>>,
    variants: Vec<Variant>,
    map: BTreeMap<i8, char>,
    #[serde(flatten)]
    rest: BTreeMap<&'static str, u128>,
}

fn everything() -> Everything {
    Everything {
        text: "é \"quoted\"\u{1}\n",
        negative: -1_234_567,
        fraction: -0.1,
        exact: "1.50e3".parse().unwrap(),
        bytes: Bytes::from([0, 255, 7, 1]),
        unit: (),
        none: None,
        strings: Set::from(["a", "b\\"]),
        numbers: Set::from([-10, 0, 123_456]),
        binary: Set::from([[0u8; 2], [1; 2]]),
        empty: Set::new(),
        list: vec![Some(true), None],
        variants: vec![
            Variant::Unit,
            Variant::Newtype(Some(255)),
            Variant::Newtype(None),
            Variant::Empty(Set::new()),
            Variant::Tuple(-5, "x"),
            Variant::Struct {
                side: 2.5,
                none: None,
            },
        ],
        map: BTreeMap::from([(-1, 'a'), (7, '€')]),
        rest: BTreeMap::from([("wide", 12_345_678_901_234_567_890_123)]),
    }
}

#[track_caller]
fn counted_alike<T: Serialize>(value: &T) {
    let item = crate::codec::sdk_values::encode_item(value).unwrap();
    let mut out = b"before ".to_vec();
    let size = encode_item(value, &mut out).unwrap();
    assert_eq!(size, item_size(&item));
    let json = out.strip_prefix(b"before ").unwrap();
    assert_eq!(read_item(&mut Reader::new(json).unwrap()).unwrap(), item);

    let mut plain = Vec::new();
    write_item(&item, &mut plain);
    assert_eq!(read_item(&mut Reader::new(&plain).unwrap()).unwrap(), item);
}

#[test]
fn an_item_counts_what_its_values_count() {
    counted_alike(&everything());
    counted_alike(&Variant::Newtype(None));
    counted_alike(&Variant::Empty(Set::new()));
    counted_alike(&Variant::Tuple(1, ""));
    counted_alike(&Variant::Struct {
        side: 0.0,
        none: Some(1),
    });
    counted_alike(&BTreeMap::from([(true, [Some(everything())])]));
}

#[test]
fn a_name_that_is_written_twice_is_refused_by_its_path() {
    #[derive(Serialize)]
    struct Twice {
        wide: u8,
        #[serde(flatten)]
        rest: Everything,
    }
    let twice = Twice {
        wide: 1,
        rest: everything(),
    };
    let mut out = b"before".to_vec();
    let error = encode_item(&twice, &mut out).unwrap_err();
    assert_eq!(out, b"before");
    assert_eq!(
        error,
        crate::codec::sdk_values::encode_item(&twice).unwrap_err()
    );
    let error = error.into_encode(None).to_string();
    assert!(error.contains("`wide`"), "{error}");
}

#[test]
fn after_an_error_the_buffer_is_as_it_was() {
    let mut out = b"before".to_vec();
    let error = encode_item(&BTreeMap::from([("a", [f64::NAN])]), &mut out).unwrap_err();
    assert_eq!(out, b"before");
    assert_eq!(
        error.into_encode(None).to_string(),
        "cannot write attribute `a[0]`: not a decimal number; DynamoDB stores no NaN and no infinity"
    );
    let error = encode_item("text", &mut out).unwrap_err();
    assert_eq!(
        error.to_string(),
        "an item must be a struct or a map, not a string"
    );
    assert_eq!(out, b"before");
}

/// Goes on after an error, as a type may.
#[derive(Debug)]
struct Forgiving;

impl<'de> Deserialize<'de> for Forgiving {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> serde::de::Visitor<'de> for Any {
            type Value = Forgiving;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<Forgiving, A::Error> {
                for _ in 0..10 {
                    let _ = seq.next_element::<BTreeMap<String, Forgiving>>();
                    let _ = seq.next_element::<Twin>();
                    let _ = seq.next_element::<Forgiving>();
                }
                Ok(Forgiving)
            }
        }

        #[derive(Deserialize)]
        #[allow(dead_code, reason = "only decoded")]
        struct Twin {
            list: Forgiving,
        }

        deserializer.deserialize_seq(Any)
    }
}

#[test]
fn what_is_no_json_stays_an_error_where_a_type_goes_on() {
    let broken = r#"{"S""#;
    for rest in [
        r#"{"M":{"a":{"L":[]}}}"#,
        r#"{"M":{"list":{"L":[{"L":[]}]}}}"#,
        r#"{"L":[{"L":[]},{"M":{}}]}"#,
        r#"{"S":"text"}"#,
        r#"{"N":"1"}"#,
    ] {
        for elements in [
            vec![broken, rest],
            vec![broken, rest, rest],
            vec![rest, broken, rest, rest],
        ] {
            let list = elements.join(",");
            let json = format!(r#"{{"list":{{"L":[{list}]}}}}"#);
            let mut reader = Reader::new(json.as_bytes()).unwrap();
            let read = decode_item::<BTreeMap<String, Forgiving>>(&mut reader);
            assert!(matches!(read, Err(WireError::Json(_))), "{json}");
        }
    }
}
