//! An attribute is a field or a text.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("number") = "PARCEL#{number}")]
#[gsi(by_state, pk("Status") = "STATE#{state}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    #[serde(rename = "Status")]
    pub state: String,
}

fn main() {}
