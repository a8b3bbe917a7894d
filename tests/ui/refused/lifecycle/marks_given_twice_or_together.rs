//! One version, one time of each.

use dkmio::{DynamoTable, EpochSeconds, Version};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[version]
    pub version: Version,
    #[version]
    pub revision: Version,
    #[created_at]
    #[updated_at]
    pub at: Option<EpochSeconds>,
    #[version = 3]
    pub third: Version,
}

fn main() {}
