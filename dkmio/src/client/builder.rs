//! The settings of a connection, checked when it is built: region, endpoint, credentials, timeouts, retries, table
//! names.

#[cfg(feature = "embedded")]
use super::embedded::EmbeddedEngine;
use crate::executor::{
    CircuitBreakerConfig, ClientSource, DynamoDb, MadeClient, Observer, Settings,
};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Credentials;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use std::sync::Arc;
use std::time::Duration;

/// Sets up a connection; see [`DynamoDb::builder`].
///
/// Timeouts, unless set: 3 seconds to connect, 10 seconds for one attempt, 60 seconds for an operation with its retries.
/// Requests that may succeed later are retried by the SDK, and by nothing else: 3 attempts, unless set or in the
/// environment. A connection over a ready client or `SdkConfig` keeps the timeouts and retries of that.
///
/// # Examples
///
/// ```no_run
/// use dkmio::DynamoDb;
/// use std::time::Duration;
///
/// let db = DynamoDb::builder()
///     .region("eu-west-1")
///     .table_prefix("prod-")
///     .table_override("users", "shared-users")
///     .operation_timeout(Duration::from_secs(5))
///     .name("orders")
///     .build();
/// # let _ = db;
/// ```
#[must_use = "no connection is made until `.build()`"]
pub struct DynamoDbBuilder {
    origin: Origin,
    region: Option<String>,
    endpoint_url: Option<String>,
    credentials: Option<Credentials>,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    operation_timeout: Duration,
    retry_config: Option<RetryConfig>,
    settings: Settings,
}

enum Origin {
    Environment,
    Config(Box<SdkConfig>),
    Client(Client),
    #[cfg(feature = "embedded")]
    Embedded,
}

impl Default for DynamoDbBuilder {
    fn default() -> Self {
        Self {
            origin: Origin::Environment,
            region: None,
            endpoint_url: None,
            credentials: None,
            connect_timeout: Duration::from_secs(3),
            attempt_timeout: Duration::from_secs(10),
            operation_timeout: Duration::from_secs(60),
            retry_config: None,
            settings: Settings::default(),
        }
    }
}

impl DynamoDbBuilder {
    /// Sets the region, in place of the environment's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the endpoint, such as `http://localhost:8000` for DynamoDB Local, which also wants a region and
    /// [`credentials`](Self::credentials) of any kind.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// Sets fixed credentials, in place of the environment's: for an engine such as DynamoDB Local, which takes any.
    ///
    /// In production leave them to the environment: keys in code end up in other hands.
    pub fn credentials(
        mut self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
    ) -> Self {
        let (id, secret) = (access_key_id.into(), secret_access_key.into());
        self.credentials = Some(Credentials::new(id, secret, None, None, "dkmio"));
        self
    }

    /// Puts a prefix before the name of every table.
    pub fn table_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.settings.tables.prefix = prefix.into();
        self
    }

    /// Gives one table another name, without the prefix.
    pub fn table_override(mut self, table: impl Into<String>, name: impl Into<String>) -> Self {
        let overrides = &mut self.settings.tables.overrides;
        overrides.insert(table.into(), name.into());
        self
    }

    /// Names the connection, so that its spans and events can be told from others.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// Sets how long making a connection may take.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long one attempt of a request may take.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets how long a request may take with all its retries.
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.operation_timeout = timeout;
        self
    }

    /// Sets how the SDK retries: how many attempts it makes, the first wait, and whether it slows down when it is throttled
    /// (`RetryConfig::adaptive()`). In place of `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE` and the profile.
    ///
    /// dkmio never retries on top of it. It sends again only what the SDK cannot see, within a budget of time: what a
    /// batch left unprocessed, and, if asked to, transactions that were canceled for a conflict.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use dkmio::DynamoDb;
    /// use dkmio::aws_sdk_dynamodb::config::retry::RetryConfig;
    /// use std::time::Duration;
    ///
    /// let retries = RetryConfig::standard()
    ///     .with_max_attempts(5)
    ///     .with_initial_backoff(Duration::from_millis(50));
    /// let db = DynamoDb::builder().retry_config(retries).build();
    /// # let _ = db;
    /// ```
    pub fn retry_config(mut self, config: RetryConfig) -> Self {
        self.retry_config = Some(config);
        self
    }

    /// Sets when the [circuit breaker](crate::CircuitBreaker) opens, and for how long; `None` switches it off.
    ///
    /// Unless set, 5 operations that fail in a row open it for 30 seconds.
    pub fn circuit_breaker(mut self, config: Option<CircuitBreakerConfig>) -> Self {
        self.settings.circuit_breaker = config;
        self
    }

    /// Reports each request to an [`Observer`], which can count metrics.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Asks DynamoDB with every request for the capacity that it uses, by table and index: for the observer, the spans
    /// and [`Page::consumed_capacity`](crate::Page::consumed_capacity). It costs no capacity.
    ///
    /// For some requests only, use [`DynamoDb::metered`].
    pub fn return_consumed_capacity(mut self) -> Self {
        self.settings.return_consumed_capacity = true;
        self
    }

    /// Sets whether items are read straight from the bytes of answers, and written straight into those of requests; on
    /// unless set, or unless the environment has `DKMIO_WIRE_CODEC=off`.
    ///
    /// The result is the same either way. Switched off, all items pass through the SDK's own types, at several times the
    /// work: for mocks and interceptors that look for items, or for the keys of a batch, in the SDK's inputs and outputs.
    pub fn wire_codec(mut self, on: bool) -> Self {
        self.settings.wire_codec = on;
        self
    }

    /// Sets whether the first attempt of a request may be sent without the SDK's call around it; on unless set, or unless the
    /// environment has `DKMIO_DIRECT=off`.
    ///
    /// The request is the same, and so are the result, the retries and the errors: the SDK takes over whatever is not a
    /// readable success. Switched off, a small request takes five times the CPU time: the guide's page on performance has
    /// the numbers, and lists what goes by the SDK anyway.
    pub fn direct(mut self, on: bool) -> Self {
        self.settings.direct = on;
        self
    }

    /// Takes the configuration that `aws_config` loaded, as it is: region, endpoint and timeouts are its own.
    pub fn sdk_config(mut self, config: &SdkConfig) -> Self {
        self.origin = Origin::Config(Box::new(config.clone()));
        self
    }

    /// Takes a client of the SDK, as it is: region, endpoint and timeouts are its own, and so are its interceptors.
    /// Unless [`wire_codec`](Self::wire_codec) is off, these see inputs and outputs without their items, batch gets
    /// without their keys, and puts of a transaction that differ in their items only as one member. Their changes are
    /// sent; if an interceptor changes such an input, it may be called a second time, with the whole input.
    pub fn client(mut self, client: Client) -> Self {
        self.origin = Origin::Client(client);
        self
    }

    /// Takes a client of DynamoDB Streams, as it is, for [`DynamoDb::changes`].
    ///
    /// Unless it is given, the connection makes one with its own region, endpoint, credentials, HTTP client, retries and
    /// timeouts. Give one where DynamoDB Streams has an endpoint of its own, as in a VPC.
    #[cfg(feature = "streams")]
    pub fn streams_client(mut self, client: aws_sdk_dynamodbstreams::Client) -> Self {
        self.settings.streams_client = Some(client);
        self
    }

    /// Takes an engine of its own in this process, as [`DynamoDb::embedded`] does.
    #[cfg(feature = "embedded")]
    pub fn embedded(mut self) -> Self {
        self.origin = Origin::Embedded;
        self
    }

    /// Returns whether the access key id can be in a header. The SDK would panic on an id that cannot.
    fn has_sendable_credentials(&self) -> bool {
        let id = self.credentials.as_ref().map_or("", |c| c.access_key_id());
        id.bytes().all(|b| b.is_ascii_graphic())
    }

    /// Returns the connection. Nothing is looked up or opened before the first request.
    pub fn build(self) -> DynamoDb {
        let source = match self.origin {
            Origin::Client(client) => ClientSource::Ready(MadeClient::given(client)),
            Origin::Config(config) => ClientSource::Ready(MadeClient::of_config(&config)),
            #[cfg(feature = "embedded")]
            Origin::Embedded => match EmbeddedEngine::in_memory() {
                Ok(engine) => ClientSource::Ready(MadeClient::given(engine.client())),
                Err(e) => {
                    ClientSource::Unavailable(format!("the embedded engine does not start: {e}"))
                }
            },
            Origin::Environment if !self.has_sendable_credentials() => ClientSource::Unavailable(
                "the access key id has a character that no request can have in its headers, such as a line's end"
                    .to_owned(),
            ),
            Origin::Environment => {
                let timeouts = TimeoutConfig::builder()
                    .connect_timeout(self.connect_timeout)
                    .operation_attempt_timeout(self.attempt_timeout)
                    .operation_timeout(self.operation_timeout)
                    .build();
                let (region, endpoint, credentials) =
                    (self.region, self.endpoint_url, self.credentials);
                let retries = self.retry_config;
                ClientSource::Lazy(Box::new(move || {
                    let mut loader = aws_config::defaults(BehaviorVersion::latest())
                        .timeout_config(timeouts.clone());
                    if let Some(region) = &region {
                        loader = loader.region(Region::new(region.clone()));
                    }
                    if let Some(retries) = &retries {
                        loader = loader.retry_config(retries.clone());
                    }
                    if let Some(endpoint) = &endpoint {
                        loader = loader.endpoint_url(endpoint);
                    }
                    if let Some(credentials) = &credentials {
                        loader = loader.credentials_provider(credentials.clone());
                    }
                    Box::pin(async move { MadeClient::of_config(&loader.load().await) })
                }))
            }
        };
        DynamoDb::new(source, self.settings)
    }
}
