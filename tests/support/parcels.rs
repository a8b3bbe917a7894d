//! Tables of one kind whose keys are texts made of their fields.

use crate::shop::day;
use chrono::NaiveDate;
use dkmio::{DynamoTable, KeyAttribute, Ttl};
use serde::{Deserialize, Serialize};

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, KeyAttribute,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum State {
    Packed,
    Sent,
}

/// The keys of the table and of all its indexes are texts, but for one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "{packed_on}#{parcel_id}")]
#[gsi(by_state, name = "GSI1", pk("GSI1PK") = "{state}", sk("GSI1SK") = "{packed_on}#{parcel_id}")]
#[gsi(by_courier, name = "GSI2", pk("GSI2PK") = "COURIER#{courier}", sk("GSI2SK") = "{priority:03}#{packed_on}")]
#[gsi(by_depot, pk = depot, sk("depot_day") = "{packed_on}", project(weight))]
#[lsi(by_weight, sk("LSI1SK") = "{weight:08}", project(weight, note))]
pub struct Parcels {
    pub customer: String,
    pub packed_on: NaiveDate,
    pub parcel_id: String,
    pub state: State,
    pub weight: u64,
    pub priority: u16,
    pub courier: Option<String>,
    pub depot: Option<String>,
    pub note: Option<String>,
    #[ttl]
    pub expires_at: Option<Ttl>,
}

/// The key of the table is fields, and that of an index is a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings", escape = refuse)]
#[lsi(by_quality, sk("quality_at") = "{quality}#{at}")]
pub struct Readings {
    #[pk]
    pub sensor: String,
    #[sk]
    pub at: u32,
    pub quality: String,
    pub value: i64,
}

/// Returns a parcel of `c1`.
pub fn parcel(packed_on: NaiveDate, id: &str) -> Parcels {
    Parcels {
        customer: "c1".to_owned(),
        packed_on,
        parcel_id: id.to_owned(),
        state: State::Packed,
        weight: 250,
        priority: 7,
        courier: None,
        depot: None,
        note: None,
        expires_at: None,
    }
}

/// Returns three parcels of `c1`.
pub fn parcels() -> [Parcels; 3] {
    [
        parcel(day(1, 31), "p1"),
        parcel(day(2, 1), "p2"),
        parcel(day(2, 1), "p20"),
    ]
}
