//! A second table, with a key of one attribute.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "customers")]
pub struct Customers {
    #[pk]
    pub id: String,
    pub name: String,
    pub visits: u64,
}

pub fn user(id: &str) -> Customers {
    Customers {
        id: id.to_owned(),
        name: format!("the name of {id}"),
        visits: 1,
    }
}
