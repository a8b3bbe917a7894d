//! An attribute has a name.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
}

fn main() {}
