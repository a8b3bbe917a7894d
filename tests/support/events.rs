//! What the orders do not have: index keys of several attributes, a table without sort key, a recursive document.

use dkmio::{DynamoDocument, DynamoTable};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "events")]
#[gsi(by_day, name = "gsi-day", pk = (tenant, region), sk = (year, month, id), project = keys_only)]
pub struct Events {
    #[pk]
    pub id: String,
    #[sk]
    pub at: u64,
    pub tenant: String,
    pub region: String,
    pub year: u16,
    pub month: u8,
    pub weight: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "users")]
pub struct Users {
    #[pk]
    pub id: String,
    pub name: String,
    pub active: bool,
    #[serde(default)]
    pub visits: u64,
    #[dkmio(document)]
    pub thread: Option<Comment>,
}

/// A comment and its replies, which are comments.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
pub struct Comment {
    pub text: String,
    #[serde(default)]
    #[dkmio(document)]
    pub replies: Vec<Comment>,
}
