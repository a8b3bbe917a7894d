//! A flattened struct is spread over the item, and is no attribute of it.

use dkmio::{DynamoDocument, DynamoTable};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Audit {
    pub kind: String,
    pub rev: u32,
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "events")]
pub struct Events {
    #[pk]
    pub id: String,
    #[serde(flatten)]
    pub audit: Audit,
}

fn main() {
    let _ = Events::scan().select(|e| e.audit());
}
