//! A local index has a sort key of its own.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[lsi(by_total)]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    pub n: u64,
    pub total: u64,
}

fn main() {}
