//! An update that sets the time would have to know the other members.

use dkmio::{DynamoEntity, EpochSeconds, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
pub struct Shop;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
#[gsi(by_change, of = gsi1, pk = "USER#{user_id}", sk = "{updated_at}#{order_id}")]
pub struct Order {
    pub user_id: String,
    pub order_id: String,
    #[updated_at]
    pub updated_at: Option<EpochSeconds>,
}

fn main() {}
