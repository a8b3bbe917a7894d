//! The name of an index has three letters at least.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "x", pk = status)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
