//! The derive of a table does not see what is in a flattened struct, and an index has to know its keys.

use dkmio::{DynamoDocument, DynamoTable};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Audit {
    pub kind: String,
    pub rev: u32,
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "events")]
#[gsi(by_kind, pk = kind)]
pub struct Events {
    #[pk]
    pub id: String,
    #[serde(flatten)]
    pub audit: Audit,
}

fn main() {}
