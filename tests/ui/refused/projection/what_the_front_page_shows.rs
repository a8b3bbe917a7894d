//! What the README begins with: the index does not project `note`.

use dkmio::{DynamoTable, KeyAttribute};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
enum Status { Pending, Shipped }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "gsi-status-date", pk = status, sk = created_at, project(total))]
struct Orders {
    #[pk]
    user_id: String,
    #[sk]
    order_id: String,
    status: Status,
    created_at: String,
    total: u64,
    note: Option<String>,
}

fn main() {
    Orders::by_status().query(Status::Pending).select(|o| o.note());
}
