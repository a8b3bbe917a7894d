//! The item type of an index reads and writes as a struct with serde's derives does.

use dkmio::{AttributeValue, Bytes, DynamoTable, Item, Set, codec};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "things")]
#[serde(rename_all = "camelCase")]
#[gsi(by_kind, pk = kind, project(maybe, tag_set, digest, total, r#type, lines, short))]
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
    #[serde(skip_serializing_if = "no_lines")]
    lines: Option<Vec<String>>,
    #[serde(rename = "brief", skip_serializing_if = "Option::is_none")]
    short: Option<String>,
    note: String,
}

fn no_lines(lines: &Option<Vec<String>>) -> bool {
    lines.as_ref().is_none_or(Vec::is_empty)
}

/// The same as `ThingsByKind`, by serde's derives.
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
    #[serde(skip_serializing_if = "no_lines")]
    lines: Option<Vec<String>>,
    #[serde(rename = "brief", skip_serializing_if = "Option::is_none")]
    short: Option<String>,
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
        lines: Some(vec!["l".to_owned()]),
        short: Some("s".to_owned()),
    };
    let good = codec::to_item(&good).unwrap();
    let names = "id|kind|maybe|tagSet|digest|sum|type|lines|brief|note|total";
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

/// The same values in both structs.
fn pairs() -> impl Strategy<Value = (ThingsByKind, Derived)> {
    let text = || "[a-z]{0,3}";
    let texts = || prop::collection::vec(text(), 0..3);
    let short = (
        any::<u64>(),
        prop::option::of(text()),
        prop::option::of(text()),
    );
    let long = (
        prop::option::of(any::<u32>()),
        texts(),
        any::<Vec<u8>>(),
        prop::option::of(texts()),
    );
    (text(), text(), short, long).prop_map(
        |(id, kind, (total, r#type, short), (maybe, tags, digest, lines))| {
            let (tag_set, digest): (Set<String>, _) =
                (tags.into_iter().collect(), Bytes::from(digest));
            let ours = ThingsByKind {
                id,
                kind,
                maybe,
                tag_set,
                digest,
                total,
                r#type,
                lines,
                short,
            };
            let ThingsByKind {
                id,
                kind,
                maybe,
                tag_set,
                digest,
                total,
                r#type,
                lines,
                short,
            } = ours.clone();
            let theirs = Derived {
                id,
                kind,
                maybe,
                tag_set,
                digest,
                total,
                r#type,
                lines,
                short,
            };
            (ours, theirs)
        },
    )
}

proptest! {
    #[test]
    fn an_item_is_written_as_by_the_derive((ours, theirs) in pairs()) {
        prop_assert_eq!(codec::to_item(&ours)?, codec::to_item(&theirs)?);
        // As text, for the order of the fields.
        prop_assert_eq!(serde_json::to_string(&ours)?, serde_json::to_string(&theirs)?);
    }

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
        r#"["i", "k", null, ["a"], [1], 7, null, [], "s"]"#,
        r#"{"id": "i", "kind": "k", "digest": [1], "sum": 7, "lines": [], "other": {"a": 1}}"#,
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
