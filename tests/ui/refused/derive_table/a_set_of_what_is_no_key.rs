//! The elements of a set are strings, numbers or binary, as keys are.

use dkmio::{DynamoTable, Set};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    pub flags: Set<bool>,
}

fn main() {}
