//! A key is not filtered, and a member is.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk = customer, sk("SK") = "PARCEL#{number}")]
#[gsi(by_state, pk = state, sk("GSI1SK") = "{number}")]
pub struct Parcels {
    pub customer: String,
    pub number: u32,
    pub state: String,
    pub weight: u64,
    pub courier: Option<String>,
}

fn main() {
    Parcels::query("c1").filter(|p| p.number().eq(1) & p.state().eq("sent"));
    Parcels::query("c1").filter(|p| p.customer().eq("c1"));
    Parcels::by_state().query("sent").filter(|p| p.customer().eq("c1"));
    Parcels::by_state().query("sent").filter(|p| p.state().eq("sent"));
}
