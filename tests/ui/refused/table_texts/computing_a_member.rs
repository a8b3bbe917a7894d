//! DynamoDB makes no text of a number.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
#[lsi(by_weight, sk("LSI1SK") = "{weight}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    pub state: String,
    pub weight: u64,
    pub courier: Option<String>,
}

fn main() {
    Parcels::update(("c1", 1)).add(|p| p.weight(), 2);
}
