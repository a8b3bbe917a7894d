//! An item has its keys besides its fields.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[serde(deny_unknown_fields)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
}

fn main() {}
