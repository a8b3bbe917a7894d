//! A key never changes.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "{expires_at}")]
pub struct Parcels {
    pub customer: String,
    #[ttl]
    pub expires_at: u64,
}

fn main() {}
