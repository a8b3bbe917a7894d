//! Orders, end to end, on the engine in this process: no account, no Docker, no Java.
//!
//! `cargo run --example quickstart`

use dkmio::{
    DynamoDb, DynamoDocument, DynamoTable, Error, KeyAttribute, Projection, Set, Ttl, attr,
};
use serde::{Deserialize, Serialize};

/// Where an order stands. An enum without fields is stored as its name, and can be a key.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyAttribute)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    Pending,
    Shipped,
}

/// An order: the model of the table `orders`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "gsi-status-date", pk = status, sk = created_at, project(total, items_count))]
#[gsi(by_region, name = "gsi-region", pk = region, project = keys_only)]
#[lsi(by_amount, name = "lsi-amount", sk = total)]
struct Orders {
    #[pk]
    user_id: String,
    #[sk]
    order_id: String,
    status: Status,
    created_at: String,
    total: u64,
    items_count: u32,
    region: Option<String>, // `None` is absent: the order is then not in `by_region`
    notes: Option<String>,
    #[dkmio(document)]
    address: Option<Address>,
    #[dkmio(document)]
    items: Vec<LineItem>,
    history: Vec<String>,
    tags: Set<String>,
    #[ttl]
    expires_at: Option<Ttl>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Address {
    street: String,
    city: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct LineItem {
    sku: String,
    qty: u32,
}

/// A part of an order, checked against `Orders` and against what an index projects.
#[derive(Debug, Deserialize, Projection)]
#[projection(of = Orders)]
struct Summary {
    order_id: String,
    total: u64,
}

fn order(order_id: &str, created_at: &str, total: u64) -> Orders {
    Orders {
        user_id: "usr_123".to_owned(),
        order_id: order_id.to_owned(),
        status: Status::Pending,
        created_at: created_at.to_owned(),
        total,
        items_count: 1,
        region: None,
        notes: Some("leave at the door".to_owned()),
        address: Some(Address {
            street: "Av. Larco 1".to_owned(),
            city: "Cusco".to_owned(),
        }),
        items: vec![LineItem {
            sku: "mug".to_owned(),
            qty: 2,
        }],
        history: Vec::new(),
        tags: Set::from(["gift", "new"]),
        expires_at: Some(Ttl::from_now(Ttl::days(30))),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded(); // in production: `DynamoDb::from_env()`

    println!("# create the table with its indexes and its time to live");
    db.create_table::<Orders>().await?;

    println!("# put, only where nothing is yet");
    for (id, date, total) in [
        ("ord_1", "2025-01-15", 250),
        ("ord_2", "2025-02-01", 40),
        ("ord_3", "2025-02-24", 120),
    ] {
        let order = order(id, date, total);
        Orders::put(&order).if_not_exists().execute(&db).await?;
    }

    println!("# get by the full key");
    let found: Option<Orders> = Orders::get(("usr_123", "ord_1")).execute(&db).await?;
    println!("{found:#?}");

    println!("# query an index: key condition, filter, and a projection that gives tuples");
    let query = Orders::by_status()
        .query(Status::Pending)
        .sk(|k| k.ge("2025-01-01"))
        .filter(|o| o.total().ge(100))
        .select(|o| (o.order_id(), o.total()));
    println!("{}", query.explain()?);
    for (order_id, total) in query.execute(&db).await? {
        println!("{order_id}: {total}");
    }

    println!("# query the local index, largest first, into a struct");
    let largest: Option<Summary> = Orders::by_amount()
        .query("usr_123")
        .descending()
        .select_as::<Summary>()
        .first(&db)
        .await?;
    if let Some(Summary { order_id, total }) = largest {
        println!("the largest is {order_id}, {total}");
    }

    println!("# update: all five actions, a condition, and the new item back");
    let update = Orders::update(("usr_123", "ord_1"))
        .set(|o| o.status(), Status::Shipped)
        .set(|o| o.address().city(), "Lima")
        .remove(|o| o.notes())
        .append(|o| o.history(), ["shipped"])
        .add(|o| o.items_count(), 1)
        .delete(|o| o.tags(), ["new"])
        .condition(|o| o.status().eq(Status::Pending));
    println!("{}", update.explain()?.redacted());
    let shipped = update.clone().return_new().execute(&db).await?;
    println!("{:?}, {:?}", shipped.status, shipped.tags);

    println!("# the same again: its condition fails");
    match update.return_old_on_failure().execute(&db).await {
        Err(Error::ConditionFailed(e)) => {
            let current: Option<Orders> = e.item()?;
            println!("{e}; it is {:?}", current.map(|o| o.status));
        }
        other => println!("unexpected: {other:?}"),
    }

    println!("# names known at run time only");
    let cities = Orders::scan()
        .filter(|_| attr("address.city").exists() & attr("items[0].qty").gt(1))
        .count(&db)
        .await?;
    println!("{cities} orders have a city and more than one of their first item");

    Orders::delete(("usr_123", "ord_2")).execute(&db).await?;
    println!(
        "{} orders are left",
        Orders::query("usr_123").count(&db).await?
    );
    Ok(())
}
