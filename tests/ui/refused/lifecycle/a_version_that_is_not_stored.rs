//! A version has to be stored to be checked.

use dkmio::{DynamoTable, Version};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[version]
    #[serde(skip)]
    pub version: Version,
}

fn main() {}
