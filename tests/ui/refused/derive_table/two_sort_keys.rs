//! A table's sort key is one attribute.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    pub n: u64,
    #[sk]
    pub m: u64,
}

fn main() {}
