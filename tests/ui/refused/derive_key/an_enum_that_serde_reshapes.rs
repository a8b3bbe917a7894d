//! A key is stored in the form that the derive knows of.

use dkmio::KeyAttribute;
use serde::Serialize;

#[derive(Serialize, KeyAttribute)]
#[serde(untagged)]
pub enum Status {
    Draft,
}

fn main() {}
