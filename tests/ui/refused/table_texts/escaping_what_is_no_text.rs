//! A key that is a field is stored as it is.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels", escape = refuse)]

pub struct Parcels {
    #[pk]
    pub customer: String,
    #[sk]
    pub number: u32,
}

fn main() {}
