//! The name of a struct is proposed for the table only if DynamoDB takes it.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
pub struct Ox {
    #[pk]
    pub id: String,
}

fn main() {}
