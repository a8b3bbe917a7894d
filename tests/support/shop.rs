//! The shop of the guide: users, orders and addresses in one table.

use chrono::NaiveDate;
use dkmio::{DynamoEntity, KeyAttribute, SharedTable};
use serde::{Deserialize, Serialize};

/// The table.
#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[gsi(gsi2, name = "GSI2", pk = "GSI2PK", sk = "GSI2SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, KeyAttribute,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum OrderStatus {
    Pending,
    Shipped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "user")]
#[key(pk = "USER#{user_id}", sk = "PROFILE")]
pub struct User {
    pub user_id: String,
    pub email: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{placed_at}#{order_id}")]
#[gsi(by_status, of = gsi1, pk = "ORDERS#{status}", sk = "{placed_at}#{order_id}")]
#[gsi(by_courier, of = gsi2, pk = "COURIER#{courier}", sk = "{priority:03}#{placed_at}")]
#[lsi(by_total, of = lsi1, sk = "TOTAL#{total:012}")]
pub struct Order {
    pub user_id: String,
    pub placed_at: NaiveDate,
    pub order_id: String,
    pub status: OrderStatus,
    pub total: u64,
    pub priority: u16,
    pub courier: Option<String>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "address")]
#[key(pk = "USER#{user_id}", sk = "ADDRESS#{label}")]
pub struct HomeAddress {
    pub user_id: String,
    pub label: String,
    pub city: String,
}

/// Returns the user `usr_1`.
pub fn user() -> User {
    User {
        user_id: "usr_1".to_owned(),
        email: "ana@example.com".to_owned(),
        name: "Ana".to_owned(),
    }
}

/// Returns a date in the year 2025.
pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, month, day).unwrap()
}

/// Returns an order of `usr_1`.
pub fn order(placed_at: NaiveDate, id: &str) -> Order {
    Order {
        user_id: "usr_1".to_owned(),
        placed_at,
        order_id: id.to_owned(),
        status: OrderStatus::Pending,
        total: 250,
        priority: 7,
        courier: None,
        note: None,
    }
}

/// Returns an address of `usr_1`.
pub fn address(label: &str) -> HomeAddress {
    HomeAddress {
        user_id: "usr_1".to_owned(),
        label: label.to_owned(),
        city: "Lima".to_owned(),
    }
}
