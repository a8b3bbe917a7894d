//! The name of a table is not empty.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "")]
pub struct Orders {
    #[pk]
    pub id: String,
}

fn main() {}
