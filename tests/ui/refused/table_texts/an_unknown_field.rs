//! A member is a field of the struct.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{custmer}", sk("SK") = "PARCEL#{number}")]
#[lsi(by_weight, sk("LSI1SK") = "{wait}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    pub state: String,
    pub weight: u64,
    pub courier: Option<String>,
}

fn main() {}
