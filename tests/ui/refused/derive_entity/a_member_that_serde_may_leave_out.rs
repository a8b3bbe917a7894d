//! A member that is not written cannot be checked.

use dkmio::{DynamoEntity, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
#[gsi(by_note, of = gsi1, pk = "NOTE#{note}", sk = "{order_id}")]
pub struct Order {
    pub user_id: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub order_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

fn main() {}
