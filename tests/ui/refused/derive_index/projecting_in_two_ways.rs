//! An index says once what it projects.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, project = all, project(total))]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
    pub total: u64,
}

fn main() {}
