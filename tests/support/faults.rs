//! DynamoDB when it fails, as this project's tests script it: `dkmio::testing` with one attempt a request, faults in
//! sequences, and what was sent by operation.

pub use dkmio::testing::{Fault, SentRequest, Share};

use aws_sdk_dynamodb::Client;
use dkmio::DynamoDb;
use dkmio::testing::{self, OperationName, TestDatabase};
use serde_json::Value;
use std::time::Duration;

/// How long the SDK waits for one answer; with tokio's paused time it costs nothing.
pub const ATTEMPT_TIMEOUT: Duration = TestDatabase::ATTEMPT_TIMEOUT;

/// An embedded engine with faults before it. Clones share one engine, one plan and one log.
#[derive(Clone, Debug)]
pub struct Faults(TestDatabase);

impl Default for Faults {
    fn default() -> Self {
        Self::new()
    }
}

impl Faults {
    /// Returns an empty engine, without faults so far. The SDK makes one attempt: see [`Faults::attempts`].
    pub fn new() -> Self {
        Self(TestDatabase::new().attempts(1))
    }

    fn faults(&self) -> &testing::Faults {
        self.0.faults()
    }

    /// Lets the SDK make this many attempts of a request.
    pub fn attempts(self, attempts: u32) -> Self {
        Self(self.0.attempts(attempts))
    }

    /// Does not keep the requests: for more of them than fit in memory.
    pub fn unlogged(self) -> Self {
        self.faults().without_log();
        self
    }

    /// Puts an empty engine in the place of the one so far, behind the connections that there are.
    pub fn replace_engine(&self) -> &Self {
        self.0.reset().unwrap();
        self
    }

    /// Appends faults for the requests to come, one for each, whatever the operation.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) -> &Self {
        for fault in faults {
            self.faults().inject(fault);
        }
        self
    }

    /// Appends faults for the requests of one operation to come.
    pub fn script_for(&self, operation: &str, faults: impl IntoIterator<Item = Fault>) -> &Self {
        for fault in faults {
            self.faults().inject(fault.on(named(operation)));
        }
        self
    }

    /// Gives every request of one operation this fault, once its scripts are used up.
    pub fn on(&self, operation: &str, fault: Fault) -> &Self {
        self.faults().inject(fault.on(named(operation)).always());
        self
    }

    /// Gives requests a fault at random, at this rate (0 to 1), where nothing else is planned.
    pub fn seeded(&self, seed: u64, rate: f64) -> &Self {
        self.faults().random(seed, rate);
        self
    }

    /// Delays every answer.
    pub fn latency(&self, latency: Duration) -> &Self {
        self.faults().latency(latency);
        self
    }

    /// Ends all faults and the latency.
    pub fn calm(&self) -> &Self {
        self.faults().clear();
        self
    }

    /// Returns a connection whose requests meet the faults.
    pub fn db(&self) -> DynamoDb {
        self.0.db()
    }

    /// Returns the SDK's client behind [`Faults::db`].
    pub fn client(&self) -> Client {
        self.0.client()
    }

    /// Returns a connection to the same engine that meets no faults and is not logged.
    pub fn calm_db(&self) -> DynamoDb {
        self.0.db_without_faults()
    }

    /// Returns how many requests of an operation were sent, each attempt counted.
    pub fn requests(&self, operation: &str) -> usize {
        self.of(operation).len()
    }

    fn of(&self, operation: &str) -> Vec<SentRequest> {
        let mut requests = self.log();
        requests.retain(|request| request.operation == operation);
        requests
    }

    /// Returns how many requests were sent, each attempt counted.
    pub fn all_requests(&self) -> usize {
        self.log().len()
    }

    /// Returns the bodies of the requests of an operation, in the order sent.
    pub fn bodies(&self, operation: &str) -> Vec<Value> {
        let requests = self.of(operation).into_iter();
        requests.map(|request| request.body).collect()
    }

    /// Returns the requests, in the order sent.
    pub fn log(&self) -> Vec<SentRequest> {
        self.faults().requests()
    }

    /// Returns how many requests were under way at once, at most.
    pub fn peak(&self) -> usize {
        self.faults().peak()
    }

    /// Returns how many requests are under way now.
    pub fn under_way(&self) -> usize {
        self.faults().under_way()
    }

    /// Forgets the requests so far.
    pub fn forget(&self) -> &Self {
        self.faults().forget_requests();
        self
    }
}

/// Returns the operation of this name.
fn named(operation: &str) -> OperationName {
    let mut operations = OperationName::ALL.iter().copied();
    operations.find(|o| o.name() == operation).unwrap()
}
