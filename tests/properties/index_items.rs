//! The item type of an index reads what a struct with serde's derive reads.

use dkmio::{AttributeValue, Bytes, DynamoTable, Item, Set, codec};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "things")]
#[serde(rename_all = "camelCase")]
#[gsi(by_kind, pk = kind, project(maybe, tag_set, digest, total, r#type))]
struct Things {
    #[pk]
    id: String,
    kind: String,
    maybe: Option<u32>,
    tag_set: Set<String>,
    digest: Bytes,
    #[serde(rename = "sum")]
    total: u64,
    r#type: Option<String>,
    note: String,
}

/// The same as `ThingsByKind`, by serde's derive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Derived {
    id: String,
    kind: String,
    maybe: Option<u32>,
    tag_set: Set<String>,
    digest: Bytes,
    #[serde(rename = "sum")]
    total: u64,
    r#type: Option<String>,
}

fn value() -> impl Strategy<Value = AttributeValue> {
    prop_oneof![
        4 => "[a-z]{1,4}".prop_map(AttributeValue::S),
        4 => "[0-9]{1,4}".prop_map(AttributeValue::N),
        1 => Just(AttributeValue::Null(true)),
        2 => Just(AttributeValue::Ss(vec!["a".to_owned()])),
        2 => Just(AttributeValue::B(aws_sdk_dynamodb::primitives::Blob::new([1, 2]))),
    ]
}

/// An item that reads; then some attributes are taken away, and some become others.
fn items() -> impl Strategy<Value = Item> {
    let good = Derived {
        id: "i".to_owned(),
        kind: "k".to_owned(),
        maybe: Some(1),
        tag_set: Set::from(["a"]),
        digest: Bytes::from([1]),
        total: 7,
        r#type: Some("t".to_owned()),
    };
    let good = codec::to_item(&good).unwrap();
    let names = "id|kind|maybe|tagSet|digest|sum|type|note|total";
    let changes = prop::collection::vec((names, prop::option::of(value())), 0..3);
    changes.prop_map(move |changes| {
        let mut item = good.clone();
        for (name, value) in changes {
            match value {
                Some(value) => item.insert(name, value),
                None => item.remove(&name),
            };
        }
        item
    })
}

proptest! {
    #[test]
    fn an_item_reads_as_by_the_derive(item in items()) {
        let ours = codec::from_item::<ThingsByKind>(item.clone());
        let theirs = codec::from_item::<Derived>(item.clone());
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(codec::to_item(&ours)?, codec::to_item(&theirs)?),
            (Err(_), Err(_)) => {}
            (ours, theirs) => prop_assert!(false, "{item:?}: {ours:?}, {theirs:?}"),
        }
    }
}

#[test]
fn errors_read_as_the_derive_s() {
    for json in [
        r#"{"id": "i"}"#,
        r#"{"id": "i", "id": "j"}"#,
        r#"{"id": 7}"#,
        r#"["i"]"#,
        r#"["i", "k", null, ["a"], [1], 7, null]"#,
        r#"{"id": "i", "kind": "k", "digest": [1], "sum": 7, "other": {"a": 1}}"#,
    ] {
        let ours = serde_json::from_str::<ThingsByKind>(json);
        let theirs = serde_json::from_str::<Derived>(json);
        let plain = |text: String| text.replace("ThingsByKind", "Derived");
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => assert_eq!(
                serde_json::to_string(&ours).unwrap(),
                serde_json::to_string(&theirs).unwrap()
            ),
            (Err(ours), Err(theirs)) => assert_eq!(plain(ours.to_string()), theirs.to_string()),
            (ours, theirs) => panic!("{json}: {ours:?}, {theirs:?}"),
        }
    }
}
