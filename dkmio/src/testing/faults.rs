//! Faults before an embedded engine, as a test injects them.

use super::fault::{Fault, Injection};
use super::plan::Plan;
use super::sent::{SentRequest, SentRequests};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Injects faults into the requests of a [`TestDatabase`](super::TestDatabase), and knows what was sent. Clones share both.
///
/// Each attempt of the SDK is a request of its own, so that with its three attempts `Fault::Throttled.times(2)` is passed
/// over, and `.times(3)` is an error.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    plan: Mutex<Plan>,
    sent: SentRequests,
}

impl Faults {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        // A poisoned lock still holds whole injections.
        self.shared
            .plan
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the fault of the next request, and how long its answer takes.
    pub(super) fn next(&self, operation: &str, tables: &[String]) -> (Fault, Duration) {
        let mut plan = self.plan();
        (plan.next(operation, tables), plan.latency)
    }

    pub(super) fn sent(&self) -> &SentRequests {
        &self.shared.sent
    }

    /// Adds a fault. Of those for a number of requests, the first that is for a request happens; then the last of those
    /// that are for every request.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::testing::{Fault, OperationName, TestDatabase};
    /// # let test = TestDatabase::new();
    /// let faults = test.faults();
    /// faults.inject(Fault::Throttled.times(3).on(OperationName::PutItem));
    /// faults.inject(Fault::Unavailable.always().table("audit"));
    /// ```
    pub fn inject(&self, fault: impl Into<Injection>) {
        self.plan().inject(fault.into());
    }

    /// Lets requests for which nothing was injected meet faults at random: by this seed, at this rate from 0 to 1.
    pub fn random(&self, seed: u64, rate: f64) {
        self.plan().random(seed, rate);
    }

    /// Lets every answer take this long, beside the fault that its request meets.
    pub fn latency(&self, latency: Duration) {
        self.plan().latency = latency;
    }

    /// Ends all faults, and the latency. What was sent stays known.
    pub fn clear(&self) {
        *self.plan() = Plan::default();
    }

    /// Returns the requests that were sent, each attempt by itself, in the order sent.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.shared.sent.all()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.shared.sent.forget();
    }

    /// Keeps no requests from now on: for more of them than fit in memory.
    pub fn without_log(&self) {
        self.shared.sent.switch_off();
    }

    /// Returns how many requests are under way now.
    pub fn under_way(&self) -> usize {
        self.shared.sent.under_way()
    }

    /// Returns how many requests were under way at once, at most, since the last [`Faults::forget_requests`].
    pub fn peak(&self) -> usize {
        self.shared.sent.peak()
    }
}
