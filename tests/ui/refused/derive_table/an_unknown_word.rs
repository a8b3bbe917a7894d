//! An unknown word gets the nearest valid one, and the list.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(tabel = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
}

fn main() {}
