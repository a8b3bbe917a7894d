//! The fields of a table are its attributes, whatever else serde could store.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[serde(from = "String", into = "String")]
pub struct Orders {
    #[pk]
    pub id: String,
}

impl From<String> for Orders {
    fn from(id: String) -> Self {
        Self { id }
    }
}

impl From<Orders> for String {
    fn from(orders: Orders) -> Self {
        orders.id
    }
}

impl Clone for Orders {
    fn clone(&self) -> Self {
        Self {
            id: self.id.clone(),
        }
    }
}

fn main() {}
