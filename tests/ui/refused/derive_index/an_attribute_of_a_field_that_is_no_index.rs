//! A `#[gsi]` on a field has an accessor, too.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[gsi]
    pub status: String,
}

fn main() {}
