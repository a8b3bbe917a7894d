//! All mistakes of an entity are reported at once, each on its own token.

use dkmio::{DynamoEntity, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "dkmio:order")]
#[key(pk = "USER#{usr_id}", sk = "ORDER#{order_id}{total}")]
#[gsi(get, of = gsi1, pk = "%", sk = "{total:x}")]
pub struct Order {
    pub user_id: String,
    pub order_id: Option<String>,
    pub total: u64,
}

fn main() {}
