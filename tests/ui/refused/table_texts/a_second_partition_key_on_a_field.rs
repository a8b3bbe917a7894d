//! The field that carries the index is its partition key.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    #[gsi(by_state, pk("GSI1PK") = "STATE#{state}", sk = number)]
    pub state: String,
}

fn main() {}
