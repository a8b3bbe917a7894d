//! The verbs keep their names.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(get, name = "gsi-status", pk = status)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
