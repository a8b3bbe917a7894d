//! The puts of a transaction, as they are written into its request.

use crate::tables::{item, key};
use dkmio::aws_sdk_dynamodb::config::Intercept;
use dkmio::aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use dkmio::{DynamoDb, DynamoTable, codec};
use dkmio_tests::canned::{Canned, changing, connection, json};
use dkmio_tests::orders::Orders;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "notes")]
struct Notes {
    #[pk]
    id: String,
    /// What looks like a place for an item, and is none.
    text: String,
}

fn note(id: &str) -> Notes {
    Notes {
        id: id.to_owned(),
        text: r#""Item":{}"#.to_owned(),
    }
}

/// Puts that are alike, and others between them.
async fn write_all_kinds(db: &DynamoDb) {
    let checked = |at| Orders::put(&item(at)).if_not_exists();
    let returning = Orders::put(&item(9))
        .if_not_exists()
        .return_old_on_failure();
    let written = dkmio::transact_write()
        .add(Orders::put(&item(1)))
        .add(Orders::put(&item(2)))
        .add(Orders::put(&item(3)))
        .add(Notes::put(&note("a")))
        .add(Notes::put(&note("b")))
        .add(checked(4))
        .add(checked(5))
        .add(Orders::delete(key(6)))
        .add(Orders::put(&item(7)))
        .add(Orders::update(key(8)).set(|o| o.description(), r#"{"Item":{}}"#))
        .add(Notes::put(&note("c")))
        .add(returning)
        .token("once");
    written.execute(db).await.unwrap();
}

#[tokio::test]
async fn puts_are_written_as_the_sdk_writes_them() {
    let mut bodies = Vec::new();
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, "{}"));
        write_all_kinds(&canned.db(has_codec)).await;
        let sent = canned.sent();
        assert_eq!(sent.len(), 1);
        let length = sent[0].body.len().to_string();
        assert_eq!(sent[0].header("content-length"), Some(length.as_str()));
        bodies.push(sent[0].json());
    }
    assert_eq!(bodies[0], bodies[1]);
    let members = bodies[0]["TransactItems"].as_array().unwrap();
    assert_eq!(members.len(), 12);
    let expected: Value = serde_json::from_str(&codec::to_json(&item(3)).unwrap()).unwrap();
    let put = json!({ "Put": { "Item": expected, "TableName": "orders" } });
    assert_eq!(members[2], put);
}

/// What an interceptor does to the puts that it sees.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Change {
    Nothing,
    Table,
    Condition,
    AnotherMember,
    FewerMembers,
}

/// Changes puts, and keeps how many members it saw.
fn interceptor(change: Change, seen: &Arc<Mutex<Vec<usize>>>) -> impl Intercept + 'static {
    let seen = seen.clone();
    changing(move |input| {
        let input = input.downcast_mut::<TransactWriteItemsInput>();
        let members = input.unwrap().transact_items.as_mut().unwrap();
        seen.lock().unwrap().push(members.len());
        match change {
            Change::Nothing => {}
            Change::Table => members
                .iter_mut()
                .filter_map(|member| member.put.as_mut())
                .for_each(|put| put.table_name = format!("one-{}", put.table_name)),
            Change::Condition => members
                .iter_mut()
                .filter_map(|member| member.put.as_mut())
                .for_each(|put| {
                    put.condition_expression = Some("attribute_exists(marked)".to_owned());
                }),
            Change::AnotherMember => members.push(members.last().unwrap().clone()),
            Change::FewerMembers => members.truncate(1),
        }
    })
}

/// Whatever an interceptor does, its request is the one that it would be without the codec.
#[tokio::test]
async fn an_interceptor_that_changes_puts_is_followed() {
    use Change::{AnotherMember, Condition, FewerMembers, Nothing, Table};
    for change in [Nothing, Table, Condition, AnotherMember, FewerMembers] {
        let mut bodies = Vec::new();
        for has_codec in [true, false] {
            let canned = Canned::new(|_, _| json(200, "{}"));
            let seen = Arc::default();
            let config = canned.config().interceptor(interceptor(change, &seen));
            let db = connection(config, has_codec);
            let written = dkmio::transact_write()
                .add(Orders::put(&item(1)))
                .add(Orders::put(&item(2)))
                .add(Orders::delete(key(3)))
                .add(Orders::put(&item(4)))
                .token("once");
            written.execute(&db).await.unwrap();
            let sent = canned.sent();
            assert_eq!(sent.len(), 1, "nothing is sent without its items");
            bodies.push(sent[0].json());
            let seen = seen.lock().unwrap();
            let expected: &[usize] = match (has_codec, change) {
                (false, _) => &[4],
                (true, Nothing) => &[3],
                // It is told again, with all of them.
                (true, _) => &[3, 4],
            };
            assert_eq!(*seen, expected, "{change:?}");
        }
        assert_eq!(bodies[0], bodies[1], "{change:?}");
    }
}
