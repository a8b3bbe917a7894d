//! All that a model can say and most that its calls can, on one screen.
#![allow(dead_code, unused_variables, reason = "nothing is sent")]

use dkmio::{DynamoDb, DynamoTable, Ttl};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "gsi-status-date", pk = status, sk = created_at, project(total, items_count))]
#[gsi(by_date, name = "gsi-date", pk = user_id, sk = created_at)]           // projects everything
#[gsi(by_region, name = "gsi-region", pk = region, project = keys_only)]
#[lsi(by_amount, name = "lsi-amount", sk = total)]                          // pk comes from the table
pub struct Orders {
    #[pk]
    pub user_id: String,
    #[sk]
    pub order_id: String,
    pub status: Status,
    pub created_at: String,
    pub total: u64,
    pub items_count: u32,
    pub region: Option<String>,        // None = absent on the wire: a sparse index just works
    pub description: Option<String>,
    #[dkmio(document)]
    pub address: Option<Address>,      // Address derives Serialize, Deserialize, DynamoDocument
    #[dkmio(document)]
    pub items: Vec<LineItem>,
    pub tags: dkmio::Set<String>,
    #[ttl]
    pub expires_at: Option<Ttl>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, dkmio::KeyAttribute)]
pub enum Status {
    Draft,
    Pending,
    Shipped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, dkmio::DynamoDocument)]
pub struct Address {
    pub city: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, dkmio::DynamoDocument)]
pub struct LineItem {
    pub sku: String,
}

async fn statements(item: LineItem) -> Result<(), dkmio::Error> {
    let db = DynamoDb::from_env();                                   // lazy: no I/O until the first call

    let order: Option<Orders> = Orders::get(("usr_123", "ord_456")).execute(&db).await?;

    let page = Orders::by_status()
        .query(Status::Pending)                                      // the index's partition key, typed
        .sk(|k| k.ge("2025-01-01"))                                  // its sort key, typed; once
        .filter(|o| o.total().ge(100))                               // only what the index projects
        .select(|o| (o.user_id(), o.total()))                        // -> (String, u64)
        .execute(&db)
        .await?;
    let _: dkmio::Page<(String, u64)> = page;

    Orders::update(("usr_123", "ord_789"))
        .set(|o| o.status(), Status::Shipped)
        .set(|o| o.address().city(), "Lima")
        .append(|o| o.items(), [item])
        .add(|o| o.tags(), ["urgent"])
        .remove(|o| o.description())
        .condition(|o| o.status().eq(Status::Pending) | o.status().eq(Status::Draft))
        .return_new()                                                // changes the result type to Orders
        .execute(&db)
        .await?;
    Ok(())
}

fn main() {
    dkmio_tests::schemas::is_accepted::<Orders>();
    let _ = statements;
}
