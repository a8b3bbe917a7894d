//! A nested attribute has a name as well.

use dkmio::DynamoDocument;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
#[serde(rename_all = "PascalCase")]
pub struct Address {
    #[serde(rename = "")]
    pub city: String,
    pub __: String,
}

fn main() {}
