//! An entry of a map is named by a key of the map's type, or as it is in DynamoDB.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "games")]
pub struct Games {
    #[pk]
    pub id: String,
    pub moves: BTreeMap<u64, String>,
}

fn main() {
    let _ = Games::get("g_1").select(|g| g.moves().entry(Some(1)));
}
