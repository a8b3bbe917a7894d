//! Each index has an accessor of its own.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "gsi-a", pk = status)]
#[gsi(by_status, name = "gsi-b", pk = region)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
    pub region: String,
}

fn main() {}
