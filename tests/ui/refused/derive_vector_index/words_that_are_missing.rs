//! A vector index needs a field, a length and a distance; each that is missing is named.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
}

fn main() {}
