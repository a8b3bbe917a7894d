//! Batches that are done in part: the rest comes back, as DynamoDB sends it back when it throttles.

use super::fault::Share;
use serde_json::{Map, Value};

/// A batch cut in two.
pub(super) struct Parts {
    batch: Batch,
    /// The request for what is done; `None` if nothing is.
    pub(super) done: Option<Value>,
    /// What comes back, by table.
    left: Value,
}

/// Cuts the request of a batch; `None` for other operations.
pub(super) fn cut(operation: &str, body: &Value, share: Share) -> Option<Parts> {
    let batch = Batch::of(operation)?;
    let tables = body.get("RequestItems")?.as_object()?;
    let count = tables.values().map(|table| batch.entries(table).len());
    let mut is_left = share.left(count.sum()).into_iter();
    let (mut done, mut left) = (Map::new(), Map::new());
    for (name, table) in tables {
        let (back, kept): (Vec<&Value>, Vec<&Value>) = batch
            .entries(table)
            .iter()
            .partition(|_| is_left.next() == Some(true));
        for (side, entries) in [(&mut done, kept), (&mut left, back)] {
            if !entries.is_empty() {
                let entries = entries.into_iter().cloned().collect();
                side.insert(name.clone(), batch.with_entries(table, entries));
            }
        }
    }
    Some(Parts {
        batch,
        done: (!done.is_empty()).then(|| with_member(body, "RequestItems", done.into())),
        left: left.into(),
    })
}

impl Parts {
    /// Gives what comes back keys that were not sent.
    pub(super) fn give_unsent_keys(&mut self) {
        change_strings(&mut self.left);
    }

    /// Adds what comes back to the engine's answer.
    pub(super) fn into_answer(self, engine: Option<Value>) -> Value {
        let engine = engine.unwrap_or_else(|| Value::Object(Map::new()));
        let answer = with_member(&engine, self.batch.left_member(), self.left);
        match self.batch {
            Batch::Get if engine.get("Responses").is_none() => {
                with_member(&answer, "Responses", Map::new().into())
            }
            Batch::Get | Batch::Write => answer,
        }
    }
}

fn with_member(object: &Value, name: &str, value: Value) -> Value {
    let mut members = object.as_object().cloned().unwrap_or_default();
    members.insert(name.to_owned(), value);
    members.into()
}

/// Changes all strings of items: `{"S": "ord_1"}`.
fn change_strings(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if name == "S" => text.push('!'),
                    other => change_strings(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(change_strings),
        _ => {}
    }
}

#[derive(Clone, Copy)]
enum Batch {
    Get,
    Write,
}

impl Batch {
    fn of(operation: &str) -> Option<Self> {
        match operation {
            "BatchGetItem" => Some(Self::Get),
            "BatchWriteItem" => Some(Self::Write),
            _ => None,
        }
    }

    fn left_member(self) -> &'static str {
        match self {
            Self::Get => "UnprocessedKeys",
            Self::Write => "UnprocessedItems",
        }
    }

    /// The keys or writes of one table.
    fn entries(self, table: &Value) -> &[Value] {
        let entries = match self {
            Self::Get => table.get("Keys"),
            Self::Write => Some(table),
        };
        entries.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn with_entries(self, table: &Value, entries: Vec<Value>) -> Value {
        match self {
            Self::Get => with_member(table, "Keys", entries.into()),
            Self::Write => entries.into(),
        }
    }
}
