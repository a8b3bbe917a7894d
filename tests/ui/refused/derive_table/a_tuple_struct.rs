//! A table is a struct with named fields.

use dkmio::DynamoTable;

#[derive(DynamoTable)]
pub struct Orders(String);

fn main() {}
