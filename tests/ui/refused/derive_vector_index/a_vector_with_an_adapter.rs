//! A vector is written as it is.

use dkmio::{DynamoTable, Vector};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(by_meaning, on = embedding, dimensions = 384, distance = cosine)]
pub struct Docs {
    #[pk]
    pub id: String,
    #[serde(with = "as_text")]
    pub embedding: Vector<384>,
}

mod as_text {
    use dkmio::Vector;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(vector: &Vector<384>, s: S) -> Result<S::Ok, S::Error> {
        vector.serialize(s)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vector<384>, D::Error> {
        Vector::deserialize(d)
    }
}

fn main() {}
