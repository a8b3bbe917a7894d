//! A database for each test: an embedded one, or with `DKMIO_TEST_ENDPOINT` a prefix of its own on that endpoint.
#![allow(
    clippy::panic,
    reason = "a test fails by panicking, and only here is it decided whether it has"
)]

use crate::differences::{Engine, difference};
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use dkmio::{DynamoDb, EmbeddedEngine, Error, Table};
use std::any::Any;
use std::future::poll_fn;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{SystemTime, UNIX_EPOCH};

/// Makes connections for tests.
pub struct Database;

impl Database {
    /// Returns a connection to an empty database, or to an engine that others use under other prefixes.
    pub async fn fresh() -> DynamoDb {
        DynamoDb::builder()
            .client(Self::client())
            .table_prefix(Self::prefix())
            .build()
    }

    /// Returns a fresh connection with the table of a model.
    ///
    /// # Errors
    ///
    /// What `create_table` answers.
    pub async fn with<M: Table>() -> Result<DynamoDb, Error> {
        let db = Self::fresh().await;
        Self::create::<M>(&db).await?;
        Ok(db)
    }

    /// Creates the table of a model, on an engine that knows no time to live too: few tests are about that.
    ///
    /// # Errors
    ///
    /// What `create_table` answers.
    pub async fn create<M: Table>(db: &DynamoDb) -> Result<(), Error> {
        match db.create_table::<M>().await {
            Err(e)
                if !Engine::of_env().expires() && e.code() == Some("UnknownOperationException") =>
            {
                Ok(())
            }
            result => result,
        }
    }

    /// Returns a client of the SDK: of an embedded engine of its own, or of the endpoint.
    pub fn client() -> Client {
        let Some(endpoint) = Self::endpoint() else {
            return match EmbeddedEngine::in_memory() {
                Ok(engine) => engine.client(),
                Err(e) => panic!("the embedded engine does not start: {e}"),
            };
        };
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "dkmio-tests"))
            .endpoint_url(endpoint);
        Client::from_conf(config.build())
    }

    /// Returns a table prefix that no other test has.
    pub fn prefix() -> String {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        let started = SystemTime::now().duration_since(UNIX_EPOCH);
        format!(
            "t{}-{}-{}-",
            started.unwrap_or_default().as_millis(),
            std::process::id(),
            COUNTER.fetch_add(1, Ordering::Relaxed)
        )
    }

    pub(crate) fn endpoint() -> Option<String> {
        std::env::var("DKMIO_TEST_ENDPOINT")
            .ok()
            .filter(|endpoint| !endpoint.is_empty())
    }
}

/// Runs the body of a test on a fresh database.
///
/// A test that is listed for the engine in [`differences`](crate::differences) has to fail there: it is named on
/// standard error with the engine's fault. If it does not fail any more, that is a failure.
///
/// # Panics
///
/// When the test fails.
pub async fn check<F: AsyncFnOnce(DynamoDb) -> Result<(), Error>>(body: F) {
    let name = test_name::<F>();
    let outcome = unpanicked(async { body(Database::fresh().await).await }).await;
    match (difference(Engine::of_env(), &name), outcome) {
        (None, Ok(Ok(()))) => {}
        (None, Ok(Err(e))) => panic!("{e}\n{e:?}"),
        (None, Err(panicked)) => resume_unwind(panicked),
        (Some(_), Ok(Ok(()))) => {
            panic!("`{name}` is listed as a difference of this engine, and passes")
        }
        (Some(fault), _) => {
            // Not `eprintln!`: the harness would swallow it.
            let _ = writeln!(std::io::stderr(), "test {name} ... differs: {fault}");
        }
    }
}

/// Returns the test's path from the name of the closure in it: `seed::get::a_missing_item_is_none`.
fn test_name<F>() -> String {
    let path = std::any::type_name::<F>();
    let path = path.split("::{{closure}}").next().unwrap_or(path);
    path.split_once("::")
        .map_or(path, |(_, within)| within)
        .to_owned()
}

/// Awaits a future, and catches its panic.
async fn unpanicked<T>(future: impl Future<Output = T>) -> Result<T, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(panicked) => Poll::Ready(Err(panicked)),
        },
    )
    .await
}
