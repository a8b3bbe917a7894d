//! A local index has the table's partition key.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[lsi(by_total, pk = id, sk = total)]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    pub n: u64,
    pub total: u64,
}

fn main() {}
