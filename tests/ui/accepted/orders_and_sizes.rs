//! What has an order is compared by it, and what has a size by that; an attribute that is named at run time by either.
#![allow(dead_code, reason = "only compiled")]

use dkmio::{Bytes, DynamoTable, HasSize, KeyAttribute, Ordered, Set, Sortable, Ttl, attr};
use dkmio_tests::orders::{Address, Status};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
struct Name(String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Celsius(f64);
impl Ordered for Celsius {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Lines(Vec<String>);
impl HasSize for Lines {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings")]
struct Readings {
    #[pk]
    sensor: Name,
    #[sk]
    at: u64,
    celsius: Celsius,
    exact: Option<f64>,
    grade: char,
    status: Status,
    #[serde(with = "dkmio::decimal")]
    price: rust_decimal::Decimal,
    seen: Option<Sortable<chrono::DateTime<chrono::Utc>>>,
    blob: Bytes,
    lines: Lines,
    labels: HashMap<String, String>,
    values: Option<Vec<u8>>,
    tags: Set<String>,
    active: bool,
    #[dkmio(document)]
    address: Option<Address>,
    #[ttl]
    expires_at: Option<Ttl>,
}

fn main() {
    dkmio_tests::schemas::is_accepted::<Readings>();
    let noon: chrono::DateTime<chrono::Utc> = "2025-01-31T12:00:00Z".parse().unwrap();
    let _ = Readings::scan().filter(|r| {
        r.sensor().ge(Name(String::new()))
            & r.at().lt(3)
            & r.celsius().gt(Celsius(3.5))
            & r.exact().between(1.0, 2.0)
            & r.grade().le('b')
            & r.status().lt(Status::Shipped)
            & r.price().ge(rust_decimal::Decimal::ONE)
            & r.seen().lt(noon)
            & r.blob().gt(b"a")
            & r.active().eq(true)
            & r.address().eq(Address::default())
            & attr("active").gt(1)
    });
    let _ = Readings::scan().filter(|r| {
        r.sensor().size().ge(3)
            & r.status().size().eq(5)
            & r.blob().size().lt(10)
            & r.lines().size().eq(r.values().size())
            & r.labels().size().between(1, 2)
            & r.tags().size().gt(0)
            & r.address().size().eq(3)
            & r.address().city().size().le(20)
            & attr("at").size().eq(1)
    });
}
