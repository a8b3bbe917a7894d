//! A database for one test.

use super::connector::{FaultClient, SharedEngine};
use super::faults::Faults;
use crate::client::{EmbeddedEngine, EngineError};
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::schema::TableDefinition;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How many attempts the SDK makes of a request, as in production.
const ATTEMPTS: u32 = 3;

/// A DynamoDB engine of its own in memory, whose requests meet the faults that a test injects. Clones share it.
///
/// [`#[dkmio::test]`](macro@crate::test) makes one for each test.
///
/// # Examples
///
/// ```
/// use dkmio::testing::{Fault, TestDatabase};
/// use dkmio::{DynamoTable, Error};
///
/// #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "users")]
/// struct Users { #[pk] id: String }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let test = TestDatabase::new().attempts(1);
/// test.create_table::<Users>().await?;
/// test.faults().inject(Fault::Unavailable);
/// let error = Users::get("usr_1").execute(&test.db()).await.unwrap_err();
/// assert!(error.is_retryable());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct TestDatabase {
    engine: SharedEngine,
    faults: Faults,
    attempts: u32,
}

impl Default for TestDatabase {
    fn default() -> Self {
        Self::new()
    }
}

impl TestDatabase {
    /// How long the SDK waits for one answer. Where time is paused, it costs nothing.
    pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(1);

    /// Makes an empty database without faults.
    pub fn new() -> Self {
        Self {
            engine: Arc::new(Mutex::new(EmbeddedEngine::in_memory())),
            faults: Faults::default(),
            attempts: ATTEMPTS,
        }
    }

    /// Sets how many attempts the SDK makes of a request: 3 unless set, as in production.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Returns the faults that requests meet.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Returns a connection whose requests meet the faults.
    pub fn db(&self) -> DynamoDb {
        DynamoDb::from_client(self.client())
    }

    /// Returns a connection to the same database whose requests meet no faults and are not counted.
    pub fn db_without_faults(&self) -> DynamoDb {
        let test = Self {
            faults: Faults::default(),
            ..self.clone()
        };
        test.faults.without_log();
        test.db()
    }

    /// Returns the SDK's client of [`TestDatabase::db`], for a program's own connection: `DynamoDb::builder().client(..)`.
    pub fn client(&self) -> Client {
        let retries = match self.attempts {
            1 => RetryConfig::disabled(),
            attempts => RetryConfig::standard().with_max_attempts(attempts),
        };
        // Without a partition of its own, the faults of one test would use up the retries of another: the SDK counts them
        // for the whole process.
        let partition = RetryPartition::custom("dkmio::testing")
            .token_bucket(TokenBucket::unlimited())
            .build();
        let timeouts = TimeoutConfig::builder()
            .operation_attempt_timeout(Self::ATTEMPT_TIMEOUT)
            .build();
        let config = EmbeddedEngine::config()
            .retry_config(retries)
            .retry_partition(partition)
            .timeout_config(timeouts)
            .http_client(FaultClient {
                engine: self.engine.clone(),
                faults: self.faults.clone(),
            });
        Client::from_conf(config.build())
    }

    /// Creates the table of a model, past the faults.
    ///
    /// # Errors
    ///
    /// As [`DynamoDb::create_table`].
    pub async fn create_table<T: TableDefinition>(&self) -> Result<(), Error> {
        self.db_without_faults().create_table::<T>().await
    }

    /// Puts an empty engine in place of this one, behind the connections that there are: their tables are gone.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when the new engine does not start; then the old one stays.
    pub fn reset(&self) -> Result<(), EngineError> {
        let engine = EmbeddedEngine::in_memory()?;
        *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = Ok(engine);
        Ok(())
    }
}
