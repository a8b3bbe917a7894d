//! To project nothing but the keys has a word of its own.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, project())]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
