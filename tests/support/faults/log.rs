use super::Fault;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard};

/// A request as it was sent, and what became of it.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The operation, such as `BatchGetItem`.
    pub operation: String,
    /// The request's JSON.
    pub body: Value,
    /// The fault it met.
    pub fault: Fault,
}

/// The requests made.
#[derive(Debug, Default)]
pub(super) struct Log {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    entries: Vec<Logged>,
    is_off: bool,
    under_way: usize,
    peak: usize,
}

/// Counts a request as under way until it is dropped.
pub(super) struct UnderWay(Arc<Mutex<Inner>>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.lock().unwrap().under_way -= 1;
    }
}

impl Log {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    pub(super) fn begin(&self, entry: Logged) -> UnderWay {
        let mut inner = self.inner();
        if !inner.is_off {
            inner.entries.push(entry);
        }
        inner.under_way += 1;
        inner.peak = inner.peak.max(inner.under_way);
        UnderWay(self.inner.clone())
    }

    pub(super) fn switch_off(&self) {
        self.inner().is_off = true;
    }

    pub(super) fn all(&self) -> Vec<Logged> {
        self.inner().entries.clone()
    }

    pub(super) fn of(&self, operation: &str) -> Vec<Logged> {
        let mut entries = self.all();
        entries.retain(|entry| entry.operation == operation);
        entries
    }

    pub(super) fn peak(&self) -> usize {
        self.inner().peak
    }

    pub(super) fn under_way(&self) -> usize {
        self.inner().under_way
    }

    pub(super) fn clear(&self) {
        let mut inner = self.inner();
        inner.entries.clear();
        inner.peak = inner.under_way;
    }
}
