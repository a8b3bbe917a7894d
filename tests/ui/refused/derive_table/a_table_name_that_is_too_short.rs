//! The name of a table has three letters at least.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "ab")]
pub struct Orders {
    #[pk]
    pub id: String,
}

fn main() {}
