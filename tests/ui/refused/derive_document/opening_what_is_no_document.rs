//! `#[dkmio(document)]` opens a struct that derives `DynamoDocument`.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[dkmio(document)]
    pub tags: Vec<String>,
}

fn main() {}
