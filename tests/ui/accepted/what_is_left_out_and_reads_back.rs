//! What is left out of an item, and reads back without being there, compiles in each of its forms.

use dkmio::{DynamoDocument, DynamoTable, Error, Projection, Set, codec};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

type Maybe<T> = Option<T>;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "tickets")]
pub struct Tickets {
    #[pk]
    pub id: String,
    #[serde(default, with = "seconds")]
    pub closed_at: Option<u64>,
    #[serde(serialize_with = "seconds::serialize")]
    pub opened_at: Option<u64>,
    #[serde(with = "text")]
    pub number: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Maybe<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boxed: Box<Option<String>>,
    #[serde(skip_serializing_if = "Set::is_empty")]
    pub labels: Set<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u64,
    #[serde(skip_serializing)]
    pub cached: Option<u64>,
    #[serde(default, skip_serializing)]
    pub other: u64,
    #[serde(skip)]
    pub skipped: u64,
    #[serde(skip_deserializing)]
    pub computed: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
#[serde(default)]
pub struct Address {
    #[serde(with = "seconds")]
    pub since: Option<u64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub city: String,
    #[serde(flatten, skip_serializing_if = "BTreeMap::is_empty")]
    pub rest: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize, Projection)]
#[projection(of = Tickets)]
pub struct Summary {
    #[serde(default, with = "seconds")]
    pub closed_at: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing, with = "text")]
    pub number: u64,
}

fn one() -> u64 {
    1
}

fn is_one(count: &u64) -> bool {
    *count == 1
}

mod seconds {
    pub fn serialize<S: serde::Serializer>(at: &Option<u64>, to: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(at, to)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
        serde::Deserialize::deserialize(from)
    }
}

mod text {
    pub fn serialize<S: serde::Serializer>(number: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(number)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        let text: String = serde::Deserialize::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn main() -> Result<(), Error> {
    dkmio_tests::schemas::is_accepted::<Tickets>();
    let ticket = Tickets {
        id: "t_1".to_owned(),
        count: 1,
        ..Tickets::default()
    };
    let item = codec::to_item(&ticket)?;
    let mut names: Vec<_> = item.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["computed", "id", "number"]);
    assert_eq!(codec::from_item::<Tickets>(item.clone())?, ticket);
    let summary: Summary = codec::from_item(item)?;
    assert_eq!((summary.closed_at, summary.tags.len()), (None, 0));
    let address = codec::to_item(&Address::default())?;
    assert!(address.is_empty());
    assert_eq!(codec::from_item::<Address>(address)?, Address::default());
    Ok(())
}
