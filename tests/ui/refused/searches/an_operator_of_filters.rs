//! A search compares for equality only.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(
    by_meaning, on = embedding, dimensions = 3, distance = cosine,
    pk = tenant, filter(lang), project(title)
)]
#[vector_index(by_product, on = embedding, dimensions = 3, distance = dot_product)]
pub struct Docs {
    #[pk]
    pub id: String,
    pub tenant: String,
    pub lang: String,
    pub title: String,
    pub text: String,
    pub embedding: Vector<3>,
}

fn main() {
    let vector = Vector::from([1.0, 2.0, 3.0]);
    let search = Docs::by_meaning().search(&vector).within("acme");
    let _ = search.clone().filter(|d| d.lang().ge("en")).explain();
    let _ = search.filter(|d| d.lang().exists()).explain();
}
