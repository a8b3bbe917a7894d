//! A struct with named fields is a map, and a map is no key.

use dkmio::KeyAttribute;
use serde::Serialize;

#[derive(Serialize, KeyAttribute)]
pub struct OrderId {
    pub number: u64,
}

fn main() {}
