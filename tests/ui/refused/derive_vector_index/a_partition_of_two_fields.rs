//! The partition attribute is one.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 384, distance = cosine, pk = (tenant, lang))]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
    pub tenant: String,
    pub lang: String,
}

fn main() {}
