//! The table.

use chrono::{DateTime, Utc};
use dkmio::{DynamoDocument, DynamoTable, KeyAttribute, Sortable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, KeyAttribute, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum OrderStatus {
    /// Placed, and not shipped yet.
    Pending,
    /// On its way.
    Shipped,
    /// Called off before it was shipped.
    Cancelled,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DynamoDocument, ToSchema)]
pub struct Line {
    /// What is ordered.
    pub sku: String,
    /// How many of it, at least 1.
    pub quantity: u32,
    /// What one costs.
    pub unit_cents: u64,
}

/// An order. Its id is the client's idempotency key: a request that is sent again makes no second order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, DynamoTable, ToSchema)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "orders-by-status", pk = status, sk = placed_at)]
pub struct Orders {
    /// The client's idempotency key.
    #[pk]
    pub id: String,
    /// Who orders.
    pub customer: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    pub placed_at: Sortable<DateTime<Utc>>,
    /// What is ordered.
    pub lines: Vec<Line>,
    /// What all of it costs.
    pub total_cents: u64,
}
