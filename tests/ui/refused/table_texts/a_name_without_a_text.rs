//! The parentheses name the attribute, and the text follows.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK"), sk("SK") = "PARCEL#{number}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
}

fn main() {}
