//! A table has a partition key; uses of the table are no further errors.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    pub id: String,
    pub total: u64,
}

pub fn uses() {
    let _ = Orders::get("ord_456");
    let _ = Orders::scan().filter(|o| o.total().ge(1));
}

fn main() {}
