//! DynamoDB takes 1 to 4096 dimensions.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 5000, distance = cosine)]
#[vector_index(by_nothing, on = embedding, dimensions = 0, distance = cosine)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<5000>,
}

fn main() {}
