//! A key never changes, so it is no time to live.

use dkmio::{DynamoTable, Ttl};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    #[ttl]
    pub id: Ttl,
}

fn main() {}
