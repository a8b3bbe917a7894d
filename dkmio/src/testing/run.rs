//! What `#[dkmio::test]` expands to.

use super::database::TestDatabase;
use super::faults::Faults;
use super::fixtures::load_json;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::schema::{Table, TableDefinition};
use aws_sdk_dynamodb::Client;
use std::pin::Pin;
use tokio::runtime::{Builder, Runtime};

/// An argument of a test with [`#[dkmio::test]`](macro@crate::test): the connection, the faults, the SDK's client, or the
/// whole [`TestDatabase`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no argument of a dkmio test",
    label = "expected `DynamoDb`, `Faults`, `TestDatabase` or the SDK's `Client`"
)]
pub trait FromTestDatabase {
    #[doc(hidden)]
    fn from_test_database(test: &TestDatabase) -> Self;
}

impl FromTestDatabase for TestDatabase {
    fn from_test_database(test: &TestDatabase) -> Self {
        test.clone()
    }
}

impl FromTestDatabase for DynamoDb {
    fn from_test_database(test: &TestDatabase) -> Self {
        test.db()
    }
}

impl FromTestDatabase for Faults {
    fn from_test_database(test: &TestDatabase) -> Self {
        test.faults().clone()
    }
}

impl FromTestDatabase for Client {
    fn from_test_database(test: &TestDatabase) -> Self {
        test.client()
    }
}

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Creates a table and loads its fixtures.
pub type Setup = for<'t> fn(&'t TestDatabase) -> BoxFuture<'t, Result<(), Error>>;

impl TestDatabase {
    #[doc(hidden)]
    pub fn create<T: TableDefinition>(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(self.create_table::<T>())
    }

    #[doc(hidden)]
    pub fn create_with<'t, M: Table>(
        &'t self,
        fixtures: &'t str,
    ) -> BoxFuture<'t, Result<(), Error>> {
        Box::pin(async move {
            self.create_table::<M>().await?;
            load_json::<M>(&self.db_without_faults(), fixtures).await?;
            Ok(())
        })
    }
}

/// Runs a test on a database of its own.
///
/// # Panics
///
/// When the database cannot be set up; the test has failed then.
#[allow(clippy::panic, reason = "a test fails by panicking")]
pub fn run<T>(
    start_paused: bool,
    setups: &[Setup],
    body: impl AsyncFnOnce(TestDatabase) -> T,
) -> T {
    let runtime = match runtime(start_paused) {
        Ok(runtime) => runtime,
        Err(e) => panic!("tokio's runtime does not start: {e}"),
    };
    runtime.block_on(async {
        let test = TestDatabase::new();
        for setup in setups {
            if let Err(e) = setup(&test).await {
                panic!("the test's tables cannot be set up: {e}");
            }
        }
        body(test).await
    })
}

fn runtime(start_paused: bool) -> std::io::Result<Runtime> {
    Builder::new_current_thread()
        .enable_all()
        .start_paused(start_paused)
        .build()
}
