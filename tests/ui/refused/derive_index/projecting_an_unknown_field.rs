//! What an index projects is a field of the struct.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, project(totl))]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
    pub total: u64,
}

fn main() {}
