//! Beside serde_dynamo: each library reads what the other wrote, but for the rows of `dkmio/guide/serde-dynamo.md`.

use super::check::bytes;
use super::places::{Flattened, Model, adjacent, deep, external, inner, internal, untagged};
use super::shape::Shape;
use super::structs::Plain;
use dkmio::{AttributeValue, Error, Item, Number, Set, codec};
use dkmio_tests::wire::{Source, render};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_dynamo::aws_sdk_dynamodb_1 as theirs;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Debug;

/// A model of the serde traits.
trait Both: Serialize + DeserializeOwned + PartialEq + Debug {}
impl<M: Serialize + DeserializeOwned + PartialEq + Debug> Both for M {}

/// Checks that each library reads what the other wrote of a model.
fn goes_between<M: Both>(model: &M, noise: &[u8]) -> Result<(), TestCaseError> {
    let written: Item = theirs::to_item(model).unwrap();
    let read: M = theirs::from_item(written.clone()).unwrap();
    prop_assert_eq!(&read, model, "serde_dynamo does not read it itself");
    let json = render(&written, &mut Source::new(noise));
    prop_assert_eq!(&codec::from_item::<M>(written).unwrap(), model);
    prop_assert_eq!(&codec::from_json::<M>(&json).unwrap(), model);
    let ours = match codec::to_item(model) {
        Ok(item) => item,
        // serde_dynamo writes what DynamoDB does not take.
        Err(Error::Encode(e)) if e.message().contains("32 levels") => return Ok(()),
        Err(e) => return Err(TestCaseError::fail(e.to_string())),
    };
    let read: M = theirs::from_item(ours).unwrap();
    prop_assert_eq!(&read, model);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn models_go_between_the_libraries(bytes in bytes()) {
        let plain = Plain::made(&mut Source::new(&bytes));
        let (id, after) = (1, None);
        goes_between(&Model { id, field: deep(&plain) }, &bytes)?;
        goes_between(&Flattened { id, inner: inner(&plain), after }, &bytes)?;
        goes_between(&Flattened { id, inner: plain.clone(), after: Some(3) }, &bytes)?;
        goes_between(&Model { id, field: external(&plain).map(|(_, kind)| kind) }, &bytes)?;
        goes_between(&Model { id, field: internal(&plain).map(|(_, kind)| kind) }, &bytes)?;
        goes_between(&Model { id, field: adjacent(&plain).map(|(_, kind)| kind) }, &bytes)?;
        goes_between(&Model { id, field: untagged(&plain).map(|(_, kind)| kind) }, &bytes)?;
    }
}

/// How a library reads an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    Equal,
    Other,
    Refused,
}
use Read::{Equal, Other, Refused};

fn by_us<M: Both>(item: Item, model: &M) -> Read {
    let json = render(&item, &mut Source::new(&[]));
    let reads = [codec::from_item::<M>(item), codec::from_json::<M>(&json)];
    let [a, b] =
        reads.map(|read| read.map_or(Refused, |m| if m == *model { Equal } else { Other }));
    assert_eq!(a, b, "{json}");
    a
}

fn by_them<M: Both>(item: Item, model: &M) -> Read {
    theirs::from_item::<M>(item).map_or(Refused, |m| if m == *model { Equal } else { Other })
}

/// What the two libraries make of a field.
struct Sides {
    /// What serde_dynamo writes; `None` if nothing, or an error.
    theirs: Option<AttributeValue>,
    ours: Option<AttributeValue>,
    they_read_theirs: Read,
    we_read_theirs: Read,
    they_read_ours: Read,
    we_read_ours: Read,
}

fn sides<T: Both>(field: T) -> Sides {
    let model = Model { id: 1, field };
    let theirs: Result<Item, _> = theirs::to_item(&model);
    let ours = codec::to_item(&model);
    let theirs = theirs.ok();
    let ours = ours.ok();
    let attribute = |item: &Option<Item>| item.as_ref().and_then(|item| item.get("field").cloned());
    let read = |item: &Option<Item>, by: fn(Item, &Model<T>) -> Read| {
        item.clone().map_or(Refused, |item| by(item, &model))
    };
    Sides {
        they_read_theirs: read(&theirs, by_them),
        we_read_theirs: read(&theirs, by_us),
        they_read_ours: read(&ours, by_them),
        we_read_ours: read(&ours, by_us),
        theirs: attribute(&theirs),
        ours: attribute(&ours),
    }
}

fn n(text: &str) -> Option<AttributeValue> {
    Some(AttributeValue::N(text.to_owned()))
}

fn s(text: &str) -> Option<AttributeValue> {
    Some(AttributeValue::S(text.to_owned()))
}

const NULL: Option<AttributeValue> = Some(AttributeValue::Null(true));

#[test]
fn none_is_null_there_and_absent_here_and_reads_both_ways() {
    let none = sides(None::<String>);
    assert_eq!((none.theirs, none.ours), (NULL, None));
    assert_eq!([none.we_read_theirs, none.they_read_ours], [Equal, Equal]);

    // In lists and maps it is NULL in both.
    let list = sides(vec![None::<u8>, Some(1)]);
    assert_eq!(list.theirs, list.ours);
    let map = sides(HashMap::from([("a".to_owned(), None::<u8>)]));
    assert_eq!(map.theirs, map.ours);
    assert_eq!([map.we_read_theirs, map.they_read_ours], [Equal, Equal]);
}

#[test]
fn some_of_none_is_refused_here() {
    let nested = sides(Some(None::<u8>));
    assert_eq!((nested.theirs, nested.they_read_theirs), (NULL, Other));
    assert_eq!((nested.ours, nested.we_read_ours), (None, Refused));
}

#[test]
fn numbers_of_128_bits_are_kept_here() {
    let wide = sides(10u128.pow(37));
    assert_eq!(wide.theirs, None);
    assert_eq!((wide.we_read_ours, wide.they_read_ours), (Equal, Refused));
}

#[test]
fn floats_that_dynamodb_has_no_room_for_are_refused_here() {
    for float in [1e126, 1e-131, f64::MAX] {
        let float = sides(float);
        assert_eq!((float.theirs.is_some(), float.ours), (true, None));
    }
    let nan = sides(f64::NAN);
    assert_eq!((nan.theirs, nan.ours), (n("NaN"), None));
    for float in [0.1, 1e100, -1.0 / 3.0] {
        let float = sides(float);
        assert_eq!([float.we_read_theirs, float.they_read_ours], [Equal, Equal]);
    }
}

#[test]
fn an_exact_number_is_a_string_there() {
    let exact = "12345678901234567890.5";
    let number = sides(exact.parse::<Number>().unwrap());
    assert_eq!((number.theirs, number.ours), (s(exact), n(exact)));
    assert_eq!(
        [number.we_read_theirs, number.we_read_ours],
        [Refused, Equal]
    );
    assert_ne!(number.they_read_ours, Equal);
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Price {
    #[serde(with = "dkmio::decimal")]
    price: Decimal,
}

#[test]
fn a_decimal_is_a_string_in_both_but_with_the_adapter() {
    let decimal = sides("19.99".parse::<Decimal>().unwrap());
    assert_eq!((&decimal.theirs, &decimal.ours), (&s("19.99"), &s("19.99")));
    assert_eq!(
        [decimal.we_read_theirs, decimal.they_read_ours],
        [Equal, Equal]
    );

    let price = sides(Price {
        price: "19.99".parse().unwrap(),
    });
    let field = |value| Some(AttributeValue::M([("price".to_owned(), value)].into()));
    assert_eq!(price.theirs, s("19.99").and_then(field));
    assert_eq!(price.ours, n("19.99").and_then(field));
    assert_eq!([price.we_read_theirs, price.we_read_ours], [Equal, Equal]);
}

#[test]
fn a_set_is_a_list_there() {
    let set = sides(Set::<String>::from(["a"]));
    assert_eq!(set.theirs, s("a").map(|a| AttributeValue::L(vec![a])));
    assert_eq!(set.ours, Some(AttributeValue::Ss(vec!["a".to_owned()])));
    assert_eq!([set.we_read_theirs, set.they_read_ours], [Equal, Equal]);

    let empty = sides(Set::<i64>::new());
    assert_eq!(
        (empty.theirs, empty.ours),
        (Some(AttributeValue::L(vec![])), None)
    );
    assert_eq!([empty.we_read_theirs, empty.they_read_ours], [Equal, Equal]);
}

#[test]
fn a_hash_set_is_a_list_in_both_and_reads_no_set_here() {
    let set = sides(HashSet::from(["a".to_owned()]));
    assert_eq!(set.theirs, set.ours);
    assert_eq!([set.we_read_theirs, set.they_read_ours], [Equal, Equal]);

    let stored: Item = [("field".to_owned(), AttributeValue::Ss(vec!["a".to_owned()]))].into();
    let stored = || {
        Item::from([("id".to_owned(), AttributeValue::N("1".to_owned()))])
            .into_iter()
            .chain(stored.clone())
            .collect()
    };
    let model = Model {
        id: 1,
        field: HashSet::from(["a".to_owned()]),
    };
    assert_eq!(by_them(stored(), &model), Equal);
    assert_eq!(by_us(stored(), &model), Refused);
    let model = Model {
        id: 1,
        field: Set::<String>::from(["a"]),
    };
    assert_eq!(by_us(stored(), &model), Equal);
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Adapters {
    #[serde(default, with = "serde_dynamo::string_set")]
    words: HashSet<String>,
    #[serde(default, with = "serde_dynamo::number_set")]
    numbers: Vec<u8>,
    #[serde(default, with = "serde_dynamo::binary_set")]
    binary: Vec<dkmio::Bytes>,
}

#[test]
fn the_adapters_for_sets_work_here_too() {
    let full = sides(Adapters {
        words: HashSet::from(["a".to_owned()]),
        numbers: vec![1, 2],
        binary: vec![dkmio::Bytes::from([1])],
    });
    assert_eq!(full.theirs, full.ours);
    assert_eq!(
        [full.we_read_theirs, full.they_read_ours, full.we_read_ours],
        [Equal; 3]
    );

    // An empty one is written there, which DynamoDB refuses.
    let empty = sides(Adapters {
        words: HashSet::new(),
        numbers: vec![],
        binary: vec![],
    });
    assert!(
        empty.theirs.unwrap().as_m().unwrap()["words"]
            .as_ss()
            .unwrap()
            .is_empty()
    );
    assert!(empty.ours.unwrap().as_m().unwrap().is_empty());
    assert_eq!([empty.they_read_ours, empty.we_read_ours], [Equal, Equal]);
}

#[test]
fn a_number_in_json_is_rounded_there_and_refused_here() {
    let exact = "12345678901234567890.5";
    let stored = || {
        Item::from([
            ("id".to_owned(), AttributeValue::N("1".to_owned())),
            ("field".to_owned(), n(exact).unwrap()),
        ])
    };
    let read: Model<serde_json::Value> = theirs::from_item(stored()).unwrap();
    assert_eq!(read.field, serde_json::json!(12345678901234567890.5f64));
    assert!(codec::from_item::<Model<serde_json::Value>>(stored()).is_err());
    let kept: Model<dkmio::Value> = codec::from_item(stored()).unwrap();
    assert_eq!(codec::to_item(&kept).unwrap(), stored());
}

#[test]
fn a_name_twice_is_written_once_there_and_refused_here() {
    let id = AttributeValue::N("1".to_owned());
    let twice = Flattened {
        id: 1,
        inner: BTreeMap::from([("id".to_owned(), 2u8)]),
        after: None,
    };
    let written: Item = theirs::to_item(&twice).unwrap();
    assert_ne!(written["id"], id);
    assert!(codec::to_item(&twice).is_err());
}
