//! The fields that an index names are there.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embeding, dimensions = 384, distance = cosine, pk = tenant, filter(language), project(titel))]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
    pub lang: String,
    pub title: String,
}

fn main() {}
