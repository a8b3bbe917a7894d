//! What `.explain()` returns: a request as the SDK would send it, to be printed, logged or compared in a test.

use crate::value::{AttributeValue, Item};
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

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

/// Prints several lines: the operation, then its parts and options.
impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, self.table)?;
        if let Some(index) = &self.index {
            write!(f, " / {index}")?;
        }
        let mut line = |label: &str, text: &dyn fmt::Display| write!(f, "\n  {label:<14} {text}");
        let texts = [
            ("key condition", &self.key_condition),
            ("update", &self.update),
            ("condition", &self.condition),
            ("filter", &self.filter),
            ("projection", &self.projection),
        ];
        for (label, value) in [("key", &self.key), ("item", &self.item)] {
            if let Some(value) = value {
                line(label, value)?;
            }
        }
        for (label, text) in texts {
            if let Some(text) = text {
                line(label, text)?;
            }
        }
        for (alias, name) in &self.expression_attribute_names {
            // An alias like `#total` for `total` tells the reader nothing.
            if alias.strip_prefix('#') != Some(name) {
                line("name", &format_args!("{alias} = {name}"))?;
            }
        }
        for (placeholder, value) in &self.expression_attribute_values {
            line("value", &format_args!("{} = {value}", placeholder.0))?;
        }
        for (option, value) in &self.options {
            line("option", &format_args!("{option} = {value}"))?;
        }
        for note in &self.notes {
            line("note", note)?;
        }
        Ok(())
    }
}

/// Collects an explanation from the fields of an SDK input.
pub(crate) struct ExplainBuilder(Explain);

impl ExplainBuilder {
    pub(crate) fn new(operation: &'static str, table: Option<&str>) -> Self {
        Self(Explain {
            operation,
            table: table.unwrap_or_default().to_owned(),
            index: None,
            key: None,
            item: None,
            key_condition: None,
            update: None,
            condition: None,
            filter: None,
            projection: None,
            expression_attribute_names: BTreeMap::new(),
            expression_attribute_values: BTreeMap::new(),
            options: BTreeMap::new(),
            notes: Vec::new(),
        })
    }

    pub(crate) fn index(mut self, index: Option<&str>) -> Self {
        self.0.index = index.map(str::to_owned);
        self
    }

    pub(crate) fn key(mut self, key: Option<&Item>) -> Self {
        self.0.key = key.map(item_json);
        self
    }

    pub(crate) fn item(mut self, item: Option<&Item>) -> Self {
        self.0.item = item.map(item_json);
        self
    }

    pub(crate) fn key_condition(mut self, text: Option<&str>) -> Self {
        self.0.key_condition = text.map(str::to_owned);
        self
    }

    pub(crate) fn update(mut self, text: Option<&str>) -> Self {
        self.0.update = text.map(str::to_owned);
        self
    }

    pub(crate) fn condition(mut self, text: Option<&str>) -> Self {
        self.0.condition = text.map(str::to_owned);
        self
    }

    pub(crate) fn filter(mut self, text: Option<&str>) -> Self {
        self.0.filter = text.map(str::to_owned);
        self
    }

    pub(crate) fn projection(mut self, text: Option<&str>) -> Self {
        self.0.projection = text.map(str::to_owned);
        self
    }

    pub(crate) fn names(mut self, names: Option<&HashMap<String, String>>) -> Self {
        for (alias, name) in names.into_iter().flatten() {
            self.0
                .expression_attribute_names
                .insert(alias.clone(), name.clone());
        }
        self
    }

    pub(crate) fn values(mut self, values: Option<&HashMap<String, AttributeValue>>) -> Self {
        for (placeholder, value) in values.into_iter().flatten() {
            self.0
                .expression_attribute_values
                .insert(Placeholder(placeholder.clone()), value_json(value));
        }
        self
    }

    pub(crate) fn option(mut self, name: &'static str, value: Option<impl Into<Json>>) -> Self {
        if let Some(value) = value {
            self.0.options.insert(name, value.into());
        }
        self
    }

    /// Adds what a write returns, when it is done and when its condition fails.
    pub(crate) fn returns(
        self,
        values: Option<&ReturnValue>,
        on_failure: Option<&ReturnValuesOnConditionCheckFailure>,
    ) -> Self {
        self.option("ReturnValues", values.map(ReturnValue::as_str))
            .option(
                "ReturnValuesOnConditionCheckFailure",
                on_failure.map(ReturnValuesOnConditionCheckFailure::as_str),
            )
    }

    pub(crate) fn start_key(self, key: Option<&Item>) -> Self {
        let key = key.map(item_json);
        self.option("ExclusiveStartKey", key)
    }

    pub(crate) fn note_if(self, applies: bool, note: &'static str) -> Self {
        self.note(applies.then_some(note))
    }

    pub(crate) fn note(mut self, note: Option<impl Into<Cow<'static, str>>>) -> Self {
        self.0.notes.extend(note.map(Into::into));
        self
    }

    pub(crate) fn build(self) -> Explain {
        self.0
    }
}

fn item_json(item: &Item) -> Json {
    let sorted: BTreeMap<_, _> = item.iter().collect();
    Json::Object(
        sorted
            .into_iter()
            .map(|(name, value)| (name.clone(), value_json(value)))
            .collect(),
    )
}

/// Writes a value as DynamoDB's JSON: `{"S": "text"}`.
fn value_json(value: &AttributeValue) -> Json {
    let base64 = |bytes: &[u8]| STANDARD.encode(bytes);
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(text) => json!({ "N": text }),
        AttributeValue::B(blob) => json!({ "B": base64(blob.as_ref()) }),
        AttributeValue::Bool(value) => json!({ "BOOL": value }),
        AttributeValue::Null(value) => json!({ "NULL": value }),
        AttributeValue::L(list) => json!({ "L": list.iter().map(value_json).collect::<Vec<_>>() }),
        AttributeValue::M(map) => json!({ "M": item_json(map) }),
        AttributeValue::Ss(set) => json!({ "SS": set }),
        AttributeValue::Ns(set) => json!({ "NS": set }),
        AttributeValue::Bs(set) => {
            json!({ "BS": set.iter().map(|b| base64(b.as_ref())).collect::<Vec<_>>() })
        }
        _ => json!({ "?": null }),
    }
}
