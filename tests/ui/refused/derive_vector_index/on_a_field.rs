//! A vector index is declared above the struct.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
pub struct Docs {
    #[pk]
    pub id: String,
    #[vector_index(by_meaning, dimensions = 384, distance = cosine)]
    pub embedding: Vector<384>,
}

fn main() {}
