//! An entity is of a shared table.

use dkmio::{DynamoEntity};
use serde::{Deserialize, Serialize};


pub struct Other;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Other, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
pub struct Order {
    pub user_id: String,
    pub order_id: String,
    pub total: u64,
}

fn main() {}
