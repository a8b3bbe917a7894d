//! A document has no keys: the table's are in the item itself.

use dkmio::DynamoDocument;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Address {
    #[pk]
    pub city: String,
}

fn main() {}
