//! Tells the user's observer of each request, for metrics.

use super::call::Call;
use super::capacity::ConsumedCapacity;
use crate::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Is told of each request of a connection, once it is over: for metrics.
///
/// Given to [`DynamoDbBuilder::observer`](crate::DynamoDbBuilder::observer). A walk over pages and a batch are several
/// requests. It is called in the task of the request: return soon, and do not block.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoDb, Observation, Observer, Outcome};
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use std::sync::Arc;
///
/// #[derive(Default)]
/// struct Metrics {
///     requests: AtomicU64,
///     throttled: AtomicU64,
/// }
///
/// impl Observer for Metrics {
///     fn observe(&self, request: &Observation<'_>) {
///         self.requests.fetch_add(1, Ordering::Relaxed);
///         if let Outcome::Failed(error) = request.outcome
///             && error.is_throttling()
///         {
///             self.throttled.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// let metrics = Arc::new(Metrics::default());
/// let db = DynamoDb::builder().observer(metrics.clone()).build();
/// # let _ = db;
/// ```
pub trait Observer: Send + Sync + 'static {
    /// Is called once for each request.
    fn observe(&self, request: &Observation<'_>);
}

impl<O: Observer + ?Sized> Observer for Arc<O> {
    fn observe(&self, request: &Observation<'_>) {
        (**self).observe(request);
    }
}

/// One request and its outcome, without any value of an item.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Observation<'a> {
    /// The name of the connection, if it has one.
    pub client: Option<&'a str>,
    /// The DynamoDB operation, such as `GetItem`.
    pub operation: &'static str,
    /// The table's name in the connection; several are separated by `, `.
    pub table: &'a str,
    /// The index that is read.
    pub index: Option<&'a str>,
    /// How long it took, with the SDK's retries.
    pub duration: Duration,
    /// How many attempts the SDK began: 1 without retries, 0 if the circuit was open.
    pub attempts: u32,
    /// The capacity that it used, if that was asked for: see
    /// [`DynamoDbBuilder::return_consumed_capacity`](crate::DynamoDbBuilder::return_consumed_capacity).
    pub consumed_capacity: Option<&'a ConsumedCapacity>,
    /// `Count` of a query or scan: the items after the filter.
    pub count: Option<usize>,
    /// `ScannedCount` of a query or scan: the items that were read and billed.
    pub scanned_count: Option<usize>,
    /// The outcome.
    pub outcome: Outcome<'a>,
}

/// The outcome of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// It succeeded.
    Done,
    /// It failed with the error that its caller gets.
    Failed(&'a Error),
    /// Its future was dropped before the end, for example by a timeout of the caller; a write may have happened.
    Dropped,
}

/// What an answer says about itself. Made in `send.rs`, read by the observer and the span.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) consumed: Option<ConsumedCapacity>,
    /// `Count` and `ScannedCount`.
    pub(super) counts: Option<(usize, usize)>,
}

/// One request of a connection that has an observer. Made and ended in `send.rs`; if it is dropped before its end, the
/// observer is told so.
pub(super) struct Observed<'a> {
    pub(super) observer: &'a dyn Observer,
    pub(super) client: Option<&'a str>,
    pub(super) call: Call,
    pub(super) started: Instant,
    /// `true` once the observer is told.
    pub(super) is_over: bool,
}

impl Observed<'_> {
    /// Tells the observer the outcome.
    pub(super) fn end(mut self, outcome: Outcome<'_>, facts: &Facts) {
        self.tell(outcome, facts);
    }

    fn tell(&mut self, outcome: Outcome<'_>, facts: &Facts) {
        self.is_over = true;
        self.observer.observe(&Observation {
            client: self.client,
            operation: self.call.operation(),
            table: self.call.table(),
            index: self.call.index(),
            duration: self.started.elapsed(),
            attempts: self.call.attempts(),
            consumed_capacity: facts.consumed.as_ref(),
            count: facts.counts.map(|(count, _)| count),
            scanned_count: facts.counts.map(|(_, scanned)| scanned),
            outcome,
        });
    }
}

impl Drop for Observed<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.tell(Outcome::Dropped, &Facts::default());
        }
    }
}
