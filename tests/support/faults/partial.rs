//! Batches that are done in part: the rest is handed back, as DynamoDB does when it throttles.

use super::Share;
use serde_json::{Map, Value};

/// A batch cut in two.
pub(super) struct Parts {
    /// The request for what is done; `None` if nothing is.
    pub(super) done: Option<Value>,
    /// What is handed back, by table.
    left: Value,
}

/// Cuts the request of a batch; `None` for other operations.
pub(super) fn cut(operation: &str, body: &Value, share: Share) -> Option<Parts> {
    let batch = Batch::of(operation)?;
    let tables = body["RequestItems"].as_object()?;
    let count = tables.values().map(|table| batch.entries(table).len());
    let mut is_left = share.left(count.sum()).into_iter();
    let (mut done, mut left) = (Map::new(), Map::new());
    for (name, table) in tables {
        let (mut kept, mut back) = (Vec::new(), Vec::new());
        for entry in batch.entries(table) {
            let side = match is_left.next() {
                Some(true) => &mut back,
                _ => &mut kept,
            };
            side.push(entry.clone());
        }
        for (side, entries) in [(&mut done, kept), (&mut left, back)] {
            if !entries.is_empty() {
                side.insert(name.clone(), batch.with_entries(table, entries));
            }
        }
    }
    let done = (!done.is_empty()).then(|| {
        let mut request = body.clone();
        request["RequestItems"] = done.into();
        request
    });
    let left = left.into();
    Some(Parts { done, left })
}

impl Parts {
    /// Gives what is handed back keys that were not sent.
    pub(super) fn disguise(&mut self) {
        disguise(&mut self.left);
    }

    /// Adds what is handed back to the engine's answer.
    pub(super) fn into_answer(self, operation: &str, engine: Option<Value>) -> Value {
        let mut answer = engine.unwrap_or_else(|| Value::Object(Map::new()));
        match Batch::of(operation) {
            Some(Batch::Get) => {
                answer["UnprocessedKeys"] = self.left;
                if answer.get("Responses").is_none() {
                    answer["Responses"] = Value::Object(Map::new());
                }
            }
            Some(Batch::Write) => answer["UnprocessedItems"] = self.left,
            None => {}
        }
        answer
    }
}

/// Changes all strings of items: `{"S": "ord_1"}`.
fn disguise(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "S" => text.push('!'),
                    other => disguise(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(disguise),
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

    /// The keys or writes of one table.
    fn entries(self, table: &Value) -> &[Value] {
        let entries = match self {
            Self::Get => &table["Keys"],
            Self::Write => table,
        };
        entries.as_array().map_or(&[], Vec::as_slice)
    }

    fn with_entries(self, table: &Value, entries: Vec<Value>) -> Value {
        match self {
            Self::Get => {
                let mut table = table.clone();
                table["Keys"] = entries.into();
                table
            }
            Self::Write => entries.into(),
        }
    }
}
