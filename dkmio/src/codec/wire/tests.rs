#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use super::*;
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
