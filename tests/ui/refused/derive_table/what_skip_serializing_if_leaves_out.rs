//! What `skip_serializing_if` leaves out has to read back without being there.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "posts")]
pub struct Posts {
    #[pk]
    pub id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

fn main() {
    let _ = Posts::get("p_1").select(|p| p.tags());
}
