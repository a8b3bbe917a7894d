//! An item that a put takes reads back equal; what cannot be so is refused before sending, with the path.

use super::{Values, round_trip};
use dkmio::aws_sdk_dynamodb::primitives::Blob;
use dkmio::{AttributeValue, Bytes, DynamoDb, DynamoTable, Error, Item, Number, Set, Value, codec};
use dkmio_tests::database::{Database, check};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Puts an attribute `v` that is refused, and returns the error's path. Nothing is written.
macro_rules! refused {
    ($db:expr, $ty:ty: $value:expr) => {{
        #[derive(Debug, Clone, Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = "values")]
        struct Refused {
            #[pk]
            id: u8,
            v: $ty,
        }
        let item = Refused { id: 2, v: $value };
        let batch = Refused::batch_write().put(&item).execute(&$db).await;
        let transaction = dkmio::transact_write().add(Refused::put(&item));
        let errors = [
            Refused::put(&item).execute(&$db).await.unwrap_err(),
            batch.unwrap_err(),
            transaction.execute(&$db).await.unwrap_err(),
        ];
        let mut path = String::new();
        for error in &errors {
            let Error::Encode(e) = error else {
                panic!("{}: {error:?}", stringify!($ty));
            };
            path = e.path().to_owned();
        }
        assert!(Values::get(2).execute(&$db).await?.is_none());
        path
    }};
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Internal {
    Price {
        #[serde(with = "dkmio::decimal")]
        amount: Decimal,
        exact: Number,
    },
    Tags {
        tags: Set<String>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of")]
enum Adjacent {
    Price(Number),
    Codes(Set<u32>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Set(Set<String>),
    Number(Number),
    Text(String),
    List(Vec<Number>),
    Binary(Bytes),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum External {
    Tags(Set<String>),
    Maybe(Option<u8>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Maybe(Option<u8>);

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

#[tokio::test]
async fn an_entry_of_a_map_that_is_none_or_an_empty_set_reads_back() {
    check(async |db| {
        Database::create::<Values>(&db).await?;
        let answers = [("q1", Some("yes")), ("q2", None)]
            .map(|(name, answer)| (name.to_owned(), answer.map(str::to_owned)));
        let stored = round_trip!(db, HashMap<String, Option<String>>: answers.clone().into());
        let stored = stored.unwrap().as_m().unwrap().clone();
        assert_eq!(stored["q2"], AttributeValue::Null(true));
        round_trip!(db, BTreeMap<u32, Option<u8>>: [(1, None), (2, Some(3))].into());
        let sets = [
            ("a".to_owned(), Set::new()),
            ("b".to_owned(), Set::from(["x"])),
        ];
        round_trip!(db, BTreeMap<String, Set<String>>: sets.into());
        round_trip!(db, Vec<Set<String>>: vec![Set::new(), Set::from(["x"])]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn exact_numbers_and_sets_read_back_behind_serdes_buffer() {
    check(async |db| {
        Database::create::<Values>(&db).await?;
        for text in [
            "0.1",
            "1234567890123456789.5",
            "12345678901234567890123456789012345678",
        ] {
            let price = || Internal::Price {
                amount: Decimal::new(123_456_789_012_345_678, 4),
                exact: number(text),
            };
            round_trip!(db, Internal: price());
            round_trip!(db, Adjacent: Adjacent::Price(number(text)));
            round_trip!(db, Untagged: Untagged::Number(number(text)));
            round_trip!(db, Untagged: Untagged::List(vec![number(text)]));
            // Text stays text.
            round_trip!(db, Untagged: Untagged::Text(text.to_owned()));
        }
        round_trip!(db, Internal: Internal::Tags { tags: Set::from(["a", "b"]) });
        round_trip!(db, Internal: Internal::Tags { tags: Set::new() });
        round_trip!(db, Adjacent: Adjacent::Codes(Set::from([1_u32, 2])));
        round_trip!(db, Untagged: Untagged::Set(Set::from(["a"])));
        round_trip!(db, Untagged: Untagged::Binary(Bytes::from([1, 2, 255])));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_set_or_none_in_a_variant_or_newtype_reads_back() {
    check(async |db| {
        Database::create::<Values>(&db).await?;
        round_trip!(db, External: External::Tags(Set::new()));
        round_trip!(db, External: External::Maybe(None));
        round_trip!(db, Maybe: Maybe(None));
        round_trip!(db, Vec<Maybe>: vec![Maybe(None), Maybe(Some(1))]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_would_read_back_as_something_else_is_refused_by_its_path() {
    check(async |db| {
        Database::create::<Values>(&db).await?;
        assert_eq!(refused!(db, Option<Option<u8>>: Some(None)), "v");
        assert_eq!(refused!(db, Option<Set<String>>: Some(Set::new())), "v");
        assert_eq!(refused!(db, Vec<Option<()>>: vec![Some(())]), "v[0]");
        Ok(())
    })
    .await;
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Wide {
    A { n: u128 },
    B { counts: BTreeMap<u32, u8> },
}

/// serde collects what a flattened variant holds before it hands it over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Outer {
    #[serde(flatten)]
    of: Inner,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Inner {
    Text(String),
    Pair(u8, u128),
    Named { n: u128 },
}

#[tokio::test]
async fn what_serde_does_not_read_from_its_buffer_is_refused_by_its_path() {
    check(async |db| {
        Database::create::<Values>(&db).await?;
        assert_eq!(refused!(db, Wide: Wide::A { n: 5 }), "v.n");
        let counts = BTreeMap::from([(1, 2)]);
        assert_eq!(refused!(db, Wide: Wide::B { counts }), "v.counts");
        assert_eq!(
            refused!(db, Outer: Outer { of: Inner::Pair(5, 6) }),
            "v.Pair"
        );
        assert_eq!(
            refused!(db, Outer: Outer { of: Inner::Named { n: 5 } }),
            "v.Named"
        );
        let list = vec![
            Outer {
                of: Inner::Text("a".to_owned()),
            },
            Outer {
                of: Inner::Pair(5, 6),
            },
        ];
        assert_eq!(refused!(db, Vec<Outer>: list.clone()), "v[1].Pair");
        for error in [
            codec::to_item(&list[1]).unwrap_err(),
            codec::to_json(&list[1]).unwrap_err(),
            codec::to_value(&list[1]).unwrap_err(),
        ] {
            assert!(
                matches!(&error, Error::Encode(e) if e.path() == "Pair"),
                "{error:?}"
            );
        }
        // In no buffer both read back.
        round_trip!(db, (u128, BTreeMap<u32, u8>): (u128::from(u64::MAX) + 1, [(1, 2)].into()));
        Ok(())
    })
    .await;
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
struct Docs {
    #[pk]
    id: String,
    owner: String,
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

fn doc(id: &str, rest: &[(&str, Value)]) -> Docs {
    Docs {
        id: id.to_owned(),
        owner: "ann".to_owned(),
        note: None,
        tags: Vec::new(),
        rest: rest
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    }
}

#[tokio::test]
async fn a_flattened_map_cannot_write_what_the_struct_declares() {
    check(async |db| {
        Database::create::<Docs>(&db).await?;
        Docs::put(&doc("victim", &[])).execute(&db).await?;
        for name in ["id", "owner", "note", "tags"] {
            let forged = doc("b", &[(name, Value::from("victim"))]);
            let transaction = dkmio::transact_write().add(Docs::put(&forged));
            let errors = [
                Docs::put(&forged).execute(&db).await.unwrap_err(),
                Docs::put(&forged).into_input().unwrap_err(),
                Docs::batch_write()
                    .put(&forged)
                    .execute(&db)
                    .await
                    .unwrap_err(),
                transaction.execute(&db).await.unwrap_err(),
            ];
            for error in errors {
                let Error::Encode(e) = &error else {
                    panic!("{name}: {error:?}");
                };
                assert_eq!(e.path(), name);
                assert!(!error.to_string().contains("victim"), "{error}");
            }
        }
        let all = Docs::scan().fetch_all(&db).await?;
        assert_eq!(all, [doc("victim", &[])]);
        Ok(())
    })
    .await;
}

/// An item with attributes of all ten types, as another program wrote it.
fn foreign() -> Item {
    let s = |text: &str| AttributeValue::S(text.to_owned());
    let n = |text: &str| AttributeValue::N(text.to_owned());
    let blob = |bytes: &[u8]| Blob::new(bytes);
    let inner = [
        (
            "set".to_owned(),
            AttributeValue::Ns(vec!["1".into(), "2".into()]),
        ),
        ("none".to_owned(), AttributeValue::Null(true)),
        ("number".to_owned(), n("0.12345678901234567890123456789")),
    ];
    Item::from(
        [
            ("id", s("foreign")),
            ("owner", s("ann")),
            ("text", s("12")),
            ("number", n("123456789012345678901234567890.5")),
            ("binary", AttributeValue::B(blob(&[0, 255, 65]))),
            ("flag", AttributeValue::Bool(true)),
            ("none", AttributeValue::Null(true)),
            ("strings", AttributeValue::Ss(vec!["a".into(), "b".into()])),
            (
                "numbers",
                AttributeValue::Ns(vec!["1".into(), "2.5".into()]),
            ),
            ("binaries", AttributeValue::Bs(vec![blob(&[1]), blob(&[2])])),
            (
                "list",
                AttributeValue::L(vec![n("1"), AttributeValue::Null(true)]),
            ),
            ("map", AttributeValue::M(inner.into())),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    )
}

/// Puts the elements of sets in order, in which DynamoDB does not return them.
fn in_order(value: &AttributeValue) -> Value {
    Value::try_from(value.clone()).unwrap()
}

#[tokio::test]
async fn what_a_model_does_not_know_of_an_item_stays_as_it_is() {
    check(async |db| {
        Database::create::<Docs>(&db).await?;
        let client = db.client().await?;
        let table = db.table_name("docs");
        let put = client
            .put_item()
            .table_name(&table)
            .set_item(Some(foreign()));
        put.send().await.unwrap();
        let mut doc = Docs::get("foreign").execute(&db).await?.unwrap();
        assert_eq!(
            doc.rest["number"],
            Value::N(number("123456789012345678901234567890.5"))
        );
        assert_eq!(doc.rest["strings"], Value::Ss(Set::from(["a", "b"])));
        doc.owner = "bob".to_owned();
        Docs::put(&doc).execute(&db).await?;
        let stored = Docs::get("foreign").raw().execute(&db).await?.unwrap();
        assert_eq!(stored.len(), foreign().len());
        for (name, value) in foreign() {
            let expected = match name.as_str() {
                "owner" => Value::from("bob"),
                _ => in_order(&value),
            };
            assert_eq!(in_order(&stored[&name]), expected, "{name}");
        }
        let values = Value::of_item(stored).unwrap();
        assert_eq!(values["flag"], Value::Bool(true));
        Ok(())
    })
    .await;
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
struct JsonDocs {
    #[pk]
    id: String,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

#[tokio::test]
async fn a_catch_all_of_another_type_refuses_what_it_would_change() {
    check(async |db| {
        Database::create::<Docs>(&db).await?;
        let client = db.client().await?;
        let table = db.table_name("docs");
        for (name, value) in foreign() {
            if ["id", "owner"].contains(&name.as_str()) {
                continue;
            }
            let put = client
                .put_item()
                .table_name(&table)
                .item("id", AttributeValue::S("one".to_owned()))
                .item(&name, value.clone());
            put.send().await.unwrap();
            match JsonDocs::get("one").execute(&db).await {
                Ok(doc) => {
                    JsonDocs::put(&doc.unwrap()).execute(&db).await?;
                    let stored = Docs::get("one").raw().execute(&db).await?.unwrap();
                    assert_eq!(stored[&name], value, "{name}");
                }
                Err(Error::Decode(e)) => assert!(!e.message().is_empty()),
                Err(e) => panic!("{name}: {e:?}"),
            }
        }
        Ok(())
    })
    .await;
}

#[test]
fn a_value_is_json_as_a_person_would_write_it() {
    let value = Value::M(BTreeMap::from([
        (
            "exact".to_owned(),
            Value::N(number("0.12345678901234567890123")),
        ),
        ("float".to_owned(), Value::N(number("2.5"))),
        ("integer".to_owned(), Value::from(-7)),
        (
            "set".to_owned(),
            Value::Ns(Set::from([1_u8, 2].map(Number::from))),
        ),
        ("binary".to_owned(), Value::B(Bytes::from([1, 2]))),
        ("none".to_owned(), Value::Null),
    ]));
    let json = serde_json::to_value(&value).unwrap();
    let expected = serde_json::json!({
        "exact": "0.12345678901234567890123",
        "float": 2.5,
        "integer": -7,
        "set": [1, 2],
        "binary": "AQI=",
        "none": null,
    });
    assert_eq!(json, expected);
    let read: Value = serde_json::from_str(r#"{"a": [1, 2.5, "x", true, null]}"#).unwrap();
    let list = [
        Value::from(1),
        Value::N(number("2.5")),
        Value::from("x"),
        Value::from(true),
        Value::Null,
    ];
    assert_eq!(
        read,
        Value::M(BTreeMap::from([("a".to_owned(), Value::L(list.into()))]))
    );
}

#[tokio::test]
async fn lists_and_maps_are_nested_thirty_two_levels_deep_and_no_more() {
    check(async |db: DynamoDb| {
        Database::create::<Values>(&db).await?;
        let nested = |levels| (0..levels).fold(Value::from(1), |value, _| Value::L(vec![value]));
        // The engine counts the item as a level too.
        round_trip!(db, Value: nested(31));
        let path = refused!(db, Value: nested(33));
        assert!(path.starts_with("v[0][0]"), "{path}");
        let update = Values::update(1).set(|_| dkmio::attr("v"), nested(33));
        assert!(matches!(update.into_input(), Err(Error::Encode(_))));
        assert!(matches!(
            codec::to_json(&BTreeMap::from([("v", nested(40))])),
            Err(Error::Encode(_))
        ));
        Ok(())
    })
    .await;
}

#[test]
fn decimals_read_floats_and_text() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Body {
        #[serde(with = "dkmio::decimal")]
        price: Decimal,
        #[serde(default, with = "dkmio::decimal")]
        tax: Option<Decimal>,
    }
    let price = Decimal::new(75, 1);
    for json in [
        r#"{"price": 7.5}"#,
        r#"{"price": "7.5"}"#,
        r#"{"price": "7.50", "tax": null}"#,
    ] {
        let body: Body = serde_json::from_str(json).unwrap();
        assert_eq!(body, Body { price, tax: None }, "{json}");
    }
    for stored in [
        AttributeValue::N("7.5".into()),
        AttributeValue::S("7.5".into()),
    ] {
        let item = Item::from([("price".to_owned(), stored)]);
        assert_eq!(codec::from_item::<Body>(item).unwrap().price, price);
    }
}
