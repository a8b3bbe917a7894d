//! A local index has the partition key of its table.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "PARCEL#{number}")]
#[lsi(by_state, pk("LSI1PK") = "{state}", sk("LSI1SK") = "{weight}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    pub state: String,
    pub weight: u64,
    pub courier: Option<String>,
}

fn main() {}
