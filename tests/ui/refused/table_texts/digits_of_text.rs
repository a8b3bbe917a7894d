//! Digits are for integers.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer:08}", sk("SK") = "PARCEL#{number:lower}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
}

fn main() {}
