//! A document is a struct.

use dkmio::DynamoDocument;

#[derive(DynamoDocument)]
pub enum Address {
    Unknown,
}

fn main() {}
