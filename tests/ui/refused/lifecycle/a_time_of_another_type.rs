//! Text is no moment in time.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    #[created_at]
    pub created_at: Option<String>,
    #[updated_at]
    pub updated_at: u64,
}

fn main() {}
