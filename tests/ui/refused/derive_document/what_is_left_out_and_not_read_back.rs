//! A document leaves out what an item would, and has to read back without it.

use dkmio::{DynamoDocument, Set};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Ticket {
    #[serde(with = "seconds")]
    pub closed_at: Option<u64>,
    #[serde(deserialize_with = "seconds::deserialize")]
    pub opened_at: std::option::Option<u64>,
    #[serde(deserialize_with = "labels")]
    pub labels: Set<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(rename = "comment", skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing)]
    pub secret: String,
}

mod seconds {
    pub fn serialize<S: serde::Serializer>(at: &Option<u64>, to: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(at, to)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
        serde::Deserialize::deserialize(from)
    }
}

fn labels<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Set<String>, D::Error> {
    Deserialize::deserialize(from)
}

fn main() {}
