//! DynamoDB reads the time to live from one attribute.

use dkmio::{DynamoTable, Ttl};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[ttl]
    pub a: Option<Ttl>,
    #[ttl]
    pub b: Option<Ttl>,
}

fn main() {}
