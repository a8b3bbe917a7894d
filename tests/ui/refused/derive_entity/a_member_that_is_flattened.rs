//! A flattened field has no attribute of its own, and so no text.

use dkmio::{DynamoEntity, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

#[derive(Serialize, Deserialize)]
pub struct User {
    pub name: String,
}

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
pub struct Order {
    #[serde(flatten)]
    pub user_id: User,
    pub order_id: String,
}

fn main() {}
