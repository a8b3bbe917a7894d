//! A vector index has no sort key.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 384, distance = cosine, sk = year)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
    pub year: u16,
}

fn main() {}
