//! A table has a name, and it is not guessed from the struct's.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
pub struct Orders {
    #[pk]
    pub id: String,
}

fn main() {}
