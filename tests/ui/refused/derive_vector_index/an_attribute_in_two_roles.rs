//! An attribute has one role in a vector index.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 384, distance = cosine, pk = tenant, filter(tenant, embedding), project(tenant, id))]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
    pub tenant: String,
}

fn main() {}
