//! A projected field is named once.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, project(total, total))]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
    pub total: u64,
}

fn main() {}
