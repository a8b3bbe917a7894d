//! Requests that a program's own interceptors change before dkmio's items go into them.

use crate::signed::{assert_signed, write_everything};
use crate::tables::item;
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::config::interceptors::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use dkmio::aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use dkmio::aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use dkmio::aws_sdk_dynamodb::operation::put_item::PutItemInput;
use dkmio::aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use dkmio::{AttributeValue, DynamoDb, Observation, Observer, Outcome, codec};
use dkmio_tests::canned::{Canned, changing, connection, json};
use dkmio_tests::logs::Logs;
use dkmio_tests::orders::Orders;
use std::sync::{Arc, Mutex};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Marks each item that is put, and has each table be a tenant's.
fn tenant() -> impl Intercept + 'static {
    changing(|input| {
        let table = |name: &str| format!("one-{name}");
        let mark = || ("marked".to_owned(), AttributeValue::Bool(true));
        if let Some(put) = input.downcast_mut::<PutItemInput>() {
            put.table_name = put.table_name.as_deref().map(table);
            put.item.as_mut().unwrap().extend([mark()]);
        } else if let Some(transaction) = input.downcast_mut::<TransactWriteItemsInput>() {
            let members = transaction.transact_items.iter_mut().flatten();
            for member in members {
                if let Some(put) = &mut member.put {
                    put.table_name = table(&put.table_name);
                    put.item.extend([mark()]);
                } else if let Some(delete) = &mut member.delete {
                    delete.table_name = table(&delete.table_name);
                }
            }
        } else if let Some(batch) = input.downcast_mut::<BatchWriteItemInput>() {
            let tables = batch.request_items.take().unwrap().into_iter();
            batch.request_items = Some(
                tables
                    .map(|(name, mut writes)| {
                        let puts = writes.iter_mut().filter_map(|w| w.put_request.as_mut());
                        puts.for_each(|put| put.item.extend([mark()]));
                        (table(&name), writes)
                    })
                    .collect(),
            );
        }
    })
}

/// What an interceptor changes in the input is sent, and the items with it.
#[tokio::test]
async fn an_input_that_an_interceptor_changes_is_sent_as_changed() {
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, "{}"));
        let config = canned.config().interceptor(tenant());
        write_everything(&connection(config, has_codec)).await;
        let sent = canned.sent();
        assert_eq!(sent.len(), 4);
        let expected: serde_json::Value =
            serde_json::from_str(&codec::to_json(&item(1)).unwrap()).unwrap();
        for sent in sent {
            let body = sent.json();
            let (table, item) = match sent.operation() {
                "PutItem" => (&body["TableName"], &body["Item"]),
                "TransactWriteItems" => {
                    let put = &body["TransactItems"][0]["Put"];
                    (&put["TableName"], &put["Item"])
                }
                _ => {
                    let tables = body["RequestItems"].as_object().unwrap();
                    assert_eq!(tables.keys().collect::<Vec<_>>(), ["one-orders"]);
                    (
                        &"one-orders".into(),
                        &tables["one-orders"][0]["PutRequest"]["Item"],
                    )
                }
            };
            assert_eq!(table, "one-orders", "codec {has_codec}: {body}");
            let mut item = item.clone();
            let marked = item.as_object_mut().unwrap().remove("marked");
            assert_eq!(marked, Some(serde_json::json!({ "BOOL": true })), "{body}");
            assert_eq!(item, expected, "codec {has_codec}");
        }
    }
}

/// Has requests be in a protocol that dkmio does not write. Keeps whether the puts of the input have their items.
#[derive(Clone, Debug, Default)]
struct OtherProtocol(Arc<Mutex<Vec<bool>>>);

impl Intercept for OtherProtocol {
    fn name(&self) -> &'static str {
        "other protocol"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(put) = context.input().downcast_ref::<PutItemInput>() {
            let has_item = put.item().is_some_and(|item| !item.is_empty());
            self.0.lock().unwrap().push(has_item);
        }
        Ok(())
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        headers.insert("content-type", "application/cbor");
        Ok(())
    }
}

/// It is then the SDK that writes the items; the answers' items are read as before.
#[tokio::test]
async fn a_request_in_another_protocol_is_left_to_the_sdk() {
    for has_codec in [true, false] {
        let old = codec::to_json(&item(2)).unwrap();
        let canned = Canned::new(move |_, _| json(200, format!(r#"{{"Attributes":{old}}}"#)));
        let protocol = OtherProtocol::default();
        let config = canned.config().interceptor(protocol.clone());
        let db = connection(config, has_codec);
        let put = Orders::put(&item(1)).return_old().execute(&db).await;
        assert_eq!(put.unwrap(), Some(item(2)));
        let batch = Orders::batch_write().put(&item(1)).put(&item(2));
        batch.execute(&db).await.unwrap();
        let with_items = *protocol.0.lock().unwrap().last().unwrap();
        assert!(
            with_items,
            "codec {has_codec}: they are not the SDK's to write"
        );
        let [put, batch] = canned.sent().try_into().unwrap();
        assert_eq!(put.header("content-type"), Some("application/cbor"));
        assert_eq!(put.json()["Item"]["order_id"]["S"], "ord_0001");
        let writes = &batch.json()["RequestItems"]["orders"];
        assert_eq!(writes.as_array().unwrap().len(), 2);
        for sent in [put, batch] {
            assert_signed(&sent);
        }
    }
}

/// Keeps the operations, and how they ended.
#[derive(Default)]
struct Watch(Mutex<Vec<(&'static str, bool, u32)>>);

impl Observer for Watch {
    fn observe(&self, request: &Observation<'_>) {
        let is_done = matches!(request.outcome, Outcome::Done);
        let seen = (request.operation, is_done, request.attempts);
        self.0.lock().unwrap().push(seen);
    }
}

/// That its items could not be written into its bytes is not a request of its own, nor a failure.
#[tokio::test]
async fn an_input_that_an_interceptor_changes_is_observed_once() {
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, "{}"));
        let config = canned.config().interceptor(tenant()).build();
        let watch = Arc::new(Watch::default());
        let db = DynamoDb::builder().client(Client::from_conf(config));
        let db = db.wire_codec(has_codec).observer(watch.clone()).build();
        let logs = Logs::capture();
        write_everything(&db).await;
        let operations = ["PutItem", "PutItem", "BatchWriteItem", "TransactWriteItems"];
        let expected = operations.map(|operation| (operation, true, 1));
        assert_eq!(*watch.0.lock().unwrap(), expected, "codec {has_codec}");
        assert!(logs.events("WARN").is_empty());
        assert_eq!(canned.sent().len(), 4);
    }
}
