//! A key is declared once.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
pub struct Parcels {
    #[pk]
    pub customer: String,
    #[sk]
    pub number: u32,
}

fn main() {}
