//! The orders of most tests, with each kind of index.

use dkmio::{DynamoDocument, DynamoTable, KeyAttribute, Set, Ttl};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Draft,
    Pending,
    Shipped,
    Cancelled,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "gsi-status-date", pk = status, sk = created_at, project(total, items_count))]
#[gsi(by_date, name = "gsi-date", pk = user_id, sk = created_at)]
#[gsi(by_region, name = "gsi-region", pk = region, project = keys_only)]
#[lsi(by_amount, name = "lsi-amount", sk = total)]
pub struct Orders {
    #[pk]
    pub user_id: String,
    #[sk]
    pub order_id: String,
    pub status: Status,
    pub created_at: String,
    pub total: u64,
    pub items_count: u32,
    pub region: Option<String>,
    pub description: Option<String>,
    #[dkmio(document)]
    pub address: Option<Address>,
    #[dkmio(document)]
    pub items: Vec<LineItem>,
    pub tags: Set<String>,
    #[ttl]
    pub expires_at: Option<Ttl>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub zip: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
pub struct LineItem {
    pub sku: String,
    pub qty: u32,
}

/// An order with what every order has, and nothing optional.
pub fn order(user_id: &str, order_id: &str) -> Orders {
    Orders {
        user_id: user_id.to_owned(),
        order_id: order_id.to_owned(),
        status: Status::Pending,
        created_at: "2025-02-03".to_owned(),
        total: 100,
        items_count: 0,
        region: None,
        description: None,
        address: None,
        items: Vec::new(),
        tags: Set::new(),
        expires_at: None,
    }
}
