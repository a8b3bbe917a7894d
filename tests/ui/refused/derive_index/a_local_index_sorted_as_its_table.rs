//! A local index sorts by another attribute than its table.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[lsi(by_n, sk = n)]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    pub n: u64,
}

fn main() {}
