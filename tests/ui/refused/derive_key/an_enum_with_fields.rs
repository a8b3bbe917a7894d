//! An enum is a key if its variants hold nothing.

use dkmio::KeyAttribute;
use serde::Serialize;

#[derive(Serialize, KeyAttribute)]
pub enum Status {
    Draft,
    Shipped(u64),
}

fn main() {}
