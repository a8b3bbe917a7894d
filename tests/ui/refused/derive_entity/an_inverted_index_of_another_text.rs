//! One attribute has one text.

use dkmio::{DynamoEntity, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "SK", sk = "PK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
#[gsi(by_order, of = gsi1, pk = "O#{order_id}", sk = "USER#{user_id}")]
pub struct Order {
    pub user_id: String,
    pub order_id: String,
    pub total: u64,
}

fn main() {}
