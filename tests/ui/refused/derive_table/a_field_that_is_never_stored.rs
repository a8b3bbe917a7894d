//! A field that is never stored has to have a value where an item is read.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "users")]
pub struct Users {
    #[pk]
    pub id: String,
    #[serde(skip_serializing)]
    pub password: String,
}

fn main() {}
