//! A member is text or an integer, and stored as it is.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "{address}#{score}")]
pub struct Parcels {
    pub customer: String,
    #[dkmio(document)]
    pub address: Address,
    #[serde(skip)]
    pub score: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, dkmio::DynamoDocument)]
pub struct Address {
    city: String,
}

fn main() {}
