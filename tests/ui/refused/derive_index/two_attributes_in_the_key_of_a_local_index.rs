//! The sort key of a local index is one attribute.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[lsi(by_total, sk = (total, count))]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    pub n: u64,
    pub total: u64,
    pub count: u64,
}

fn main() {}
