//! An attribute of a document has one name too.

use dkmio::DynamoDocument;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Address {
    #[serde(alias = "postcode")]
    pub zip: String,
}

fn main() {}
