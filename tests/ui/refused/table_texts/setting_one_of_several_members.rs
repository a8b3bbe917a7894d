//! The keys of an index are written together.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
#[gsi(by_courier, pk("GSI1PK") = "COURIER#{courier}", sk("GSI1SK") = "{weight}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    pub state: String,
    pub weight: u64,
    pub courier: Option<String>,
}

fn main() {
    Parcels::update(("c1", 1)).set(|p| p.courier(), "dhl");
}
