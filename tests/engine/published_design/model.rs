//! The entities of the design, fitted to the items that are there.

use chrono::NaiveDate;
use dkmio::{DynamoEntities, DynamoEntity, Item, KeyAttribute, SharedTable};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One table, whose indexes hold several kinds each: the inverted one has the table's own keys the other way round.
#[derive(SharedTable)]
#[dkmio(table = "ecommerce")]
#[keys(pk = "PK", sk = "SK", kind = "Type", adopt, escape = refuse)]
#[gsi(inverted, name = "InvertedIndex", pk = "SK", sk = "PK")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[gsi(open_orders, name = "OpenOrders", pk = "OpenOrderId")]
pub(super) struct Ecommerce;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[serde(rename_all = "PascalCase")]
#[entity(of = Ecommerce, kind = "User")]
#[key(pk = "USER#{username}", sk = "#PROFILE#{username}")]
pub(super) struct User {
    pub username: String,
    pub full_name: String,
    pub email: String,
    /// By their labels, within the user's item.
    pub addresses: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyAttribute)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum OrderStatus {
    Placed,
    Shipped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[serde(rename_all = "PascalCase")]
#[entity(of = Ecommerce, kind = "Order", was("PurchaseOrder"))]
#[key(pk = "USER#{username}", sk = "ORDER#{order_id}")]
#[gsi(by_id, of = inverted, pk = "ORDER#{order_id}", sk = "USER#{username}")]
#[gsi(by_status, of = gsi1, pk = "STATUS#{status}", sk = "{placed_on}#{order_id}")]
#[gsi(open, of = open_orders, pk = open_order_id)]
pub(super) struct Order {
    pub username: String,
    pub order_id: String,
    pub status: OrderStatus,
    pub placed_on: NaiveDate,
    pub total: u64,
    /// The order's id until it is shipped: the index of open orders has only the items with this attribute.
    pub open_order_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[serde(rename_all = "PascalCase")]
#[entity(of = Ecommerce, kind = "OrderItem")]
#[key(pk = "ITEM#{item_id}", sk = "ORDER#{order_id}")]
#[gsi(by_order, of = inverted, pk = "ORDER#{order_id}", sk = "ITEM#{item_id}")]
#[gsi(by_product, of = gsi1, pk = "PRODUCT#{product_id}", sk = "SOLD#{sold_on}#{order_id}")]
pub(super) struct Line {
    pub order_id: String,
    pub item_id: String,
    pub product_id: String,
    pub sold_on: NaiveDate,
    pub quantity: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[serde(rename_all = "PascalCase")]
#[entity(of = Ecommerce, kind = "Product")]
#[key(pk = "PRODUCT#{product_id}", sk = "METADATA#{product_id}")]
#[gsi(by_price, of = gsi1, pk = "CATEGORY#{category}", sk = "PRICE#{price:08}")]
pub(super) struct Product {
    pub product_id: String,
    pub name: String,
    pub category: String,
    pub price: u32,
    pub stock: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[serde(rename_all = "PascalCase")]
#[entity(of = Ecommerce, kind = "Review")]
#[key(pk = "PRODUCT#{product_id}", sk = "REVIEW#{review_id:raw}")]
#[gsi(by_author, of = gsi1, pk = "USER#{username}", sk = "REVIEW#{written_at}")]
pub(super) struct Review {
    pub product_id: String,
    pub review_id: u32,
    pub username: String,
    /// In ISO 8601.
    pub written_at: String,
    pub stars: u8,
    pub text: Option<String>,
}

/// A user with their orders.
#[derive(Debug, PartialEq, DynamoEntities)]
#[entities(of = Ecommerce, collection)]
pub(super) enum Account {
    User(User),
    Order(Order),
    #[entities(other)]
    Other(Item),
}

/// A product with its reviews.
#[derive(Debug, PartialEq, DynamoEntities)]
#[entities(of = Ecommerce, collection, skip_unknown)]
pub(super) enum ProductPage {
    Product(Product),
    Review(Review),
}
