//! An attribute has one text.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
#[gsi(by_state, pk("GSI1PK") = "STATE#{state}", sk("SK") = "{number}")]
#[gsi(by_courier, pk("GSI1PK") = "COURIER#{courier}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    pub state: String,
    pub weight: u64,
    pub courier: Option<String>,
}

fn main() {}
