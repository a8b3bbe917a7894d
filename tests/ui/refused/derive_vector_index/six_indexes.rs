//! A table has five vector indexes at most.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_one, on = embedding, dimensions = 384, distance = cosine)]
#[vector_index(by_two, on = embedding, dimensions = 384, distance = cosine)]
#[vector_index(by_three, on = embedding, dimensions = 384, distance = cosine)]
#[vector_index(by_four, on = embedding, dimensions = 384, distance = cosine)]
#[vector_index(by_five, on = embedding, dimensions = 384, distance = cosine)]
#[vector_index(by_six, on = embedding, dimensions = 384, distance = cosine)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
}

fn main() {}
