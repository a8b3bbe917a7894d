//! An in-process DynamoDB that answers the official SDK.
//!
//! The engine takes the place of the network: it answers the requests the SDK has serialised and
//! signed with the responses DynamoDB would give, so that all but the wire is the code that runs
//! in production.

mod dispatch;
mod response;

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{self, BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use dynoxide::{Database, DynoxideError};

/// A handle to an in-process DynamoDB engine, to be given to the SDK as its HTTP client.
///
/// Clones share one database. An in-memory database is gone with its last handle.
#[derive(Clone, Debug)]
pub struct EmbeddedEngine {
    connector: SharedHttpConnector,
}

/// Why an [`EmbeddedEngine`] could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The path is not valid UTF-8, which SQLite asks for.
    #[error("the path of the database is not valid UTF-8: {}", .0.display())]
    Path(PathBuf),
    /// SQLite refused to open the database.
    #[error("SQLite could not open the database")]
    Open(#[source] Box<dyn Error + Send + Sync>),
}

impl EmbeddedEngine {
    /// Opens an empty database in memory.
    pub fn in_memory() -> Result<Self, EngineError> {
        Self::over(Database::memory())
    }

    /// Opens the database file at `path`, and creates it if there is none.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, EngineError> {
        let path = path.as_ref();
        let utf8 = path
            .to_str()
            .ok_or_else(|| EngineError::Path(path.to_owned()))?;
        Self::over(Database::new(utf8))
    }

    /// Returns a client of the SDK whose requests this engine answers.
    ///
    /// The credentials only feed the signer. The host is under `.invalid` (RFC 6761), so that nothing leaves the process
    /// even where another HTTP client is put in place of the engine.
    pub fn client(&self) -> Client {
        Client::from_conf(Self::config().http_client(self.clone()).build())
    }

    /// Returns what a client of an engine in this process has: all but the engine.
    pub(crate) fn config() -> config::Builder {
        let credentials = Credentials::new("embedded", "embedded", None, None, "dkmio");
        aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(credentials)
            .endpoint_url("http://embedded.invalid")
    }

    fn over(database: Result<Database, DynoxideError>) -> Result<Self, EngineError> {
        let database = database.map_err(|error| EngineError::Open(Box::new(error)))?;
        Ok(Self {
            connector: SharedHttpConnector::new(EmbeddedConnector { database }),
        })
    }
}

impl HttpClient for EmbeddedEngine {
    // The settings are timeouts, and there is nothing to wait for.
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        self.connector.clone()
    }
}

struct EmbeddedConnector {
    database: Database,
}

// `Database` has no `Debug`.
impl fmt::Debug for EmbeddedConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedConnector").finish_non_exhaustive()
    }
}

impl HttpConnector for EmbeddedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let database = self.database.clone();
        HttpConnectorFuture::new(async move {
            // A response off the network always suspends its task. Without this a loop of requests
            // would starve the other tasks of a current-thread runtime, and tasks that race in
            // production would run here one after the other.
            tokio::task::yield_now().await;

            // The SQLite call runs inline. `Database` is one mutex around one connection, locked
            // and released inside each call and never held over an await, so it cannot deadlock on
            // any runtime; `spawn_blocking` would only move the queue for that mutex to other
            // threads, at the price of two thread switches a request.
            let target = request.headers().get("x-amz-target").unwrap_or_default();
            let body = request.body().bytes().ok_or_else(|| {
                ConnectorError::user("the embedded engine takes no streamed request body".into())
            })?;
            let reply = dispatch::dispatch(&database, target, body);
            response::response(reply).map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}
