//! A version is a `Version`, which starts at 0 and reads where it is absent.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[version]
    pub version: u64,
}

fn main() {}
