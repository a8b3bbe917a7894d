//! What is stored and not read is an unknown field: refused by `deny_unknown_fields`, and read into a flattened map.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "users")]
#[serde(deny_unknown_fields)]
pub struct Users {
    #[pk]
    pub id: String,
    #[serde(skip_deserializing)]
    pub computed: String,
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
pub struct Docs {
    #[pk]
    pub id: String,
    #[serde(skip_deserializing)]
    pub computed: String,
    #[serde(flatten)]
    pub rest: HashMap<String, String>,
}

fn main() {}
