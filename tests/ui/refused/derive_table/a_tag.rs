//! The tag of a table's struct would be written by a put only.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "things")]
#[serde(tag = "entity")]
pub struct Things {
    #[pk]
    pub id: String,
}

fn main() {
    let _ = Things::get("a");
}
