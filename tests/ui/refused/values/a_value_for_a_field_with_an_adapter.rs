//! The message names the field and its type, also where `#[serde(with)]` writes it.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};
use std::time::SystemTime;

mod epoch {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    pub fn serialize<S: serde::Serializer>(at: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(at.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<SystemTime, D::Error> {
        <u64 as serde::Deserialize>::deserialize(from).map(|n| UNIX_EPOCH + Duration::from_secs(n))
    }
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "visits")]
pub struct Visits {
    #[pk]
    pub page: String,
    #[serde(with = "epoch")]
    pub at: SystemTime,
}

fn main() {
    let _ = Visits::scan().filter(|v| v.at().ge(1_700_000_000));
}
