//! A part of an index key has four attributes at most.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_all, pk = (a, b, c, d, e))]
pub struct Orders {
    #[pk]
    pub id: String,
    pub a: u64,
    pub b: u64,
    pub c: u64,
    pub d: u64,
    pub e: u64,
}

fn main() {}
