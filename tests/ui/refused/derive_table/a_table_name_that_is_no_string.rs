//! The name of a table is a string.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = 5)]
pub struct Orders {
    #[pk]
    pub id: String,
}

fn main() {}
