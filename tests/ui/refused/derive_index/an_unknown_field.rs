//! The key of an index is a field of the struct.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = statsu)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
