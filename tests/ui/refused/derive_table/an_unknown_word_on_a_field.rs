//! A field has words of its own.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[dkmio(documnet)]
    pub items: Vec<String>,
}

fn main() {}
