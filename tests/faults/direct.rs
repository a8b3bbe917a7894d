//! First attempts without the SDK's call: the same requests, and whatever is not a readable success is the SDK's.

use crate::signed::assert_signed;
use crate::tables::{item, key};
use crate::{in_time, printed, variant};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use dkmio::aws_sdk_dynamodb::config::endpoint::{
    Endpoint, EndpointFuture, Params, ResolveEndpoint,
};
use dkmio::aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use dkmio::aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};
use dkmio::aws_sdk_dynamodb::{Client, Config};
use dkmio::{DynamoDb, Error, Observation, Observer};
use dkmio_tests::canned::{SECRET, Sent, json};
use dkmio_tests::orders::Orders;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// What a request meets.
pub(crate) type Came = Result<HttpResponse, ConnectorError>;
/// `None` if no answer ever comes.
type Step = Box<dyn Fn() -> Option<Came> + Send + Sync>;

/// A server that follows a script, then answers `{}`; its clock; and how often its address was looked up.
///
/// The SDK's call looks the address up each time, a direct attempt once a second.
#[derive(Clone, Default)]
pub(crate) struct Server(Arc<Inner>);

#[derive(Default)]
struct Inner {
    script: Mutex<VecDeque<Step>>,
    sent: Mutex<Vec<Sent>>,
    seconds: AtomicU64,
    /// Where requests go; a default if it is empty.
    address: Mutex<String>,
    resolved: AtomicUsize,
    attempts: AtomicUsize,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Server")
    }
}

impl HttpClient for Server {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Server {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let headers = request.headers().iter();
        self.0.sent.lock().unwrap().push(Sent {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            headers: headers.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
            body: request.body().bytes().unwrap().to_vec(),
        });
        let step = self.0.script.lock().unwrap().pop_front();
        let came = step.map_or_else(|| Some(Ok(json(200, "{}"))), |step| step());
        HttpConnectorFuture::new(async move {
            tokio::task::yield_now().await;
            match came {
                Some(came) => came,
                None => std::future::pending().await,
            }
        })
    }
}

impl ResolveEndpoint for Server {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        self.0.resolved.fetch_add(1, Ordering::Relaxed);
        let address = self.0.address.lock().unwrap().clone();
        let url = if address.is_empty() {
            "http://canned.invalid".to_owned()
        } else {
            address
        };
        EndpointFuture::ready(Ok(Endpoint::builder().url(url).build()))
    }
}

impl TimeSource for Server {
    fn now(&self) -> SystemTime {
        let seconds = self.0.seconds.load(Ordering::Relaxed);
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
    }
}

impl Observer for Server {
    fn observe(&self, request: &Observation<'_>) {
        let attempts = request.attempts as usize;
        self.0.attempts.store(attempts, Ordering::Relaxed);
    }
}

impl Server {
    pub(crate) fn config(&self) -> Builder {
        let partition = RetryPartition::custom("direct")
            .token_bucket(TokenBucket::unlimited())
            .build();
        let retries = RetryConfig::standard().with_max_attempts(3);
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("id", SECRET, None, None, "test"))
            .endpoint_resolver(self.clone())
            .time_source(self.clone())
            .retry_config(retries.with_initial_backoff(Duration::from_millis(1)))
            .retry_partition(partition)
            .http_client(self.clone())
    }

    pub(crate) fn db(&self, config: Builder, direct: bool) -> DynamoDb {
        DynamoDb::builder()
            .client(Client::from_conf(config.build()))
            .observer(self.clone())
            .direct(direct)
            .build()
    }

    /// Moves to another address.
    pub(crate) fn move_to(&self, address: &str) {
        *self.0.address.lock().unwrap() = address.to_owned();
    }

    /// Lets this time go by.
    pub(crate) fn wait(&self, seconds: u64) {
        self.0.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(crate) fn script(&self, step: impl Fn() -> Came + Send + Sync + 'static) {
        let step = move || Some(step());
        self.0.script.lock().unwrap().push_back(Box::new(step));
    }

    /// Never answers one request.
    pub(crate) fn hang(&self) {
        self.0.script.lock().unwrap().push_back(Box::new(|| None));
    }

    /// Returns how many attempts the last call had.
    pub(crate) fn attempts(&self) -> usize {
        self.0.attempts.load(Ordering::Relaxed)
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.0.sent.lock().unwrap().clone()
    }

    /// Returns `true` if this operation goes direct on this connection, once it was seen and the second has begun.
    pub(crate) async fn is_direct(&self, db: &DynamoDb, operation: Operation) -> bool {
        for _ in 0..2 {
            operation.run(db).await.unwrap();
        }
        let before = self.0.resolved.load(Ordering::Relaxed);
        operation.run(db).await.unwrap();
        before == self.0.resolved.load(Ordering::Relaxed)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Get,
    Put,
    Update,
    Delete,
    Query,
    Scan,
}

impl Operation {
    pub(crate) const ALL: [Self; 6] = [
        Self::Get,
        Self::Put,
        Self::Update,
        Self::Delete,
        Self::Query,
        Self::Scan,
    ];

    pub(crate) async fn run(self, db: &DynamoDb) -> Result<usize, Error> {
        match self {
            Self::Get => Ok(Orders::get(key(1)).execute(db).await?.iter().len()),
            Self::Put => {
                let put = Orders::put(&item(1)).condition(|o| o.total().lt(5));
                Ok(put.return_old().execute(db).await?.iter().len())
            }
            Self::Update => {
                let update = Orders::update(key(1)).set(|o| o.description(), "new".to_owned());
                update.execute(db).await.map(|_| 1)
            }
            Self::Delete => Orders::delete(key(1)).execute(db).await.map(|_| 1),
            Self::Query => Ok(Orders::query("usr_1").execute(db).await?.into_items().len()),
            Self::Scan => Ok(Orders::scan().execute(db).await?.into_items().len()),
        }
    }
}

#[tokio::test]
async fn all_operations_of_one_table_go_direct() {
    let server = Server::default();
    for wire_codec in [true, false] {
        let db = DynamoDb::builder()
            .client(Client::from_conf(server.config().build()))
            .wire_codec(wire_codec)
            .direct(true)
            .build();
        for operation in Operation::ALL {
            assert!(server.is_direct(&db, operation).await, "{operation:?}");
        }
    }
    let db = server.db(server.config(), false);
    for operation in Operation::ALL {
        assert!(!server.is_direct(&db, operation).await, "{operation:?}");
    }
}

/// Header by header, but for the id that is new each time.
#[tokio::test]
async fn a_direct_request_is_the_one_that_the_sdk_sends() {
    let somebody = |token: Option<&str>| {
        let token = token.map(str::to_owned);
        Credentials::new("id", SECRET, token, None, "test")
    };
    for token in [None, Some("token==")] {
        for operation in Operation::ALL {
            let [direct, by_the_sdk] = [true, false].map(|_| Server::default());
            for (server, is_direct) in [(&direct, true), (&by_the_sdk, false)] {
                let config = server.config().credentials_provider(somebody(token));
                let db = server.db(config, is_direct);
                assert_eq!(server.is_direct(&db, operation).await, is_direct);
            }
            let of = |server: &Server| {
                let sent = server.sent().pop().unwrap();
                assert_signed(&sent);
                let mut headers = sent.headers.clone();
                for (name, value) in &mut headers {
                    match name.as_str() {
                        "amz-sdk-invocation-id" => {
                            let lengths: Vec<usize> = value.split('-').map(str::len).collect();
                            assert_eq!(lengths, [8, 4, 4, 4, 12]);
                            value.clear();
                        }
                        // The members of a JSON object come in any order, so that the bodies' signatures differ.
                        "authorization" => value.truncate(value.find("Signature=").unwrap()),
                        _ => {}
                    }
                }
                headers.sort();
                (sent.method.clone(), sent.uri.clone(), sent.json(), headers)
            };
            assert_eq!(of(&direct), of(&by_the_sdk), "{operation:?}");
        }
    }
}

/// What is done with a script of answers, and what is sent meanwhile.
#[derive(Debug, PartialEq)]
struct Done {
    result: Result<usize, (&'static str, String, bool, bool, Option<String>)>,
    attempts: usize,
    bodies: Vec<serde_json::Value>,
    attempt_headers: Vec<Option<String>>,
    /// How many different calls AWS sees.
    ids: usize,
}

/// Runs an operation on a warm connection, whose server follows the script.
async fn done(operation: Operation, direct: bool, script: &[fn() -> Came]) -> Done {
    let server = Server::default();
    let db = server.db(server.config(), direct);
    assert_eq!(server.is_direct(&db, operation).await, direct);
    let before = server.sent().len();
    for step in script {
        server.script(*step);
    }
    let result = in_time(operation.run(&db)).await.map_err(|e| {
        let id = e.request_id().map(str::to_owned);
        (
            variant(&e),
            printed(&e),
            e.is_retryable(),
            e.is_ambiguous(),
            id,
        )
    });
    let sent = server.sent().split_off(before);
    let header = |sent: &Sent| sent.header("amz-sdk-request").map(str::to_owned);
    Done {
        result,
        attempts: server.0.attempts.load(Ordering::Relaxed),
        attempt_headers: sent.iter().map(header).collect(),
        ids: sent
            .iter()
            .map(|sent| sent.header("amz-sdk-invocation-id"))
            .collect::<BTreeSet<_>>()
            .len(),
        bodies: sent.iter().map(Sent::json).collect(),
    }
}

fn failed(status: u16, code: &str, more: &str) -> Came {
    let body =
        format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"no"{more}}}"#);
    let mut answer = json(status, body);
    answer.headers_mut().insert("x-amzn-requestid", "REQUEST");
    Ok(answer)
}

fn throttled() -> Came {
    failed(400, "ProvisionedThroughputExceededException", "")
}

fn server_error() -> Came {
    failed(500, "InternalServerError", "")
}

fn broken() -> Came {
    let error = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    Err(ConnectorError::io(error.into()))
}

fn refused() -> Came {
    let error = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    Err(ConnectorError::io(error.into()).never_connected())
}

fn no_table() -> Came {
    failed(400, "ResourceNotFoundException", "")
}

fn condition() -> Came {
    failed(
        400,
        "ConditionalCheckFailedException",
        r#","Item":{"total":{"N":"9"}}"#,
    )
}

fn not_json() -> Came {
    Ok(json(200, "<html>"))
}

fn created() -> Came {
    Ok(json(201, "{}"))
}

fn breaks_off() -> Came {
    let part = bytes::Bytes::from_static(b"{\"Item\":");
    let pause = Duration::from_millis(1);
    Ok(json(
        200,
        crate::slow::Slow::body([part], pause, crate::slow::End::Reset),
    ))
}

fn comes_slowly() -> Came {
    let parts = [b"{".as_slice(), b"}"].map(bytes::Bytes::from_static);
    let pause = Duration::from_millis(2);
    Ok(json(
        200,
        crate::slow::Slow::body(parts, pause, crate::slow::End::Whole),
    ))
}

fn other_protocol() -> Came {
    let mut answer = json(200, "{}");
    answer.headers_mut().insert("content-type", "text/plain");
    Ok(answer)
}

const SCRIPTS: &[&[fn() -> Came]] = &[
    &[],
    &[throttled],
    &[throttled, throttled, throttled],
    &[server_error],
    &[server_error, broken],
    &[server_error, server_error, server_error],
    &[broken],
    &[broken, broken, broken],
    &[refused],
    &[refused, refused, refused],
    &[no_table],
    &[condition],
    &[not_json],
    &[not_json, not_json, not_json],
    &[created],
    &[breaks_off],
    &[breaks_off, breaks_off, breaks_off],
    &[comes_slowly],
    &[other_protocol],
];

#[tokio::test]
async fn a_failure_is_what_it_is_without_direct_attempts() {
    for operation in Operation::ALL {
        for (number, script) in SCRIPTS.iter().enumerate() {
            let direct = done(operation, true, script).await;
            let by_the_sdk = done(operation, false, script).await;
            assert_eq!(direct, by_the_sdk, "{operation:?}, script {number}");
        }
    }
}

#[tokio::test]
async fn after_an_unanswered_request_the_next_ones_go_by_the_sdk_for_a_while() {
    let server = Server::default();
    let db = server.db(server.config(), true);
    assert!(server.is_direct(&db, Operation::Get).await);
    server.script(broken);
    Operation::Get.run(&db).await.unwrap();
    assert!(!server.is_direct(&db, Operation::Get).await);
    assert!(!server.is_direct(&db, Operation::Put).await);
    server.wait(2);
    assert!(server.is_direct(&db, Operation::Get).await);
    // An answer that refuses the request says nothing about the next one.
    server.script(condition);
    Operation::Put.run(&db).await.unwrap_err();
    assert!(server.is_direct(&db, Operation::Put).await);
}

#[tokio::test]
async fn a_quota_that_is_used_is_filled_by_the_sdk() {
    let server = Server::default();
    let partition = RetryPartition::custom("used")
        .token_bucket(TokenBucket::builder().capacity(20).build())
        .build();
    let db = server.db(server.config().retry_partition(partition), true);
    assert!(server.is_direct(&db, Operation::Get).await);
    server.script(server_error);
    server.script(server_error);
    server.script(server_error);
    Operation::Get.run(&db).await.unwrap_err();
    server.wait(10);
    assert!(!server.is_direct(&db, Operation::Get).await);
    for _ in 0..30 {
        Operation::Get.run(&db).await.unwrap();
    }
    assert!(server.is_direct(&db, Operation::Get).await);
}

/// What is kept of a client's first request has the client's own parts in it.
#[tokio::test]
async fn a_connection_that_is_dropped_is_freed() {
    let server = Server::default();
    let db = server.db(server.config(), true);
    for operation in Operation::ALL {
        assert!(server.is_direct(&db, operation).await);
    }
    server.script(condition);
    Operation::Put.run(&db).await.unwrap_err();
    drop(db);
    assert_eq!(Arc::strong_count(&server.0), 1);
}
