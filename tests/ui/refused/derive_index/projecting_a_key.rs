//! Keys are always projected.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, project(id))]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
