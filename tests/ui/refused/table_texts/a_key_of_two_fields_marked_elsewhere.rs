//! A field is named above the struct, and another one is marked.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk = customer, sk("SK") = "PARCEL#{number}")]
pub struct Parcels {
    pub customer: String,
    #[pk]
    pub number: u32,
}

fn main() {}
