//! The length of the field and the dimensions of the index agree.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 768, distance = cosine)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
}

fn main() {}
