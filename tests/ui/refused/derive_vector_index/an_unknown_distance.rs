//! An unknown distance gets the list of them.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 384, distance = cosinus)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
}

fn main() {}
