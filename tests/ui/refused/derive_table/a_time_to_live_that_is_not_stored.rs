//! The time to live is stored.

use dkmio::{DynamoTable, Ttl};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[ttl]
    #[serde(skip)]
    pub expires_at: Option<Ttl>,
}

fn main() {}
