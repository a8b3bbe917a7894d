//! An attribute has one name, for writing and for reading.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[serde(rename(serialize = "sum", deserialize = "total"))]
    pub total: u64,
}

fn main() {}
