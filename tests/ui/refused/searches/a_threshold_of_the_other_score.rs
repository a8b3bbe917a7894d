//! Scores of two directions do not compare.

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
    let _ = async |db: dkmio::DynamoDb| {
        let found = Docs::by_product().search(&vector).execute(&db).await.unwrap();
        let far: dkmio::Distance = found[0].score;
        drop(far);
    };
}
