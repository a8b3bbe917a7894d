//! A table is a struct.

use dkmio::DynamoTable;

#[derive(DynamoTable)]
pub enum Orders {
    Open,
}

fn main() {}
