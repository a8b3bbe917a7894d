//! A local index sorts a partition in another way.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}")]
#[lsi(by_number, sk("LSI1SK") = "PARCEL#{number}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
}

fn main() {}
