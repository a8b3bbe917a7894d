//! Text of any length sorts where `#` or the like ends it, and not where a letter does.

use dkmio::{DynamoEntity, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
pub struct Shop;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "address")]
#[key(pk = "USER#{user_id}", sk = "ADDRESS#{label}|{city}")]
pub struct Address {
    pub user_id: String,
    pub label: String,
    pub city: String,
}

fn main() {
    let _ = Address::query("usr_1").sk(|k| k.label().ge("home"));
}
