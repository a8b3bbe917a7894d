//! An option has the order of what is in it, which a map has not, nor a time whose text does not sort.
#![allow(dead_code, reason = "only compiled")]

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings")]
struct Readings {
    #[pk]
    sensor: String,
    labels: Option<HashMap<String, String>>,
    seen: Option<chrono::DateTime<chrono::Utc>>,
}

fn main() {
    let noon: chrono::DateTime<chrono::Utc> = "2025-01-31T12:00:00Z".parse().unwrap();
    let _ = Readings::scan().filter(|r| r.labels().gt(HashMap::new()));
    let _ = Readings::scan().filter(|r| r.seen().between(noon, noon));
}
