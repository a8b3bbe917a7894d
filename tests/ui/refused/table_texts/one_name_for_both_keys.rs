//! Partition key and sort key are two attributes.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("PK") = "CUSTOMER#{customer}")]
#[gsi(by_state, pk("GSI1PK") = "{state}", sk("GSI1PK") = "{state}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    pub state: String,
    pub weight: u64,
    pub courier: Option<String>,
}

fn main() {}
