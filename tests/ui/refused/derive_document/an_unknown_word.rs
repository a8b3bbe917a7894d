//! A document has no table.

use dkmio::DynamoDocument;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
#[dkmio(table = "addresses")]
pub struct Address {
    pub city: String,
}

fn main() {}
