//! DynamoDB when it fails: a connector around the embedded engine that throttles, refuses, hangs and loses answers.
//!
//! Faults are scripted, fixed for an operation, or drawn from a seed. The engine behind them is whole, so that a test
//! can look at what the table holds after.

mod answer;
mod connector;
mod fault;
mod log;
mod partial;
mod plan;

pub use self::fault::{Fault, Share};
pub use self::log::Logged;

use self::connector::FaultClient;
use self::log::Log;
use self::plan::Plan;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use dkmio::{DynamoDb, EmbeddedEngine};
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// How long the SDK waits for one answer; with tokio's paused time it costs nothing.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(1);

/// The engine that answers now.
type Engine = Arc<Mutex<EmbeddedEngine>>;

/// An embedded engine with faults before it. Clones share one engine, one plan and one log.
#[derive(Clone, Debug)]
pub struct Faults {
    engine: Engine,
    attempts: u32,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    plan: Mutex<Plan>,
    log: Log,
}

impl Shared {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap()
    }
}

impl Default for Faults {
    fn default() -> Self {
        Self::new()
    }
}

impl Faults {
    /// Returns an empty engine, without faults so far. The SDK makes one attempt: see [`Faults::attempts`].
    pub fn new() -> Self {
        Self {
            engine: Arc::new(Mutex::new(EmbeddedEngine::in_memory().unwrap())),
            attempts: 1,
            shared: Arc::default(),
        }
    }

    /// Lets the SDK make this many attempts of a request.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Does not keep the requests: for more of them than fit in memory.
    pub fn unlogged(self) -> Self {
        self.shared.log.switch_off();
        self
    }

    /// Puts an empty engine in the place of the one so far, behind the connections that there are.
    pub fn replace_engine(&self) -> &Self {
        *self.engine.lock().unwrap() = EmbeddedEngine::in_memory().unwrap();
        self
    }

    /// Appends faults for the requests to come, one for each, whatever the operation.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) -> &Self {
        self.shared.plan().script(faults);
        self
    }

    /// Appends faults for the requests of one operation to come; they go before [`Faults::script`].
    pub fn script_for(
        &self,
        operation: &'static str,
        faults: impl IntoIterator<Item = Fault>,
    ) -> &Self {
        self.shared.plan().script_for(operation, faults);
        self
    }

    /// Gives every request of one operation this fault, once its scripts are used up.
    pub fn on(&self, operation: &'static str, fault: Fault) -> &Self {
        self.shared.plan().on(operation, fault);
        self
    }

    /// Gives requests a fault at random, at this rate (0 to 1), where nothing else is planned.
    pub fn seeded(&self, seed: u64, rate: f64) -> &Self {
        self.shared.plan().seeded(seed, rate);
        self
    }

    /// Delays every answer.
    pub fn latency(&self, latency: Duration) -> &Self {
        self.shared.plan().latency = latency;
        self
    }

    /// Ends all faults and the latency.
    pub fn calm(&self) -> &Self {
        *self.shared.plan() = Plan::default();
        self
    }

    /// Returns a connection whose requests meet the faults.
    pub fn db(&self) -> DynamoDb {
        DynamoDb::from_client(self.client())
    }

    /// Returns the SDK's client behind [`Faults::db`].
    pub fn client(&self) -> Client {
        let retries = match self.attempts {
            1 => RetryConfig::disabled(),
            n => RetryConfig::standard().with_max_attempts(n),
        };
        // The default bucket is the process's: the faults of one test would use up the retries of another.
        let partition = RetryPartition::custom("faults")
            .token_bucket(TokenBucket::unlimited())
            .build();
        let timeouts = TimeoutConfig::builder()
            .operation_attempt_timeout(ATTEMPT_TIMEOUT)
            .build();
        let credentials = Credentials::new("faults", "faults", None, None, "dkmio-tests");
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(credentials)
            .endpoint_url("http://faults.invalid")
            .retry_config(retries)
            .retry_partition(partition)
            .timeout_config(timeouts)
            .http_client(FaultClient::new(self.engine.clone(), self.shared.clone()));
        Client::from_conf(config.build())
    }

    /// Returns a connection to the same engine that meets no faults and is not logged.
    pub fn calm_db(&self) -> DynamoDb {
        DynamoDb::from_client(self.engine.lock().unwrap().client())
    }

    /// Returns how many requests of an operation were sent, each attempt counted.
    pub fn requests(&self, operation: &str) -> usize {
        self.shared.log.of(operation).len()
    }

    /// Returns how many requests were sent, each attempt counted.
    pub fn all_requests(&self) -> usize {
        self.shared.log.all().len()
    }

    /// Returns the bodies of the requests of an operation, in the order sent.
    pub fn bodies(&self, operation: &str) -> Vec<Value> {
        let logged = self.shared.log.of(operation);
        logged.into_iter().map(|entry| entry.body).collect()
    }

    /// Returns the requests, in the order sent.
    pub fn log(&self) -> Vec<Logged> {
        self.shared.log.all()
    }

    /// Returns how many requests were under way at once, at most.
    pub fn peak(&self) -> usize {
        self.shared.log.peak()
    }

    /// Returns how many requests are under way now.
    pub fn under_way(&self) -> usize {
        self.shared.log.under_way()
    }

    /// Forgets the requests so far.
    pub fn forget(&self) -> &Self {
        self.shared.log.clear();
        self
    }
}
