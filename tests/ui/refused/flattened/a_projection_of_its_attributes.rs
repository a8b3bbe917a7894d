//! A projection names the attributes of the table's own fields.

use dkmio::{DynamoDocument, DynamoTable, Projection};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Audit {
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

#[derive(Deserialize, Projection)]
#[projection(of = Events)]
pub struct Revision {
    pub rev: Option<u32>,
}

fn main() {
    let _ = Events::scan().select_as::<Revision>();
}
