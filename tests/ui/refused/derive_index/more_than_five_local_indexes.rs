//! A table has at most five local indexes.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[lsi(by_0, name = "lsi-0", sk = total)]
#[lsi(by_1, name = "lsi-1", sk = total)]
#[lsi(by_2, name = "lsi-2", sk = total)]
#[lsi(by_3, name = "lsi-3", sk = total)]
#[lsi(by_4, name = "lsi-4", sk = total)]
#[lsi(by_5, name = "lsi-5", sk = total)]
pub struct Orders {
    #[pk]
    pub id: String,
    #[sk]
    pub n: u64,
    pub total: u64,
}

fn main() {}
