//! On a field, the field is the sort key.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    pub n: u64,
    #[lsi(by_total, sk = count)]
    pub total: u64,
    pub count: u64,
}

fn main() {}
