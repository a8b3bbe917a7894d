//! What the SDK's first request of an operation shows: all that it takes to send the next one without the SDK's call.

use super::why_not_direct::WhyNotDirect;
use aws_runtime::auth::sigv4::SCHEME_ID;
use aws_sdk_dynamodb::config::endpoint::{Endpoint, Params};
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryMode, TokenBucket};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::auth::AuthScheme;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpClient};
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::timeout::TimeoutConfig;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Headers that each request gets anew, or that the signature adds.
const OF_EACH_REQUEST: &[&str] = &[
    "amz-sdk-invocation-id",
    "authorization",
    "x-amz-date",
    "x-amz-security-token",
    "x-amzn-trace-id",
];
/// Headers that all requests of an operation have alike before they are signed, but for the length, in the SDK's order.
const ALIKE: &[&str] = &[
    "content-type",
    "x-amz-target",
    "content-length",
    "user-agent",
    "x-amz-user-agent",
];
/// The header that tells the attempt's number, which is not signed.
pub(super) const ATTEMPT: &str = "amz-sdk-request";

/// The parts of the SDK's call of one operation.
pub(super) struct SdkParts {
    pub(super) components: RuntimeComponents,
    /// What identity caches and deserializers are given.
    pub(super) config: ConfigBag,
    pub(super) http_client: SharedHttpClient,
    pub(super) connector_settings: HttpConnectorSettings,
    pub(super) identity_resolver: SharedIdentityResolver,
    pub(super) clock: SharedTimeSource,
    pub(super) sleep: Option<SharedAsyncSleep>,
    pub(super) quota: TokenBucket,
    pub(super) max_attempts: u32,
    pub(super) attempt_timeout: Option<std::time::Duration>,
    pub(super) operation_timeout: Option<std::time::Duration>,
    pub(super) stalled: Option<StalledStreamProtectionConfig>,
    /// A request without a body and an address, with the headers of [`ALIKE`].
    pub(super) template: HttpRequest,
    /// The header [`ATTEMPT`] of a first attempt.
    pub(super) attempt: String,
    pub(super) region: String,
    pub(super) service: String,
    endpoint: Endpoint,
    params: Params,
}

impl SdkParts {
    /// Takes the parts of a first attempt that is about to be sent.
    fn of(
        request: &HttpRequest,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<Self, WhyNotDirect> {
        let retries = config.load::<RetryConfig>();
        if retries.is_none_or(|retries| retries.mode() == RetryMode::Adaptive) {
            return Err(WhyNotDirect::AdaptiveRetries);
        }
        Self::known(request, components, config).ok_or(WhyNotDirect::UnknownRequest)
    }

    /// Returns `None` if there is anything that dkmio would not send as the SDK does.
    fn known(
        request: &HttpRequest,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Option<Self> {
        let endpoint = config.load::<Endpoint>()?;
        let of_endpoint = |header: &str| endpoint.headers().any(|(name, _)| name == header);
        let headers = request.headers();
        let is_known = |(name, _): (&str, _)| {
            OF_EACH_REQUEST.contains(&name)
                || ALIKE.contains(&name)
                || name == ATTEMPT
                || of_endpoint(name)
        };
        if request.method() != "POST" || !headers.iter_bytes().all(is_known) {
            return None;
        }
        let (region, service) = scope(headers.get("authorization")?)?;
        let params = config.load::<EndpointResolverParams>()?.get::<Params>()?;
        if !is_rebuilt(params) {
            return None;
        }
        let timeouts = config.load::<TimeoutConfig>()?;
        let stalled = config.load::<StalledStreamProtectionConfig>();
        let mut layer = Layer::new("dkmio");
        layer.store_put(timeouts.clone());
        layer.store_or_unset(config.load::<RetryConfig>().cloned());
        layer.store_or_unset(stalled.cloned());
        let mut connector_settings = HttpConnectorSettings::builder();
        connector_settings.set_connect_timeout(timeouts.connect_timeout());
        connector_settings.set_read_timeout(timeouts.read_timeout());
        let scheme = components.auth_scheme(SCHEME_ID)?;
        Some(Self {
            http_client: components.http_client()?,
            connector_settings: connector_settings.build(),
            identity_resolver: scheme.identity_resolver(components)?,
            clock: components.time_source()?,
            sleep: components.sleep_impl(),
            quota: config.load::<TokenBucket>()?.clone(),
            max_attempts: config.load::<RetryConfig>()?.max_attempts(),
            attempt_timeout: timeouts.operation_attempt_timeout(),
            operation_timeout: timeouts.operation_timeout(),
            stalled: stalled
                .filter(|stalled| stalled.download_enabled())
                .cloned(),
            template: template(request)?,
            attempt: headers.get(ATTEMPT)?.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            endpoint: endpoint.clone(),
            params: params.clone(),
            config: ConfigBag::of_layers([layer]),
            components: components.clone(),
        })
    }

    /// Returns the parameters of a table's endpoint, without an account: the identity has it.
    pub(super) fn params_of(&self, table: &str) -> Option<Params> {
        params_with(&self.params, Some(table), None)
    }

    /// Returns `true` if what is signed is signed for this endpoint in the same way.
    pub(super) fn is_signed_alike(&self, endpoint: &Endpoint) -> bool {
        endpoint.properties() == self.endpoint.properties()
            && endpoint.auth_schemes() == self.endpoint.auth_schemes()
    }
}

/// Returns a request with what all requests of the operation have alike, and a length that each replaces.
fn template(of: &HttpRequest) -> Option<HttpRequest> {
    let mut template = HttpRequest::new(SdkBody::empty());
    template.set_method(of.method()).ok()?;
    for name in ALIKE {
        if let Some(value) = of.headers().get(name) {
            let headers = template.headers_mut();
            headers.try_insert(*name, value.to_owned()).ok()?;
        }
    }
    Some(template)
}

/// Returns region and service of a signature of version 4.
fn scope(authorization: &str) -> Option<(&str, &str)> {
    let credential = authorization.strip_prefix("AWS4-HMAC-SHA256 Credential=")?;
    let (credential, _) = credential.split_once(", ")?;
    let mut parts = credential.rsplit('/');
    (parts.next() == Some("aws4_request")).then_some(())?;
    let (service, region) = (parts.next()?, parts.next()?);
    Some((region, service))
}

/// Returns `true` if [`params_with`] leaves nothing out: a new version of the SDK may have more parameters.
fn is_rebuilt(params: &Params) -> bool {
    params_with(params, params.resource_arn(), params.account_id()).as_ref() == Some(params)
}

fn params_with(params: &Params, table: Option<&str>, account: Option<&str>) -> Option<Params> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Params::builder()
        .set_region(owned(params.region()))
        .set_use_dual_stack(params.use_dual_stack())
        .set_use_fips(params.use_fips())
        .set_endpoint(owned(params.endpoint()))
        .set_account_id(owned(account))
        .set_account_id_endpoint_mode(owned(params.account_id_endpoint_mode()))
        .set_resource_arn(owned(table))
        .set_resource_arn_list(params.resource_arn_list().map(<[String]>::to_vec))
        .set_is_search_operation(params.is_search_operation())
        .build()
        .ok()
}

/// An operation's name and its parts.
type OfOperation = (&'static str, Result<Arc<SdkParts>, WhyNotDirect>);

/// The parts of a client's operations. Filled by the interceptor, asked by `route.rs`.
#[derive(Default)]
pub(super) struct Seen {
    /// As many as there are operations that go direct, and some more.
    operations: [OnceLock<OfOperation>; 16],
}

/// Shows nothing, because the parts have interceptors in them that have this.
impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen").finish_non_exhaustive()
    }
}

impl Seen {
    /// Takes the parts of an attempt that is about to be sent, if it is the first of an operation that was not seen yet.
    pub(super) fn note(
        &self,
        operation: &'static str,
        request: &HttpRequest,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) {
        let attempts = config.load::<RequestAttempts>();
        if attempts.is_none_or(|attempts| attempts.attempts() != 1) {
            return;
        }
        for place in &self.operations {
            let (name, _) = place.get_or_init(|| {
                let parts = SdkParts::of(request, components, config);
                (operation, parts.map(Arc::new))
            });
            if *name == operation {
                return;
            }
        }
    }

    /// Returns the parts of an operation.
    pub(super) fn parts(&self, operation: &str) -> Result<&Arc<SdkParts>, WhyNotDirect> {
        let mut seen = self.operations.iter().map_while(OnceLock::get);
        match seen.find(|(name, _)| *name == operation) {
            Some((_, parts)) => parts.as_ref().map_err(|why| *why),
            None => Err(WhyNotDirect::NotSeen),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use aws_sdk_dynamodb::Client;
    use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Intercept, Region};
    use aws_smithy_runtime_api::box_error::BoxError;
    use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
    use std::sync::Mutex;

    /// Asks for the parts of a request, as it is and changed, and does not send it.
    #[derive(Debug, Default)]
    struct Asking(Arc<Mutex<Vec<Option<WhyNotDirect>>>>);

    impl Intercept for Asking {
        fn name(&self) -> &'static str {
            "asking"
        }

        fn read_before_transmit(
            &self,
            context: &BeforeTransmitInterceptorContextRef<'_>,
            components: &RuntimeComponents,
            config: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            let changed = |change: fn(&mut HttpRequest)| {
                let mut request = context.request().try_clone().unwrap();
                change(&mut request);
                SdkParts::of(&request, components, config).err()
            };
            *self.0.lock().unwrap() = vec![
                changed(|_| ()),
                changed(|request| request.set_method("PUT").unwrap()),
                changed(|request| drop(request.headers_mut().insert("x-amz-new", "1"))),
                changed(|request| drop(request.headers_mut().remove("authorization"))),
                changed(|request| drop(request.headers_mut().insert("authorization", "Bearer a"))),
            ];
            Err("not sent".into())
        }
    }

    #[tokio::test]
    async fn a_request_with_anything_unknown_is_the_sdks() {
        let asking = Asking::default();
        let seen = asking.0.clone();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-west-1"))
            .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
            .interceptor(asking);
        let client = Client::from_conf(config.build());
        let _ = client.get_item().table_name("orders").send().await;
        let unknown = Some(WhyNotDirect::UnknownRequest);
        assert_eq!(
            *seen.lock().unwrap(),
            [None, unknown, unknown, unknown, unknown]
        );
    }

    #[test]
    fn the_scope_of_a_signature_is_read() {
        let signed = "AWS4-HMAC-SHA256 Credential=a/b/20150830/eu-west-1/dynamodb/aws4_request, \
                      SignedHeaders=host, Signature=0";
        assert_eq!(scope(signed), Some(("eu-west-1", "dynamodb")));
        assert_eq!(scope("Bearer a"), None);
    }
}
