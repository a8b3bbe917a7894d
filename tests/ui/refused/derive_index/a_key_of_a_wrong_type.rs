//! The key of an index is a string, a number or binary; that it may be absent changes nothing.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_paid, pk = paid)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub paid: Option<bool>,
}

fn main() {}
