//! A table derives serde's traits, which read and write its items.

use dkmio::DynamoTable;

#[derive(DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
}

fn main() {}
