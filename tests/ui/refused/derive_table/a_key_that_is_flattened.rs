//! A key is one attribute.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    #[serde(flatten)]
    pub rest: HashMap<String, String>,
}

fn main() {}
