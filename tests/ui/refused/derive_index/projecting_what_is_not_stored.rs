//! What an index projects is stored.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, project(cache))]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
    #[serde(skip)]
    pub cache: u64,
}

fn main() {}
