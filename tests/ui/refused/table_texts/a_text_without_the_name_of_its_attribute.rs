//! A text is stored in an attribute of its own.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk = "CUSTOMER#{customer}", sk = "PARCEL#{number}")]
#[gsi(by_state, pk = "STATE#{state}", sk = number)]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    pub state: String,
    pub weight: u64,
    pub courier: Option<String>,
}

fn main() {}
