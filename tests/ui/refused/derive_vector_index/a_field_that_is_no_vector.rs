//! A list of floats has no length that could be checked.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 384, distance = cosine)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vec<f32>,
}

fn main() {}
