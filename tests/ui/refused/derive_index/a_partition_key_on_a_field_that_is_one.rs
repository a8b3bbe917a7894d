//! On a field, the field is the partition key.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[gsi(by_status, pk = id)]
    pub status: String,
}

fn main() {}
