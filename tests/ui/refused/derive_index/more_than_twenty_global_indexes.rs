//! A table has at most twenty global indexes.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_0, name = "gsi-0", pk = status)]
#[gsi(by_1, name = "gsi-1", pk = status)]
#[gsi(by_2, name = "gsi-2", pk = status)]
#[gsi(by_3, name = "gsi-3", pk = status)]
#[gsi(by_4, name = "gsi-4", pk = status)]
#[gsi(by_5, name = "gsi-5", pk = status)]
#[gsi(by_6, name = "gsi-6", pk = status)]
#[gsi(by_7, name = "gsi-7", pk = status)]
#[gsi(by_8, name = "gsi-8", pk = status)]
#[gsi(by_9, name = "gsi-9", pk = status)]
#[gsi(by_10, name = "gsi-10", pk = status)]
#[gsi(by_11, name = "gsi-11", pk = status)]
#[gsi(by_12, name = "gsi-12", pk = status)]
#[gsi(by_13, name = "gsi-13", pk = status)]
#[gsi(by_14, name = "gsi-14", pk = status)]
#[gsi(by_15, name = "gsi-15", pk = status)]
#[gsi(by_16, name = "gsi-16", pk = status)]
#[gsi(by_17, name = "gsi-17", pk = status)]
#[gsi(by_18, name = "gsi-18", pk = status)]
#[gsi(by_19, name = "gsi-19", pk = status)]
#[gsi(by_20, name = "gsi-20", pk = status)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
