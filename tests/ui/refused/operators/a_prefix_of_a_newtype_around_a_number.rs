//! A newtype around a number has no prefixes, as the number has none.

use dkmio::{DynamoTable, KeyAttribute};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, KeyAttribute)]
pub struct Rank(u64);

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "players")]
pub struct Players {
    #[pk]
    pub id: String,
    pub rank: Rank,
}

fn main() {
    let _ = Players::scan().filter(|p| p.rank().begins_with("1"));
}
