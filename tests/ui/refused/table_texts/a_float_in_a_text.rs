//! A float has no text that sorts.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "SCORE#{score}")]
pub struct Parcels {
    pub customer: String,
    pub score: f64,
}

fn main() {}
