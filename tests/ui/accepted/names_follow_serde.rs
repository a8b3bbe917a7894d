//! Attributes are called what serde calls them; no name is written twice.

use dkmio::aws_sdk_dynamodb::types::AttributeValue;
use dkmio::{DynamoDocument, DynamoTable, Error, Table};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = order_status, project(lines_count))]
#[serde(rename_all = "camelCase", default)]
pub struct Orders {
    #[pk]
    pub user_id: String,
    #[sk]
    #[serde(rename = "SK")]
    pub order_id: String,
    pub order_status: Option<String>,
    pub lines_count: u32,
    #[serde(with = "cents")]
    pub total: u64,
    #[serde(skip)]
    pub cache: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    #[dkmio(document)]
    pub ship_to: Option<Address>,
    #[serde(flatten)]
    pub rest: HashMap<String, String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub struct Address {
    pub street_name: String,
    #[serde(rename = "postcode", default)]
    pub zip: String,
}

mod cents {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(cents: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}.{:02}", cents / 100, cents % 100))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.replace('.', "")
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

fn main() -> Result<(), Error> {
    dkmio_tests::schemas::is_accepted::<Orders>();
    assert_eq!(
        Orders::SCHEMA.attributes(),
        [
            "userId",
            "SK",
            "orderStatus",
            "linesCount",
            "total",
            "notes",
            "shipTo"
        ]
    );
    let update = Orders::update(("usr_123", "ord_456"))
        .set(|o| o.total(), 1250)
        .remove(|o| o.lines_count())
        .remove(|o| o.ship_to().zip())
        .condition(|o| o.ship_to().street_name().exists())
        .into_input()?;
    let names = update
        .expression_attribute_names()
        .cloned()
        .unwrap_or_default();
    let mut names: Vec<_> = names.into_values().collect();
    names.sort();
    assert_eq!(
        names,
        ["STREET_NAME", "linesCount", "postcode", "shipTo", "total"]
    );
    let values = update
        .expression_attribute_values()
        .cloned()
        .unwrap_or_default();
    assert!(
        values
            .values()
            .any(|v| *v == AttributeValue::S("12.50".to_owned()))
    );
    Ok(())
}
