//! The key of an index is one attribute.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_rest, pk = rest)]
pub struct Orders {
    #[pk]
    pub id: String,
    #[serde(flatten)]
    pub rest: HashMap<String, String>,
}

fn main() {}
