//! An attribute is in a key once.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, sk = status)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
