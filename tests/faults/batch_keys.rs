//! The keys of a batch get, as they are written into its request.

use crate::tables::{item, key};
use dkmio::aws_sdk_dynamodb::config::Intercept;
use dkmio::aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use dkmio::{Bytes, DynamoDb, DynamoTable, Error, Number, codec};
use dkmio_tests::canned::{Canned, changing, connection, json};
use dkmio_tests::orders::Orders;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "blobs")]
struct Blobs {
    #[pk]
    digest: Bytes,
    #[sk]
    version: Number,
}

/// Asks for keys of each type, with what has to be escaped, in two ways of reading.
async fn read_all_kinds(db: &DynamoDb) {
    let texts = ["plain", "quote \" and \\", "line\nand\u{1}control", "é ☃ 𝄞"];
    let orders = texts.map(|text| (text, format!("{text}{text}")));
    let orders = Orders::batch_get(orders)
        .consistent()
        .select(|o| (o.total(), o.status()));
    let versions = ["1", "-2.50", "12345678901234567890123456789012345678"];
    let blobs = versions.map(|text| {
        let digest = Bytes::from(text.repeat(3).into_bytes());
        (digest, text.parse::<Number>().unwrap())
    });
    let read = dkmio::batch_get((orders, Blobs::batch_get(blobs)));
    let (orders, blobs) = read.execute(db).await.unwrap();
    assert_eq!((orders.len(), blobs.len()), (4, 3));
}

#[tokio::test]
async fn keys_are_written_as_the_sdk_writes_them() {
    let mut bodies = Vec::new();
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, r#"{"Responses":{}}"#));
        read_all_kinds(&canned.db(has_codec)).await;
        let sent = canned.sent();
        assert_eq!(sent.len(), 1);
        let length = sent[0].body.len().to_string();
        assert_eq!(sent[0].header("content-length"), Some(length.as_str()));
        bodies.push(sent[0].json());
    }
    assert_eq!(bodies[0], bodies[1]);
    let keys = |table: &str| bodies[0]["RequestItems"][table]["Keys"].as_array().cloned();
    assert_eq!(keys("orders").unwrap().len(), 4);
    let expected = json!({ "digest": { "B": "MTEx" }, "version": { "N": "1" } });
    assert_eq!(keys("blobs").unwrap()[0], expected);
}

/// Has each table be a tenant's, or if it is told to, reads one item more.
fn tenant(reads_more: bool) -> impl Intercept + 'static {
    changing(move |input| {
        let tables = &mut input
            .downcast_mut::<BatchGetItemInput>()
            .unwrap()
            .request_items;
        if reads_more {
            let more = codec::to_item(&json!({ "user_id": "usr_1", "order_id": "more" }));
            let orders = tables.as_mut().unwrap().get_mut("orders").unwrap();
            orders.keys.push(more.unwrap());
        } else {
            let renamed = tables.take().unwrap().into_iter();
            *tables = Some(
                renamed
                    .map(|(name, keys)| (format!("one-{name}"), keys))
                    .collect(),
            );
        }
    })
}

fn answer(table: &str) -> String {
    let items: Vec<Value> = [1, 0]
        .map(|at| serde_json::from_str(&codec::to_json(&item(at)).unwrap()).unwrap())
        .into();
    json!({ "Responses": { table: items } }).to_string()
}

#[tokio::test]
async fn an_interceptor_that_changes_what_is_read_is_followed() {
    for (reads_more, table) in [(false, "one-orders"), (true, "orders")] {
        for has_codec in [true, false] {
            let canned = Canned::new(move |_, _| json(200, answer(table)));
            let config = canned.config().interceptor(tenant(reads_more));
            let db = connection(config, has_codec);
            let got = Orders::batch_get((0..3).map(key)).execute(&db).await;
            let expected = [Some(item(0)), Some(item(1)), None];
            assert_eq!(got.unwrap(), expected, "codec {has_codec}, {table}");
            let sent = canned.sent();
            assert_eq!(sent.len(), 1, "nothing is sent without its keys");
            let body = sent[0].json();
            let keys = body["RequestItems"][table]["Keys"].as_array().unwrap();
            assert_eq!(keys.len(), if reads_more { 4 } else { 3 }, "{body}");
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "notes")]
struct Notes {
    #[pk]
    id: String,
    #[sk]
    version: Number,
    text: String,
}

fn note(id: &str, version: &str) -> Notes {
    Notes {
        id: id.to_owned(),
        version: version.parse().unwrap(),
        text: format!("{id} {version}"),
    }
}

fn numbered((id, version): (&str, i32)) -> (&str, Number) {
    (id, version.into())
}

/// However an answer is written, its items are those of the keys that have their values.
#[tokio::test]
async fn items_are_found_however_their_keys_are_written() {
    let answer = json!({ "Responses": { "notes": [
        { "text": { "S": "b 2" }, "version": { "N": "2" }, "id": { "S": "b" } },
        { "id": { "S": "nobody asked" }, "version": { "N": "1" }, "text": { "S": "" } },
        { "id": { "S": "a \"b\"" }, "text": { "S": "a \"b\" 1" }, "version": { "N": "1" } },
    ] } });
    let compact = answer.to_string();
    let answers = [
        serde_json::to_string_pretty(&answer).unwrap(),
        compact.replace(r#""b""#, r#""\u0062""#),
        compact.replace(r#""2""#, r#""2.0""#),
        compact.replace(r#""id""#, r#""\u0069d""#),
        compact.replace(r#""version""#, r#""versio\u006e""#),
        compact.replace(r#","version""#, r#" ,"version""#),
        compact.replace(r#"{"S":"b"}"#, r#"{ "S":"b"}"#),
        compact,
    ];
    let asked = [("b", 2), ("a \"b\"", 1), ("c", 3), ("b", 2)].map(numbered);
    let (a, b) = (note("a \"b\"", "1"), note("b", "2"));
    for answer in answers {
        for has_codec in [true, false] {
            let body = answer.clone();
            let canned = Canned::new(move |_, _| json(200, body.clone()));
            let got = Notes::batch_get(asked.clone())
                .execute(&canned.db(has_codec))
                .await;
            let mut got = got.unwrap();
            for item in got.iter_mut().flatten() {
                // As it came.
                assert!(["1", "2", "2.0"].contains(&item.version.as_str()));
                item.version = item.version.as_str().replace(".0", "").parse().unwrap();
            }
            let expected = [Some(b.clone()), Some(a.clone()), None, Some(b.clone())];
            assert_eq!(got, expected, "codec {has_codec}: {answer}");
        }
    }
}

#[tokio::test]
async fn an_item_that_does_not_read_is_an_error_with_its_key() {
    let good = json!({ "id": { "S": "a" }, "version": { "N": "1" }, "text": { "S": "a 1" } });
    let bad = json!({ "id": { "S": "b" }, "version": { "N": "2" }, "text": { "N": "2" } });
    let answer = json!({ "Responses": { "notes": [good, bad] } }).to_string();
    for has_codec in [true, false] {
        let body = answer.clone();
        let canned = Canned::new(move |_, _| json(200, body.clone()));
        let db = canned.db(has_codec);
        let got = Notes::batch_get([("a", 1), ("b", 2)].map(numbered))
            .execute(&db)
            .await;
        let Err(Error::Decode(error)) = got else {
            panic!("{got:?}")
        };
        assert_eq!(error.path(), "text");
        let key = codec::to_item(&json!({ "id": "b", "version": 2 })).unwrap();
        assert_eq!(error.key(), Some(&key), "codec {has_codec}");
        let got = Notes::batch_get([("a", 1)].map(numbered))
            .execute(&db)
            .await
            .unwrap();
        assert_eq!(got, [Some(note("a", "1"))]);
    }
}
