//! A global index has a partition key.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, sk = status)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
