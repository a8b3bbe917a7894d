//! A table has one key.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
#[key(pk = customer)]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
}

fn main() {}
