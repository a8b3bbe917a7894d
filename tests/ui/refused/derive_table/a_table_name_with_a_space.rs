//! The name of a table has letters that DynamoDB takes.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "my orders")]
pub struct Orders {
    #[pk]
    pub id: String,
}

fn main() {}
