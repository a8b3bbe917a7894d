//! What was sent to the engine.

use super::fault::Fault;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A request as it was sent, each attempt by itself, and the fault that it met.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SentRequest {
    /// DynamoDB's name of the operation, such as `BatchGetItem`.
    pub operation: String,
    /// The tables, by their names in the connection.
    pub tables: Vec<String>,
    /// The request's JSON.
    pub body: Value,
    /// The fault that it met.
    pub fault: Fault,
}

/// Returns the tables that a request names.
pub(super) fn tables(body: &Value) -> Vec<String> {
    if let Some(table) = body.get("TableName").and_then(Value::as_str) {
        return vec![table.to_owned()];
    }
    if let Some(tables) = body.get("RequestItems").and_then(Value::as_object) {
        return tables.keys().cloned().collect();
    }
    let members = body.get("TransactItems").and_then(Value::as_array);
    let kinds = members.into_iter().flatten().filter_map(Value::as_object);
    let mut tables: Vec<String> = kinds
        .flat_map(|kind| kind.values())
        .filter_map(|member| member.get("TableName")?.as_str())
        .map(str::to_owned)
        .collect();
    tables.sort();
    tables.dedup();
    tables
}

/// The requests so far, and those under way.
#[derive(Debug, Default)]
pub(super) struct SentRequests(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    requests: Vec<SentRequest>,
    is_off: bool,
    under_way: usize,
    peak: usize,
}

/// Counts a request as under way until it is dropped.
#[derive(Debug)]
pub(super) struct UnderWay(Arc<Mutex<State>>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        locked(&self.0).under_way -= 1;
    }
}

/// A poisoned lock still holds whole requests.
fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SentRequests {
    pub(super) fn begin(&self, request: SentRequest) -> UnderWay {
        let mut state = locked(&self.0);
        if !state.is_off {
            state.requests.push(request);
        }
        state.under_way += 1;
        state.peak = state.peak.max(state.under_way);
        UnderWay(self.0.clone())
    }

    pub(super) fn all(&self) -> Vec<SentRequest> {
        locked(&self.0).requests.clone()
    }

    pub(super) fn switch_off(&self) {
        locked(&self.0).is_off = true;
    }

    pub(super) fn under_way(&self) -> usize {
        locked(&self.0).under_way
    }

    pub(super) fn peak(&self) -> usize {
        locked(&self.0).peak
    }

    pub(super) fn forget(&self) {
        let mut state = locked(&self.0);
        state.requests.clear();
        state.peak = state.under_way;
    }
}
