//! A key never changes, and a version does.

use dkmio::{DynamoTable, Version};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    #[version]
    pub version: Version,
}

fn main() {}
