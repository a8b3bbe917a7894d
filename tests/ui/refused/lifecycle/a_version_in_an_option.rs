//! An absent version reads as 0.

use dkmio::{DynamoTable, Version};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[version]
    pub version: Option<Version>,
}

fn main() {}
