//! The partition attribute is a string, a number or binary.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 384, distance = cosine, pk = public)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
    pub public: bool,
}

fn main() {}
