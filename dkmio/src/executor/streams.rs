//! The client of DynamoDB Streams that belongs to a connection, and its requests.

use super::connection::DynamoDb;
use crate::error::{Attempted, Error, from_streams};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;
use aws_runtime::auth::sigv4::SCHEME_ID;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_dynamodb::config::{Credentials, Intercept, ProvideCredentials};
use aws_sdk_dynamodbstreams::Client as StreamsClient;
use aws_sdk_dynamodbstreams::config::{BehaviorVersion, Config};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthScheme;
use aws_smithy_runtime_api::client::identity::{ResolveIdentity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, OnceLock};

impl DynamoDb {
    /// Returns the client of DynamoDB Streams: the user's, or one with the settings of the connection's client.
    pub(crate) async fn streams_client(&self) -> Result<&StreamsClient, Error> {
        let (given, config, made) = self.streams_setup().await?;
        let make = || async {
            match config {
                Some(config) => StreamsClient::new(config),
                None => like(given).await,
            }
        };
        Ok(made.get_or_init(make).await)
    }

    /// Sends a request of DynamoDB Streams about the stream of `table`.
    pub(crate) async fn send_to_streams<O, E>(
        &self,
        operation: &'static str,
        table: &str,
        request: impl Future<Output = Result<O, SdkError<E, HttpResponse>>>,
    ) -> Result<O, Error>
    where
        E: Into<aws_sdk_dynamodbstreams::Error> + StdError + Send + Sync + 'static,
    {
        let attempted = Attempted {
            operation,
            writes: false,
            table,
            unanswered: false,
        };
        request
            .await
            .map_err(|error| from_streams(attempted, error))
    }
}

/// Makes a client of DynamoDB Streams with the settings of a client of DynamoDB.
///
/// Its interceptors stay with it, because they know its operations only; so does an endpoint's resolver of the user's own.
async fn like(given: &Client) -> StreamsClient {
    let config = given.config();
    let mut like = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(config.region().cloned());
    like.set_http_client(config.http_client())
        .set_retry_config(config.retry_config().cloned())
        .set_timeout_config(config.timeout_config().cloned())
        .set_sleep_impl(config.sleep_impl())
        .set_time_source(config.time_source())
        .set_app_name(config.app_name().cloned());
    if let Some(partition) = config.retry_partition() {
        like.set_retry_partition(Some(partition.clone()));
    }
    // Credentials and endpoint are not to be had from a client's configuration, but from a call that it begins.
    let parts = Arc::new(Parts::default());
    let looking = Looking(parts.clone());
    let begun = given.list_tables().customize().interceptor(looking);
    // It fails, because `Looking` lets nothing be sent.
    let _ = begun.send().await;
    if let Some(url) = parts.endpoint.get() {
        like.set_endpoint_url(Some(url.clone()));
    }
    like.set_use_fips(parts.use_fips.get().copied());
    like.set_use_dual_stack(parts.use_dual_stack.get().copied());
    if let Some((resolver, components)) = parts.identity.get() {
        like = like.credentials_provider(OfTheClient {
            resolver: resolver.clone(),
            components: components.clone(),
        });
    }
    StreamsClient::from_conf(like.build())
}

/// What a call of a client shows of its settings. Filled by [`Looking`].
#[derive(Default)]
struct Parts {
    endpoint: OnceLock<String>,
    use_fips: OnceLock<bool>,
    use_dual_stack: OnceLock<bool>,
    identity: OnceLock<(SharedIdentityResolver, RuntimeComponents)>,
}

/// Looks at a call that is begun, and ends it before it is signed.
struct Looking(Arc<Parts>);

impl Intercept for Looking {
    fn name(&self) -> &'static str {
        "dkmio: settings"
    }

    fn read_after_serialization(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let parts = &self.0;
        if let Some(EndpointUrl(url)) = config.load::<EndpointUrl>() {
            parts.endpoint.get_or_init(|| url.clone());
        }
        if let Some(UseFips(is_on)) = config.load::<UseFips>() {
            parts.use_fips.get_or_init(|| *is_on);
        }
        if let Some(UseDualStack(is_on)) = config.load::<UseDualStack>() {
            parts.use_dual_stack.get_or_init(|| *is_on);
        }
        let scheme = components.auth_scheme(SCHEME_ID);
        if let Some(resolver) = scheme.and_then(|scheme| scheme.identity_resolver(components)) {
            parts
                .identity
                .get_or_init(|| (resolver, components.clone()));
        }
        Err("only the settings are looked at".into())
    }
}

impl fmt::Debug for Looking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Looking").finish_non_exhaustive()
    }
}

/// Provides the credentials of a client. The client that is given them keeps them until they expire.
struct OfTheClient {
    resolver: SharedIdentityResolver,
    components: RuntimeComponents,
}

impl OfTheClient {
    async fn provide(&self) -> Result<Credentials, CredentialsError> {
        let config = ConfigBag::base();
        let resolved = self.resolver.resolve_identity(&self.components, &config);
        let identity = resolved.await.map_err(|e| {
            let e = e.downcast().map(|e| *e);
            e.unwrap_or_else(CredentialsError::provider_error)
        })?;
        let credentials = identity.data::<Credentials>().cloned();
        credentials.ok_or_else(|| CredentialsError::invalid_configuration("no credentials of AWS"))
    }
}

impl ProvideCredentials for OfTheClient {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.provide())
    }
}

/// Shows no key.
impl fmt::Debug for OfTheClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfTheClient").finish_non_exhaustive()
    }
}
