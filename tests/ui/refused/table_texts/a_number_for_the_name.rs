//! The name of an attribute is a string.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk(1) = "CUSTOMER#{customer}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
}

fn main() {}
