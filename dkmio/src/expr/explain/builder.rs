//! Makes an explanation from the fields of an SDK input, so that it shows what is sent.

use super::{Explain, Placeholder};
use crate::value::{AttributeValue, Item};
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

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
