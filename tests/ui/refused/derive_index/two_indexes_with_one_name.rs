//! Each index has a name of its own.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "gsi-a", pk = status)]
#[gsi(by_region, name = "gsi-a", pk = region)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
    pub region: String,
}

fn main() {}
