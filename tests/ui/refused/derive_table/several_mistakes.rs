//! All mistakes of a struct are reported at once, each on its own token.

use dkmio::{DynamoTable, Ttl};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(get, pk = nope)]
pub struct Orders {
    #[pk]
    pub id: Option<String>,
    #[pk]
    pub other: String,
    #[ttl]
    #[serde(skip)]
    pub expires_at: Option<Ttl>,
}

fn main() {}
