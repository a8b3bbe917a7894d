//! [`DynamoDb`]: the client, its settings, and what all calls of a connection share.

use super::breaker::{CircuitBreaker, CircuitBreakerConfig};
use super::capacity::CapacityMeter;
use super::clock_skew::ClockSkew;
use super::interceptor::Interceptor;
use super::observer::Observer;
use super::route::{Routes, has_own_auth};
use super::sdk_parts::Seen;
use super::signature::Scheme;
use super::table_names::TableNames;
use crate::error::{Configuration, Error};
use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::SharedInterceptor;
#[cfg(feature = "streams")]
use aws_sdk_dynamodbstreams::Client as StreamsClient;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, RwLock};
use tokio::sync::OnceCell;

/// A connection to DynamoDB.
///
/// Cheap to clone; all clones share one client, its connections and its settings. Making one does no I/O: region and
/// credentials are looked up on the first request.
///
/// # Examples
///
/// ```no_run
/// use dkmio::DynamoDb;
///
/// let db = DynamoDb::from_env();
/// let local = DynamoDb::builder()
///     .region("us-east-1")
///     .endpoint_url("http://localhost:8000")
///     .table_prefix("dev-")
///     .build();
/// # let _ = (db, local);
/// ```
#[derive(Clone)]
pub struct DynamoDb {
    inner: Arc<Inner>,
    /// Belongs to this handle and its clones, not to the whole connection.
    meter: Option<CapacityMeter>,
}

struct Inner {
    clients: OnceCell<Clients>,
    source: ClientSource,
    breaker: CircuitBreaker,
    settings: Settings,
}

/// Where the client comes from. Made by the builder in `client`.
pub(crate) enum ClientSource {
    /// There is a client.
    Ready(MadeClient),
    /// Makes the client on the first request.
    Lazy(Box<dyn Fn() -> LazyClient + Send + Sync>),
    /// No client can be made, for this reason.
    Unavailable(String),
}

/// A client, and what it was made of.
#[derive(Clone)]
pub(crate) struct MadeClient {
    client: Client,
    /// `None` if the user gave the client.
    #[cfg(feature = "streams")]
    config: Option<Box<SdkConfig>>,
}

impl MadeClient {
    /// Takes the user's client.
    pub(crate) fn given(client: Client) -> Self {
        Self {
            client,
            #[cfg(feature = "streams")]
            config: None,
        }
    }

    pub(crate) fn of_config(config: &SdkConfig) -> Self {
        Self {
            client: Client::new(config),
            #[cfg(feature = "streams")]
            config: Some(Box::new(config.clone())),
        }
    }
}

/// The clients of a connection.
struct Clients {
    /// As the user gave it, for the user.
    given: Client,
    /// With dkmio's interceptor and signer, for dkmio's requests.
    intercepted: Client,
    routes: Routes,
    /// What the client of DynamoDB Streams is made of, if the user gave no client.
    #[cfg(feature = "streams")]
    config: Option<Box<SdkConfig>>,
    /// The client of DynamoDB Streams, which is made when it is needed.
    #[cfg(feature = "streams")]
    streams: OnceCell<StreamsClient>,
}

impl Clients {
    fn of(made: MadeClient, settings: &Settings) -> Self {
        let given = made.client;
        let mut config = given.config().to_builder();
        // Permanent, because asking before each hook whether it is disabled costs 5,000 instructions a call. No config can
        // disable it anyway, because its type is private.
        let skew = Arc::new(ClockSkew::default());
        let seen = Arc::new(Seen::default());
        let interceptor = Interceptor::new(skew.clone(), Arc::downgrade(&seen));
        config.push_interceptor(SharedInterceptor::permanent(interceptor));
        if !has_own_auth(given.config()) {
            config = config.push_auth_scheme(Scheme::new(skew.clone()));
        }
        Self {
            routes: Routes::new(given.config(), settings.direct, seen, skew),
            intercepted: Client::from_conf(config.build()),
            given,
            #[cfg(feature = "streams")]
            config: made.config,
            #[cfg(feature = "streams")]
            streams: OnceCell::new_with(settings.streams_client.clone()),
        }
    }
}

type LazyClient = Pin<Box<dyn Future<Output = MadeClient> + Send>>;

/// The settings of a connection. Made by the builder in `client`.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) tables: TableNames,
    pub(crate) name: Option<String>,
    pub(crate) circuit_breaker: Option<CircuitBreakerConfig>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    pub(crate) return_consumed_capacity: bool,
    /// `true` if items are spliced into and out of the bytes, `false` if all items are SDK values.
    pub(crate) wire_codec: bool,
    /// `true` if first attempts may be sent without the SDK's call.
    pub(crate) direct: bool,
    /// `true` if the first request of an operation must go direct too, for tests: a rehearsal is begun before it.
    #[cfg(feature = "testing")]
    pub(crate) rehearses: bool,
    /// The user's client of DynamoDB Streams.
    #[cfg(feature = "streams")]
    pub(crate) streams_client: Option<StreamsClient>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tables: TableNames::default(),
            name: None,
            circuit_breaker: Some(CircuitBreakerConfig::default()),
            observer: None,
            return_consumed_capacity: false,
            wire_codec: is_on("DKMIO_WIRE_CODEC"),
            direct: is_on("DKMIO_DIRECT"),
            #[cfg(feature = "testing")]
            rehearses: std::env::var_os("DKMIO_DIRECT").is_some_and(|value| value == "always"),
            #[cfg(feature = "streams")]
            streams_client: None,
        }
    }
}

/// Returns `false` if the environment has this variable as `off`.
fn is_on(variable: &str) -> bool {
    std::env::var_os(variable).is_none_or(|value| value != "off")
}

/// The connection that `.await` on a builder uses.
static DEFAULT: RwLock<Option<DynamoDb>> = RwLock::new(None);

impl DynamoDb {
    pub(crate) fn new(source: ClientSource, settings: Settings) -> Self {
        Self {
            inner: Arc::new(Inner {
                clients: OnceCell::new(),
                source,
                breaker: CircuitBreaker::new(settings.circuit_breaker, settings.name.as_deref()),
                settings,
            }),
            meter: None,
        }
    }

    /// Makes this the connection of the process: `.await` on a builder uses it, without `.execute(&db)`.
    ///
    /// A later call replaces the connection.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "users")]
    /// # struct Users { #[pk] id: String }
    /// # async fn run() -> Result<(), Error> {
    /// DynamoDb::from_env().set_default();
    /// let user = Users::get("usr_123").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_default(&self) {
        // Behind a poisoned lock the connection is whole, because it is replaced in one step.
        let mut slot = DEFAULT.write().unwrap_or_else(|e| e.into_inner());
        *slot = Some(self.clone());
    }

    /// Returns the connection that [`DynamoDb::set_default`] registered.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`] if none was registered.
    pub fn default_connection() -> Result<Self, Error> {
        let slot = DEFAULT.read().unwrap_or_else(|e| e.into_inner());
        slot.clone().ok_or_else(|| {
            Error::Configuration(Configuration::new(
                "no default connection: call `db.set_default()` once, or `.execute(&db)` instead of `.await`",
            ))
        })
    }

    /// Returns the SDK's client, for requests that dkmio cannot make.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`] when the client cannot be made.
    pub async fn client(&self) -> Result<Client, Error> {
        Ok(self.clients().await?.given.clone())
    }

    /// Returns the client that dkmio's requests go through.
    pub(super) async fn connected(&self) -> Result<&Client, Error> {
        Ok(&self.clients().await?.intercepted)
    }

    /// Returns that client and the routes of its requests, if it is made already.
    pub(super) fn connected_already(&self) -> Option<(&Client, &Routes)> {
        let clients = self.inner.clients.get()?;
        Some((&clients.intercepted, &clients.routes))
    }

    /// Returns what the client of DynamoDB Streams is made of, and its place.
    #[cfg(feature = "streams")]
    pub(super) async fn streams_setup(
        &self,
    ) -> Result<(&Client, Option<&SdkConfig>, &OnceCell<StreamsClient>), Error> {
        let clients = self.clients().await?;
        Ok((&clients.given, clients.config.as_deref(), &clients.streams))
    }

    async fn clients(&self) -> Result<&Clients, Error> {
        let connect = || async {
            let made = match &self.inner.source {
                ClientSource::Ready(made) => made.clone(),
                ClientSource::Lazy(connect) => {
                    tracing::debug!(target: "dkmio", client = self.name(), "connecting to DynamoDB");
                    connect().await
                }
                ClientSource::Unavailable(why) => {
                    return Err(Error::Configuration(Configuration::new(why.as_str())));
                }
            };
            Ok(Clients::of(made, &self.inner.settings))
        };
        self.inner.clients.get_or_try_init(connect).await
    }

    /// Returns the name of a table in this connection: with the prefix, or its override.
    pub fn table_name(&self, table: &str) -> String {
        self.table_names().resolve(table).into_owned()
    }

    /// Returns `true` if items are spliced into and out of the bytes.
    pub(super) fn splices(&self) -> bool {
        self.inner.settings.wire_codec
    }

    #[cfg(feature = "testing")]
    pub(super) fn rehearses(&self) -> bool {
        self.inner.settings.rehearses
    }

    pub(crate) fn table_names(&self) -> &TableNames {
        &self.inner.settings.tables
    }

    /// Returns the circuit breaker, which all clones of this connection share.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::{CircuitState, DynamoDb};
    ///
    /// let db = DynamoDb::from_env();
    /// assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
    /// ```
    pub fn circuit_breaker(&self) -> &CircuitBreaker {
        &self.inner.breaker
    }

    /// Returns this connection with a meter: its requests ask for the capacity that they use (`ReturnConsumedCapacity`),
    /// and the meter adds it up.
    ///
    /// The clone shares everything else with this connection, which stays without the meter. Works with every verb: see
    /// [`CapacityMeter`].
    pub fn metered(&self, meter: &CapacityMeter) -> Self {
        Self {
            inner: self.inner.clone(),
            meter: Some(meter.clone()),
        }
    }

    pub(super) fn meter(&self) -> Option<&CapacityMeter> {
        self.meter.as_ref()
    }

    pub(super) fn asks_for_capacity(&self) -> bool {
        self.meter.is_some() || self.inner.settings.return_consumed_capacity
    }

    pub(super) fn observer(&self) -> Option<&dyn Observer> {
        self.inner.settings.observer.as_deref()
    }

    /// Returns the name of this connection, if its builder gave one.
    pub fn name(&self) -> Option<&str> {
        self.inner.settings.name.as_deref()
    }
}

impl fmt::Debug for DynamoDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamoDb")
            .field("name", &self.inner.settings.name)
            .field("tables", &self.inner.settings.tables)
            .finish_non_exhaustive()
    }
}
