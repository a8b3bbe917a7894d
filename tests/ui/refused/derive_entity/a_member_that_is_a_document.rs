//! A document has no text.

use dkmio::{DynamoDocument, DynamoEntity, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
pub struct OrderId {
    pub number: u64,
}

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
pub struct Order {
    pub user_id: String,
    #[dkmio(document)]
    pub order_id: OrderId,
}

fn main() {}
