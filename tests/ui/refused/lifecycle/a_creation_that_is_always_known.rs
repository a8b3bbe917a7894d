//! Until the first put nobody knows when an item was made.

use dkmio::{DynamoTable, EpochSeconds};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[created_at]
    pub created_at: EpochSeconds,
}

fn main() {}
