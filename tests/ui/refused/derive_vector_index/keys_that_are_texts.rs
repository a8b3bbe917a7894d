//! A table whose keys are texts has no vector indexes.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[key(pk("PK") = "DOC#{id}")]
#[vector_index(by_meaning, on = embedding, dimensions = 3, distance = cosine)]
pub struct Docs {
    pub id: String,
    pub embedding: Vector<3>,
}

fn main() {}
