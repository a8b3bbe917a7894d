//! The time to live is a `Ttl`: DynamoDB ignores anything but epoch seconds, in silence.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[ttl]
    pub expires_at: String,
}

fn main() {}
