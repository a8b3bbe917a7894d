//! That what `into_input()` returns, and so what `explain()` shows, is what is sent: with the wire codec, without it, and
//! by the SDK's client.

use crate::search::Docs;
use aws_sdk_dynamodb::operation::{
    delete_item::DeleteItem, get_item::GetItem, put_item::PutItem, query::Query, scan::Scan,
    search_vectors::SearchVectors, transact_write_items::TransactWriteItems,
    update_item::UpdateItem,
};
use aws_sdk_dynamodb::types::ReturnItemCollectionMetrics;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::config_bag::ConfigBag;
use dkmio::{DynamoDb, Explain, SdkInput, Vector};
use dkmio_tests::canned::{Canned, json};
use dkmio_tests::orders::{Orders, Status, order};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Debug;

const KEY: (&str, &str) = ("usr_123", "ord_456");

/// Returns an input as the SDK serializes it.
fn serialized<I: Debug + Send + Sync + 'static>(operation: impl RuntimePlugin, input: I) -> Value {
    let layer = operation.config().unwrap();
    let serializer = layer.load::<SharedRequestSerializer>().unwrap();
    let request = serializer.serialize_input(Input::erase(input), &mut ConfigBag::base());
    serde_json::from_slice(request.unwrap().body().bytes().unwrap()).unwrap()
}

/// Runs a request, and returns the body of its first attempt.
async fn sent<F: Future>(has_codec: bool, run: impl FnOnce(DynamoDb) -> F) -> Value {
    let canned = Canned::new(|_, _| json(200, "{}"));
    run(canned.db(has_codec)).await;
    canned.sent()[0].json()
}

/// The members that the requests of one verb had.
#[derive(Default)]
struct Seen(BTreeSet<String>);

impl Seen {
    /// Panics unless the requests together had these members: then the cases set all options.
    fn assert_all(&self, members: &[&str]) {
        let seen: Vec<&str> = self.0.iter().map(String::as_str).collect();
        assert_eq!(seen, members);
    }
}

/// Panics unless `explain()` shows each member of the request, with its value.
fn assert_shown(explained: &Explain, request: &Value) {
    let shown = serde_json::to_value(explained).unwrap();
    for (member, value) in request.as_object().unwrap() {
        let at = match member.as_str() {
            "TableName" => "/table",
            "IndexName" => "/index",
            "Key" => "/key",
            "Item" => "/item",
            "KeyConditionExpression" => "/key_condition",
            "UpdateExpression" => "/update",
            "ConditionExpression" => "/condition",
            "FilterExpression" => "/filter",
            "ProjectionExpression" => "/projection",
            "ExpressionAttributeNames" => "/expression_attribute_names",
            "ExpressionAttributeValues" => "/expression_attribute_values",
            option => &format!("/options/{option}"),
        };
        assert_eq!(shown.pointer(at), Some(value), "`explain()` and {member}");
    }
}

/// Compares a request as the SDK serializes it with what `explain()` shows, and with the three ways to send it.
macro_rules! assert_sent {
    (@unexplained $seen:ident, $operation:ident, $request:expr) => {{
        let input = $request.into_input().unwrap();
        let expected = serialized($operation::new(), input.clone());
        for has_codec in [true, false] {
            let request = $request;
            let body = sent(has_codec, |db| async move { request.execute(&db).await }).await;
            assert_eq!(body, expected, "codec: {has_codec}");
        }
        let by_sdk = sent(true, |db| async move {
            input.send_with(&db.client().await.unwrap()).await
        });
        assert_eq!(by_sdk.await, expected, "by the SDK's client");
        $seen
            .0
            .extend(expected.as_object().unwrap().keys().cloned());
    }};
    ($seen:ident, $operation:ident, $request:expr) => {{
        let request = serialized($operation::new(), $request.into_input().unwrap());
        assert_shown(&$request.explain().unwrap(), &request);
        assert_sent!(@unexplained $seen, $operation, $request);
    }};
}

/// Makes a connection whose pages have no items, and always a page after them.
fn endless() -> DynamoDb {
    let page = r#"{"Items":[],"Count":0,"ScannedCount":0,
        "LastEvaluatedKey":{"user_id":{"S":"usr_123"},"order_id":{"S":"ord_1"}}}"#;
    Canned::new(move |_, _| json(200, page)).db(true)
}

#[tokio::test]
async fn a_get_sends_what_its_input_has() {
    let mut seen = Seen::default();
    let get = || Orders::get(KEY);
    assert_sent!(seen, GetItem, get());
    assert_sent!(
        seen,
        GetItem,
        get()
            .consistent()
            .exclude_expired()
            .select(|o| (o.total(), o.status()))
    );
    assert_sent!(seen, GetItem, get().raw());
    seen.assert_all(&[
        "ConsistentRead",
        "ExpressionAttributeNames",
        "Key",
        "ProjectionExpression",
        "TableName",
    ]);
}

#[tokio::test]
async fn a_search_sends_what_its_input_has() {
    let mut seen = Seen::default();
    let vector = Vector::from([0.5, -1.0, 0.25]);
    let search = || Docs::by_meaning().search(&vector).within("acme");
    // `explain()` shows the length of the vector, and not its numbers.
    assert_sent!(@unexplained seen, SearchVectors, search());
    assert_sent!(
        @unexplained seen,
        SearchVectors,
        search()
            .top(50)
            .filter(|d| d.lang().eq("en"))
            .select(|d| d.title())
    );
    assert_sent!(@unexplained seen, SearchVectors, search().raw());
    seen.assert_all(&[
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "IndexName",
        "ProjectionExpression",
        "SearchConditionExpression",
        "SearchVector",
        "TableName",
        "TopK",
    ]);
}

#[tokio::test]
async fn a_put_sends_what_its_input_has() {
    let mut seen = Seen::default();
    let order = order(KEY.0, KEY.1);
    let put = || Orders::put(&order);
    assert_sent!(seen, PutItem, put());
    assert_sent!(
        seen,
        PutItem,
        put()
            .if_not_exists()
            .condition(|o| o.status().ne(Status::Shipped))
            .return_old_on_failure()
            .return_old()
    );
    seen.assert_all(&[
        "ConditionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "Item",
        "ReturnValues",
        "ReturnValuesOnConditionCheckFailure",
        "TableName",
    ]);
}

#[tokio::test]
async fn an_update_sends_what_its_input_has() {
    let mut seen = Seen::default();
    let update = || Orders::update(KEY).set(|o| o.status(), Status::Shipped);
    assert_sent!(seen, UpdateItem, update());
    let changed = || {
        update()
            .remove(|o| o.region())
            .add(|o| o.tags(), ["new"])
            .if_exists()
            .condition(|o| o.total().gt(1))
            .return_old_on_failure()
    };
    assert_sent!(seen, UpdateItem, changed().return_new());
    assert_sent!(seen, UpdateItem, changed().return_old());
    assert_sent!(seen, UpdateItem, changed().return_updated_new());
    assert_sent!(seen, UpdateItem, changed().return_updated_old());
    seen.assert_all(&[
        "ConditionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "Key",
        "ReturnValues",
        "ReturnValuesOnConditionCheckFailure",
        "TableName",
        "UpdateExpression",
    ]);
}

#[tokio::test]
async fn a_delete_sends_what_its_input_has() {
    let mut seen = Seen::default();
    let delete = || Orders::delete(KEY);
    assert_sent!(seen, DeleteItem, delete());
    assert_sent!(
        seen,
        DeleteItem,
        delete()
            .if_exists()
            .condition(|o| o.status().eq(Status::Cancelled))
            .return_old_on_failure()
            .return_old()
    );
    seen.assert_all(&[
        "ConditionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "Key",
        "ReturnValues",
        "ReturnValuesOnConditionCheckFailure",
        "TableName",
    ]);
}

#[tokio::test]
async fn a_query_sends_what_its_input_has() {
    let mut seen = Seen::default();
    let query = || Orders::query("usr_123");
    let page = query().execute(&endless()).await.unwrap();
    assert_sent!(seen, Query, query());
    assert_sent!(
        seen,
        Query,
        query()
            .descending()
            .consistent()
            .page_size(5)
            .limit(3)
            .return_consumed_capacity()
            .exclude_expired()
            .filter(|o| o.total().ge(1))
            .select(|o| o.total())
    );
    assert_sent!(seen, Query, query().start_from(page.next()));
    assert_sent!(
        seen,
        Query,
        Orders::by_status()
            .query(Status::Pending)
            .sk(|k| k.ge("2025-01-01"))
    );
    seen.assert_all(&[
        "ConsistentRead",
        "ExclusiveStartKey",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "FilterExpression",
        "IndexName",
        "KeyConditionExpression",
        "Limit",
        "ProjectionExpression",
        "ReturnConsumedCapacity",
        "ScanIndexForward",
        "TableName",
    ]);
}

#[tokio::test]
async fn a_scan_sends_what_its_input_has() {
    let mut seen = Seen::default();
    let page = Orders::scan().execute(&endless()).await.unwrap();
    assert_sent!(seen, Scan, Orders::scan());
    assert_sent!(
        seen,
        Scan,
        Orders::scan()
            .consistent()
            .page_size(5)
            .limit(3)
            .return_consumed_capacity()
            .exclude_expired()
            .filter(|o| o.total().ge(1))
            .select(|o| o.total())
    );
    assert_sent!(seen, Scan, Orders::scan().start_from(page.next()));
    assert_sent!(seen, Scan, Orders::by_status().scan());
    seen.assert_all(&[
        "ConsistentRead",
        "ExclusiveStartKey",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "FilterExpression",
        "IndexName",
        "Limit",
        "ProjectionExpression",
        "ReturnConsumedCapacity",
        "TableName",
    ]);
}

#[tokio::test]
async fn a_segment_of_a_scan_is_sent() {
    for has_codec in [true, false] {
        let body = sent(has_codec, |db| async move {
            Orders::scan().segments(1).fetch_all(&db).await
        });
        let body = body.await;
        assert_eq!(
            (&body["Segment"], &body["TotalSegments"]),
            (&0.into(), &1.into())
        );
    }
}

#[tokio::test]
async fn a_transaction_sends_what_its_input_has() {
    let mut seen = Seen::default();
    let orders = [order("usr_1", "ord_1"), order("usr_1", "ord_2")];
    let transaction = || {
        dkmio::transact_write()
            .token("a-token")
            .add(Orders::put(&orders[0]))
            .add(Orders::put(&orders[1]))
            .add(
                Orders::put(&order("usr_1", "ord_3"))
                    .if_not_exists()
                    .return_old_on_failure(),
            )
            .add(
                Orders::update(("usr_1", "ord_4"))
                    .set(|o| o.total(), 1)
                    .condition(|o| o.total().gt(1)),
            )
            .add(Orders::delete(("usr_1", "ord_5")).condition(|o| o.total().gt(1)))
            .add(Orders::condition_check(("usr_1", "ord_6"), |o| {
                o.total().gt(1)
            }))
    };
    assert_sent!(@unexplained seen, TransactWriteItems, transaction());
    seen.assert_all(&["ClientRequestToken", "TransactItems"]);
}

/// Runs a request with both codecs, compares them, and returns the body.
async fn sent_alike<F: Future>(run: impl Fn(DynamoDb) -> F) -> Value {
    let spliced = sent(true, &run).await;
    assert_eq!(spliced, sent(false, &run).await);
    spliced
}

#[tokio::test]
async fn batches_send_all_their_options() {
    let keys = [("usr_1", "ord_1"), ("usr_1", "ord_2")];
    let get = sent_alike(|db| async move {
        Orders::batch_get(keys)
            .consistent()
            .select(|o| o.total())
            .execute(&db)
            .await
    });
    let get = &get.await["RequestItems"]["orders"];
    let members: BTreeSet<&str> = get.as_object().unwrap().keys().map(|k| &**k).collect();
    assert_eq!(
        members.into_iter().collect::<Vec<_>>(),
        [
            "ConsistentRead",
            "ExpressionAttributeNames",
            "Keys",
            "ProjectionExpression"
        ]
    );
    assert_eq!(get["Keys"].as_array().unwrap().len(), 2);
    let write = sent_alike(|db| async move {
        Orders::batch_write()
            .put(&order("usr_1", "ord_1"))
            .delete(("usr_1", "ord_2"))
            .execute(&db)
            .await
    });
    let write = &write.await["RequestItems"]["orders"];
    assert!(write[0]["PutRequest"]["Item"].is_object(), "{write}");
    assert!(write[1]["DeleteRequest"]["Key"].is_object(), "{write}");
    let transaction = sent_alike(|db| async move {
        let gets = (
            Orders::get(keys[0]).select(|o| o.total()),
            Orders::get(keys[1]),
        );
        dkmio::transact_get(gets).execute(&db).await
    });
    let transaction = &transaction.await["TransactItems"];
    assert!(
        transaction[0]["Get"]["ProjectionExpression"].is_string(),
        "{transaction}"
    );
}

#[tokio::test]
async fn the_capacity_that_a_meter_asks_for_is_sent() {
    let order = order(KEY.0, KEY.1);
    let put = sent_alike(|db| {
        let put = Orders::put(&order);
        async move { put.execute(&db.metered(&Default::default())).await }
    });
    assert_eq!(put.await["ReturnConsumedCapacity"], "INDEXES");
}

/// dkmio never sets them.
#[tokio::test]
async fn fields_that_a_user_adds_to_an_input_are_sent() {
    let mut input = Orders::delete(KEY).into_input().unwrap();
    input.return_item_collection_metrics = Some(ReturnItemCollectionMetrics::Size);
    let expected = serialized(DeleteItem::new(), input.clone());
    assert_eq!(expected["ReturnItemCollectionMetrics"], "SIZE");
    let by_sdk = sent(true, |db| async move {
        input.send_with(&db.client().await.unwrap()).await
    });
    assert_eq!(by_sdk.await, expected);
}
