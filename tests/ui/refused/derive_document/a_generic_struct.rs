//! A document has no generics: its accessors are made once.

use dkmio::DynamoDocument;

#[derive(DynamoDocument)]
pub struct Address<T> {
    pub city: T,
}

fn main() {}
