//! Batches and transactions.

use super::super::models::{HandOrder, Orders, hand_order, json_of, order};
use super::{Case, case, order_key, read_all};
use aws_sdk_dynamodb::types::{
    KeysAndAttributes, Put, PutRequest, TransactWriteItem, WriteRequest,
};
use serde_json::{Value, json};

pub fn batch_get(name: &'static str) -> Case {
    let rows: Vec<Value> = (0..100).map(|n| json_of(&hand_order(n))).collect();
    let keys: Vec<(String, String)> = (0..100)
        .map(|n| (hand_order(n).user_id, hand_order(n).order_id))
        .collect();
    let (by_hand, with_dkmio) = (keys.clone(), keys);
    case(
        name,
        json!({ "Responses": { "orders": rows }, "UnprocessedKeys": {} }),
        move |client| {
            let keys = by_hand
                .iter()
                .map(|(user, order)| order_key(user, order))
                .collect();
            async move {
                let keys = KeysAndAttributes::builder()
                    .set_keys(Some(keys))
                    .build()
                    .expect("complete");
                let output = client
                    .batch_get_item()
                    .request_items("orders", keys)
                    .send()
                    .await;
                let mut tables = output.expect("canned").responses.unwrap_or_default();
                let orders: Vec<HandOrder> = read_all(tables.remove("orders"));
                orders.len()
            }
        },
        move |db| {
            let get = Orders::batch_get(
                with_dkmio
                    .iter()
                    .map(|(user, order)| (user.as_str(), order.as_str())),
            );
            async move {
                let orders = get.execute(&db).await.expect("canned");
                orders.iter().flatten().count()
            }
        },
    )
}

pub fn batch_write(name: &'static str) -> Case {
    let by_hand: Vec<HandOrder> = (0..25).map(hand_order).collect();
    let models: Vec<Orders> = (0..25).map(order).collect();
    case(
        name,
        json!({ "UnprocessedItems": {} }),
        move |client| {
            let writes = by_hand.iter().map(|order| {
                let item = serde_dynamo::to_item(order).expect("a bench model encodes");
                let put = PutRequest::builder()
                    .set_item(Some(item))
                    .build()
                    .expect("complete");
                WriteRequest::builder().put_request(put).build()
            });
            let call = client
                .batch_write_item()
                .request_items("orders", writes.collect());
            async move {
                let output = call.send().await.expect("canned");
                25 - output.unprocessed_items.map_or(0, |left| left.len())
            }
        },
        move |db| {
            let write = Orders::batch_write().put_all(&models);
            async move {
                write.execute(&db).await.expect("canned");
                25
            }
        },
    )
}

pub fn transact_write(name: &'static str) -> Case {
    let by_hand: Vec<HandOrder> = (0..25).map(hand_order).collect();
    let models: Vec<Orders> = (0..25).map(order).collect();
    case(
        name,
        json!({}),
        move |client| {
            let members = by_hand.iter().map(|order| {
                let item = serde_dynamo::to_item(order).expect("a bench model encodes");
                let put = Put::builder()
                    .table_name("orders")
                    .set_item(Some(item))
                    .build();
                TransactWriteItem::builder()
                    .put(put.expect("complete"))
                    .build()
            });
            let call = client
                .transact_write_items()
                .set_transact_items(Some(members.collect()));
            async move {
                call.send().await.expect("canned");
                25
            }
        },
        move |db| {
            let put_each = |write: dkmio::TransactWrite, order| write.add(Orders::put(order));
            let write = models.iter().fold(dkmio::transact_write(), put_each);
            async move {
                write.execute(&db).await.expect("canned");
                25
            }
        },
    )
}
