//! What `.explain()` returns: a request as the SDK would send it, to be printed, logged or compared in a test.

mod builder;
mod display;

pub(crate) use self::builder::ExplainBuilder;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A request as it would be sent: read from the SDK's own input, printable, and serialisable with serde.
///
/// # Examples
///
/// ```
/// # use dkmio::DynamoTable;
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, total: u64 }
/// let explained = Orders::query("usr_123").filter(|o| o.total().ge(100)).explain()?;
/// assert_eq!(explained.operation(), "Query");
/// assert_eq!(explained.filter(), Some("#total >= :v1"));
/// println!("{}", explained.redacted()); // types instead of values: fit for a log
/// # Ok::<(), dkmio::Error>(())
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct Explain {
    operation: &'static str,
    table: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    update: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    projection: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    expression_attribute_names: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    expression_attribute_values: BTreeMap<Placeholder, Json>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    options: BTreeMap<&'static str, Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Cow<'static, str>>,
}

impl Explain {
    /// Returns the DynamoDB operation, such as `Query`.
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// Returns the model's table name, before a connection's prefix or override.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// Returns the index's name.
    pub fn index(&self) -> Option<&str> {
        self.index.as_deref()
    }

    /// Returns the `KeyConditionExpression`.
    pub fn key_condition(&self) -> Option<&str> {
        self.key_condition.as_deref()
    }

    /// Returns the `UpdateExpression`.
    pub fn update(&self) -> Option<&str> {
        self.update.as_deref()
    }

    /// Returns the `ConditionExpression`.
    pub fn condition(&self) -> Option<&str> {
        self.condition.as_deref()
    }

    /// Returns the `FilterExpression`.
    pub fn filter(&self) -> Option<&str> {
        self.filter.as_deref()
    }

    /// Returns the `ProjectionExpression`.
    pub fn projection(&self) -> Option<&str> {
        self.projection.as_deref()
    }

    /// Returns remarks on what the request costs or discards, and on what an update leaves behind.
    pub fn notes(&self) -> &[Cow<'static, str>] {
        &self.notes
    }

    /// Returns the explanation with the type of each value in place of the value, so that it can be logged.
    pub fn redacted(mut self) -> Self {
        for value in self.key.iter_mut().chain(&mut self.item) {
            if let Json::Object(attributes) = value {
                attributes.values_mut().for_each(redact);
            }
        }
        self.expression_attribute_values
            .values_mut()
            .for_each(redact);
        if let Some(start) = self.options.get_mut("ExclusiveStartKey") {
            *start = json!("<key>");
        }
        self
    }
}

/// A placeholder `:v12`, ordered by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
struct Placeholder(String);

impl Placeholder {
    fn order(&self) -> (usize, &str) {
        (self.0.len(), &self.0)
    }
}

impl PartialOrd for Placeholder {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Placeholder {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

fn redact(value: &mut Json) {
    let kind = value
        .as_object()
        .and_then(|o| o.keys().next())
        .map_or("?", String::as_str);
    *value = json!(format!("<{kind}>"));
}
