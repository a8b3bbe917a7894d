//! An entity is one of several in a table, and does not know all of its indexes.
//!
//! It is a constant of generic code that says so: `cargo check` does not know it yet, and `cargo build` does.

use dkmio::{DynamoDb, DynamoEntity, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
struct Shop;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
struct Order {
    user_id: String,
    order_id: String,
}

fn main() {
    let db = DynamoDb::embedded();
    let _ = db.create_table::<Shop>();
    let _ = db.create_table::<Order>();
}
