//! Accessors and names of vector indexes are not those of other indexes.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[gsi(by_lang, pk = lang)]
#[vector_index(by_lang, on = embedding, dimensions = 384, distance = cosine)]
#[vector_index(search_all, name = "by-lang", on = embedding, dimensions = 384, distance = cosine)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub embedding: Vector<384>,
    pub lang: String,
}

fn main() {}
