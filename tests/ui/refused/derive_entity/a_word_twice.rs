//! Each word is given once.

use dkmio::{DynamoEntity, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order", kind = "o")]
#[key(pk = "USER#{user_id}", pk = "U#{user_id}", sk = "ORDER#{order_id}")]
pub struct Order {
    pub user_id: String,
    pub order_id: String,
    pub total: u64,
}

fn main() {}
