//! Each field has an attribute of its own.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    pub total: u64,
    #[serde(rename = "total")]
    pub sum: u64,
}

fn main() {}
