//! Answers that name a key twice: it is asked for once, and its item handed back once.

use crate::in_time;
use dkmio::Error;
use dkmio_tests::canned::{Canned, json};
use dkmio_tests::orders::{Orders, order};
use futures_util::stream::iter;
use serde_json::{Value, json as value};
use std::time::Duration;

fn key(id: &str) -> Value {
    value!({ "user_id": { "S": "u" }, "order_id": { "S": id } })
}

fn item(id: &str) -> Value {
    let item = dkmio::codec::to_json(&order("u", id)).unwrap();
    serde_json::from_str(&item.to_string()).unwrap()
}

/// Answers a batch get with `a`, twice, and leaves `a` and twice `b`; the next one with `b`.
fn twice() -> Canned {
    Canned::new(|at, _| {
        let body = match at {
            0 => value!({
                "Responses": { "orders": [item("a"), item("a")] },
                "UnprocessedKeys": { "orders": { "Keys": [key("b"), key("b"), key("a")] } },
            }),
            _ => value!({ "Responses": { "orders": [item("b")] } }),
        };
        json(200, body.to_string())
    })
}

fn keys_of(body: &Value) -> usize {
    body["RequestItems"]["orders"]["Keys"]
        .as_array()
        .unwrap()
        .len()
}

#[tokio::test(start_paused = true)]
async fn a_key_that_an_answer_names_twice_is_asked_for_once() {
    for has_codec in [true, false] {
        let canned = twice();
        let keys = [("u", "a"), ("u", "b")];
        let batch = Orders::batch_get(keys).execute(&canned.db(has_codec));
        let found = in_time(batch).await.unwrap();
        assert_eq!(found, [Some(order("u", "a")), Some(order("u", "b"))]);
        let sent: Vec<usize> = canned.sent().iter().map(|s| keys_of(&s.json())).collect();
        assert_eq!(sent, [2, 1]);

        let canned = twice();
        let db = canned.db(has_codec);
        let mut items = Orders::batch_get_stream(iter(keys)).stream(&db);
        let mut found = Vec::new();
        while let Some(item) = in_time(items.next()).await {
            found.push(item.unwrap().unwrap());
        }
        assert_eq!(found, [order("u", "a"), order("u", "b")]);
        assert_eq!(canned.sent().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_handed_back_of_a_batch_get_is_there_once() {
    for has_codec in [true, false] {
        let batch = Orders::batch_get([("u", "a"), ("u", "b")]).retry_budget(Duration::ZERO);
        let error = batch.execute(&twice().db(has_codec)).await.unwrap_err();
        let Error::Unprocessed(e) = error else {
            panic!("{error}");
        };
        assert_eq!((e.read().len(), e.keys().len()), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_that_an_answer_names_twice_is_sent_once() {
    let canned = Canned::new(|at, _| {
        let put = |id| value!({ "PutRequest": { "Item": item(id) } });
        let body = match at {
            0 => value!({ "UnprocessedItems": { "orders": [put("b"), put("b")] } }),
            _ => value!({}),
        };
        json(200, body.to_string())
    });
    let orders = ["a", "b", "c"].map(|id| order("u", id));
    let batch = Orders::batch_write().put_all(&orders);
    in_time(batch.execute(&canned.db(true))).await.unwrap();
    let sent = canned.sent();
    assert_eq!(sent.len(), 2);
    let again = sent[1].json();
    assert_eq!(again["RequestItems"]["orders"].as_array().unwrap().len(), 1);
}
