//! The calls that are measured, each written with dkmio and by hand over the same client.

#[path = "cases/batches.rs"]
mod batches;

use super::canned;
use super::models::{
    HandOrder, Invoices, OrderRow, Orders, Sessions, hand_order, invoice, json_of, order, session,
};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use dkmio::{BorrowedPage, DynamoDb};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::rc::Rc;

type Item = HashMap<String, AttributeValue>;
pub type Run = Box<dyn Fn() -> Pin<Box<dyn Future<Output = usize>>>>;

/// One call, in both programs; each yields a number that both must agree on.
pub struct Case {
    pub name: &'static str,
    pub hand: Run,
    pub dkmio: Run,
}

fn case<H, D>(
    name: &'static str,
    answer: Value,
    hand: impl Fn(Client) -> H + 'static,
    dkmio: impl Fn(DynamoDb) -> D + 'static,
) -> Case
where
    H: Future<Output = usize> + 'static,
    D: Future<Output = usize> + 'static,
{
    let client = canned::client(answer.to_string());
    let db = DynamoDb::from_client(client.clone());
    Case {
        name,
        hand: Box::new(move || Box::pin(hand(client.clone()))),
        dkmio: Box::new(move || Box::pin(dkmio(db.clone()))),
    }
}

/// A case that is not set up yet: its name and its maker.
pub type Maker = (&'static str, fn(&'static str) -> Case);

pub fn all() -> Vec<Maker> {
    vec![
        ("get 0.6 KB", get_order),
        ("get 4 KB", |name| get_invoice(name, 27)),
        ("get 40 KB", |name| get_invoice(name, 270)),
        ("put 0.2 KB", put_session),
        ("put 0.6 KB", put_order),
        ("put 4 KB", |name| put_invoice(name, 27)),
        ("put 40 KB", |name| put_invoice(name, 270)),
        ("update, nothing returned", update),
        ("update, 0.6 KB returned", update_and_return),
        ("query 1 item", |name| query(name, 1)),
        ("query 20 items", |name| query(name, 20)),
        ("query 1,500 items", |name| query(name, 1_500)),
        ("query 1,500 items, borrowed rows", query_borrowed),
        ("scan 1,500 items", scan),
        ("scan 1,500 items, borrowed rows", scan_borrowed),
        ("batch get of 100", batches::batch_get),
        ("batch write of 25", batches::batch_write),
        ("transact write of 25", batches::transact_write),
    ]
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn order_key(user_id: &str, order_id: &str) -> Item {
    Item::from([
        ("user_id".to_owned(), s(user_id)),
        ("order_id".to_owned(), s(order_id)),
    ])
}

fn read<T: DeserializeOwned>(item: Item) -> T {
    serde_dynamo::from_item(item).expect("a canned item reads")
}

/// Item by item: `serde_dynamo::from_items` makes an `AttributeValue` of the whole list first.
fn read_all<T: DeserializeOwned>(items: Option<Vec<Item>>) -> Vec<T> {
    items.unwrap_or_default().into_iter().map(read).collect()
}

fn get_order(name: &'static str) -> Case {
    case(
        name,
        json!({ "Item": json_of(&hand_order(7)) }),
        |client| async move {
            let output = client
                .get_item()
                .table_name("orders")
                .set_key(Some(order_key("usr_000000", "ord_00000007")))
                .send()
                .await
                .expect("canned");
            let order: Option<HandOrder> = output.item.map(read);
            order.map_or(0, |order| order.total as usize)
        },
        |db| async move {
            let order = Orders::get(("usr_000000", "ord_00000007"))
                .execute(&db)
                .await;
            order
                .expect("canned")
                .map_or(0, |order| order.total as usize)
        },
    )
}

fn get_invoice(name: &'static str, lines: usize) -> Case {
    case(
        name,
        json!({ "Item": json_of(&invoice(lines)) }),
        |client| async move {
            let output = client
                .get_item()
                .table_name("invoices")
                .key("id", s("inv_000001"))
                .send()
                .await
                .expect("canned");
            let invoice: Option<Invoices> = output.item.map(read);
            invoice.map_or(0, |invoice| invoice.lines.len())
        },
        |db| async move {
            let invoice = Invoices::get("inv_000001").execute(&db).await;
            invoice
                .expect("canned")
                .map_or(0, |invoice| invoice.lines.len())
        },
    )
}

fn put_order(name: &'static str) -> Case {
    let (by_hand, model) = (Rc::new(hand_order(7)), Rc::new(order(7)));
    case(
        name,
        json!({}),
        move |client| {
            let order = by_hand.clone();
            async move {
                let item = serde_dynamo::to_item(&*order).expect("a bench model encodes");
                let put = client.put_item().table_name("orders").set_item(Some(item));
                put.send().await.expect("canned");
                1
            }
        },
        move |db| {
            let order = model.clone();
            async move {
                Orders::put(&order).execute(&db).await.expect("canned");
                1
            }
        },
    )
}

fn put_session(name: &'static str) -> Case {
    let (by_hand, model) = (Rc::new(session(7)), Rc::new(session(7)));
    case(
        name,
        json!({}),
        move |client| {
            let session = by_hand.clone();
            async move {
                let item = serde_dynamo::to_item(&*session).expect("a bench model encodes");
                let put = client
                    .put_item()
                    .table_name("sessions")
                    .set_item(Some(item));
                put.send().await.expect("canned");
                1
            }
        },
        move |db| {
            let session = model.clone();
            async move {
                Sessions::put(&session).execute(&db).await.expect("canned");
                1
            }
        },
    )
}

fn put_invoice(name: &'static str, lines: usize) -> Case {
    let (by_hand, model) = (Rc::new(invoice(lines)), Rc::new(invoice(lines)));
    case(
        name,
        json!({}),
        move |client| {
            let invoice = by_hand.clone();
            async move {
                let item = serde_dynamo::to_item(&*invoice).expect("a bench model encodes");
                let put = client
                    .put_item()
                    .table_name("invoices")
                    .set_item(Some(item));
                put.send().await.expect("canned");
                1
            }
        },
        move |db| {
            let invoice = model.clone();
            async move {
                Invoices::put(&invoice).execute(&db).await.expect("canned");
                1
            }
        },
    )
}

fn update_by_hand(
    client: &Client,
) -> aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder {
    client
        .update_item()
        .table_name("orders")
        .set_key(Some(order_key("usr_000000", "ord_00000007")))
        .update_expression("SET #status = :status, #total = :total")
        .condition_expression("attribute_exists(#user_id)")
        .expression_attribute_names("#status", "status")
        .expression_attribute_names("#total", "total")
        .expression_attribute_names("#user_id", "user_id")
        .expression_attribute_values(":status", s("shipped"))
        .expression_attribute_values(":total", AttributeValue::N(1_234.to_string()))
}

fn update(name: &'static str) -> Case {
    case(
        name,
        json!({}),
        |client| async move {
            update_by_hand(&client).send().await.expect("canned");
            1
        },
        |db| async move {
            Orders::update(("usr_000000", "ord_00000007"))
                .set(|o| o.status(), "shipped")
                .set(|o| o.total(), 1_234_u64)
                .if_exists()
                .execute(&db)
                .await
                .expect("canned");
            1
        },
    )
}

fn update_and_return(name: &'static str) -> Case {
    case(
        name,
        json!({ "Attributes": json_of(&hand_order(7)) }),
        |client| async move {
            let update = update_by_hand(&client).return_values(ReturnValue::AllNew);
            let output = update.send().await.expect("canned");
            let order: Option<HandOrder> = output.attributes.map(read);
            order.map_or(0, |order| order.total as usize)
        },
        |db| async move {
            let order: Orders = Orders::update(("usr_000000", "ord_00000007"))
                .set(|o| o.status(), "shipped")
                .set(|o| o.total(), 1_234_u64)
                .if_exists()
                .return_new()
                .execute(&db)
                .await
                .expect("canned");
            order.total as usize
        },
    )
}

fn page(items: usize) -> Value {
    let rows: Vec<Value> = (0..items).map(|n| json_of(&hand_order(n))).collect();
    json!({
        "Count": items,
        "Items": rows,
        "LastEvaluatedKey": { "user_id": { "S": "usr_000149" }, "order_id": { "S": "ord_00001499" } },
        "ScannedCount": items,
    })
}

async fn query_by_hand(client: Client) -> usize {
    let output = client
        .query()
        .table_name("orders")
        .key_condition_expression("#user_id = :user_id")
        .expression_attribute_names("#user_id", "user_id")
        .expression_attribute_values(":user_id", s("usr_000000"))
        .send()
        .await
        .expect("canned");
    let orders: Vec<HandOrder> = read_all(output.items);
    orders.len() + usize::from(output.last_evaluated_key.is_some())
}

fn query(name: &'static str, items: usize) -> Case {
    case(name, page(items), query_by_hand, |db| async move {
        let page = Orders::query("usr_000000")
            .execute(&db)
            .await
            .expect("canned");
        page.len() + usize::from(page.next().is_some())
    })
}

fn query_borrowed(name: &'static str) -> Case {
    case(name, page(1_500), query_by_hand, |db| async move {
        let query = Orders::query("usr_000000").select_borrowed::<OrderRow<'_>>();
        look_at_each(&query.execute(&db).await.expect("canned"))
    })
}

async fn scan_by_hand(client: Client) -> usize {
    let output = client
        .scan()
        .table_name("orders")
        .send()
        .await
        .expect("canned");
    let orders: Vec<HandOrder> = read_all(output.items);
    orders.len() + usize::from(output.last_evaluated_key.is_some())
}

fn scan(name: &'static str) -> Case {
    case(name, page(1_500), scan_by_hand, |db| async move {
        let page = Orders::scan().execute(&db).await.expect("canned");
        page.len() + usize::from(page.next().is_some())
    })
}

fn scan_borrowed(name: &'static str) -> Case {
    case(name, page(1_500), scan_by_hand, |db| async move {
        let scan = Orders::scan().select_borrowed::<OrderRow<'_>>();
        look_at_each(&scan.execute(&db).await.expect("canned"))
    })
}

/// Reads all rows, and keeps none.
fn look_at_each(page: &BorrowedPage<OrderRow<'_>>) -> usize {
    let mut rows = 0;
    for row in page.rows() {
        black_box(row.expect("a canned item reads"));
        rows += 1;
    }
    rows + usize::from(page.next().is_some())
}
