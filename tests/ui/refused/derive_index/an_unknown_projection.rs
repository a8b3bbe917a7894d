//! An index projects `all`, `keys_only` or the fields named.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, project = keysonly)]
pub struct Orders {
    #[pk]
    pub id: String,
    pub status: String,
}

fn main() {}
