//! A projection reads what the table leaves out, and so needs what the table's struct does.

use dkmio::{DynamoTable, Projection};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "tickets")]
pub struct Tickets {
    #[pk]
    pub id: String,
    #[serde(default, with = "seconds")]
    pub closed_at: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

#[derive(Serialize, Deserialize, Projection)]
#[projection(of = Tickets)]
pub struct Closed {
    #[serde(with = "seconds")]
    pub closed_at: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

mod seconds {
    pub fn serialize<S: serde::Serializer>(at: &Option<u64>, to: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(at, to)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
        serde::Deserialize::deserialize(from)
    }
}

fn main() {
    let _ = Tickets::query("t_1").select_as::<Closed>();
}
