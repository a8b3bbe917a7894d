//! A table has no generics: its accessors are made once.

use dkmio::DynamoTable;

#[derive(DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders<T> {
    #[pk]
    pub id: T,
}

fn main() {}
