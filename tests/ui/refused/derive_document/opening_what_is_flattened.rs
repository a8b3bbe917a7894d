//! A flattened struct is spread over the item, and no document in it.

use dkmio::{DynamoDocument, DynamoTable};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Address {
    pub city: String,
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[serde(flatten)]
    #[dkmio(document)]
    pub address: Address,
}

fn main() {}
