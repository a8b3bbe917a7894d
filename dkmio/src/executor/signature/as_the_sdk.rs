//! Tests that the signature of each request is the one of the SDK's signer, byte for byte.

#![allow(clippy::unwrap_used, reason = "a test")]

use super::{Canonical, ClockSkew, Scheme, Signer};
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Config, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_runtime_api::http::{Headers, StatusCode};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// How many requests are made up for each one of the SDK's.
const MADE_UP: usize = 700;

/// A scheme that signs each request, and many made up, by both signers, and compares.
#[derive(Debug)]
struct Both {
    official: SigV4AuthScheme,
    ours: Scheme,
    seen: Arc<Seen>,
    made_up: usize,
}

#[derive(Debug, Default)]
struct Seen {
    /// Seconds since 1970.
    now: AtomicU64,
    skew: Arc<ClockSkew>,
    operations: Mutex<BTreeSet<String>>,
    compared: AtomicUsize,
    /// How many of them dkmio signed.
    ours: AtomicUsize,
    /// How many of the SDK's requests dkmio did not sign.
    left: AtomicUsize,
}

#[derive(Debug, Clone)]
struct Clock(Arc<Seen>);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.now.load(Ordering::Relaxed))
    }
}

impl AuthScheme for Both {
    fn scheme_id(&self) -> AuthSchemeId {
        SCHEME_ID
    }

    fn identity_resolver(
        &self,
        resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        self.official.identity_resolver(resolvers)
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Both {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        let ours: &Signer = &self.ours.signer;
        let compare = |request: &HttpRequest, identity: &Identity| {
            let endpoint = || endpoint.clone();
            let mut theirs = request.try_clone().unwrap();
            let mut own = request.try_clone().unwrap();
            let official = self.official.signer();
            let result =
                official.sign_http_request(&mut theirs, identity, endpoint(), components, config);
            let own_result =
                ours.sign_http_request(&mut own, identity, endpoint(), components, config);
            assert_eq!(own_result.is_ok(), result.is_ok(), "{request:?}");
            if result.is_ok() {
                assert_eq!(printed(&own), printed(&theirs));
            }
            self.seen.compared.fetch_add(1, Ordering::Relaxed);
            let signed = ours.signed(request, identity, &endpoint(), components, config);
            if let Some(signed) = &signed
                && let Some(length) = request.headers().get("content-length")
            {
                // The texts that direct attempts keep for a second.
                let kept = Canonical::of(request).unwrap().keep(&signed.second);
                let body = request.body().bytes().unwrap();
                let kept = kept.authorization(&signed.second, length, body);
                assert_eq!(kept, signed.text);
            }
            let is_ours = signed.is_some();
            self.seen.ours.fetch_add(is_ours.into(), Ordering::Relaxed);
            is_ours
        };
        if !compare(request, identity) {
            self.seen.left.fetch_add(1, Ordering::Relaxed);
        }
        let target = request.headers().get("x-amz-target").unwrap().to_owned();
        self.seen.operations.lock().unwrap().insert(target.clone());
        let seed = target.bytes().fold(7u64, |seed, byte| {
            seed.wrapping_mul(31).wrapping_add(byte.into())
        });
        let mut random = fastrand::Rng::with_seed(seed);
        let now = self.seen.now.load(Ordering::Relaxed);
        for _ in 0..self.made_up {
            self.seen
                .now
                .store(random.u64(0..=9_000_000_000), Ordering::Relaxed);
            // A few for each second, so that what is kept is used.
            for _ in 0..random.usize(1..4) {
                compare(&made_up(request, &mut random), &somebody(&mut random));
            }
        }
        self.seen.now.store(now, Ordering::Relaxed);
        ours.sign_http_request(request, identity, endpoint, components, config)
    }
}

fn printed(request: &HttpRequest) -> (Vec<(&str, &[u8])>, &str) {
    let headers = request.headers().iter_bytes().collect();
    (headers, request.uri())
}

fn somebody(random: &mut fastrand::Rng) -> Identity {
    let id = *random
        .choice(["AKIDEXAMPLE", "a", "ASIA+/=", ""].iter())
        .unwrap();
    let secret = *random
        .choice(["secret", "", "wJalrXUtnFEMI/K7MDENG"].iter())
        .unwrap();
    let token = random
        .choice([None, None, Some("token=="), Some("a  b "), Some("")])
        .unwrap();
    Credentials::new(id, secret, token.map(str::to_owned), None, "test").into()
}

/// Returns a request of the SDK's with another body and other headers, often odd ones.
fn made_up(of: &HttpRequest, random: &mut fastrand::Rng) -> HttpRequest {
    const NAMES: &[&str] = &[
        "accept",
        "amz-sdk-invocation-id",
        "authorization",
        "content-encoding",
        "content-length",
        "expect",
        "host",
        "transfer-encoding",
        "user-agent",
        "x-amz-content-sha256",
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-user-agent",
        "x-amzn-trace-id",
        "x-b",
        "zz",
    ];
    const VALUES: &[&str] = &[
        "",
        "a",
        "a b",
        " a",
        "a ",
        "a  b",
        "a\tb",
        "dynamodb.invalid",
        "attempt=1; max=3",
        "ä",
        "aws-sdk-rust/1.2.3 ua/2.1 os/linux lang/rust#1.94",
    ];
    const ADDRESSES: &[&str] = &[
        "https://dynamodb.us-east-1.amazonaws.com/",
        "https://dynamodb.us-east-1.amazonaws.com",
        "http://localhost:8000",
        "http://localhost:80/",
        "https://localhost:443/",
        "http://localhost:443/",
        "http://[::1]:8000/",
        "https://[::1]:443",
        "https://A.Invalid/",
        "https://a.invalid/path",
        "https://a.invalid/?query=1",
        "https://user@a.invalid/",
        "https://a.invalid//",
        "https://a.invalid/./",
    ];
    let length = match random.u8(0..10) {
        0 => 0,
        1 => random.usize(0..40_000),
        _ => random.usize(0..700),
    };
    let body: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method(of.method()).unwrap();
    request.set_uri(*random.choice(ADDRESSES).unwrap()).unwrap();
    for (name, value) in of.headers() {
        if random.u8(0..8) > 0 {
            request
                .headers_mut()
                .insert(name.to_owned(), value.to_owned());
        }
    }
    if random.bool() {
        for _ in 0..random.u8(0..4) {
            let (name, value) = (
                random.choice(NAMES).unwrap(),
                random.choice(VALUES).unwrap(),
            );
            if random.u8(0..4) == 0 {
                let _ = request.headers_mut().try_append(*name, (*value).to_owned());
            } else {
                let _ = request.headers_mut().try_insert(*name, (*value).to_owned());
            }
        }
    }
    request
}

/// Answers each request with an empty object.
#[derive(Debug, Clone)]
struct Nothing {
    /// How many requests fail before that.
    failures: Arc<AtomicUsize>,
}

impl HttpConnector for Nothing {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let left = self.failures.load(Ordering::Relaxed);
        self.failures
            .store(left.saturating_sub(1), Ordering::Relaxed);
        let status = if left > 0 { 500 } else { 200 };
        let status = StatusCode::try_from(status).unwrap();
        let mut answer = HttpResponse::new(status, SdkBody::from("{}"));
        answer
            .headers_mut()
            .insert("content-type", "application/x-amz-json-1.0");
        HttpConnectorFuture::ready(Ok(answer))
    }
}

impl HttpClient for Nothing {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn client(
    made_up: usize,
    failures: usize,
    change: impl FnOnce(Builder) -> Builder,
) -> (Client, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    seen.now.store(1_440_938_160, Ordering::Relaxed);
    let both = Both {
        official: SigV4AuthScheme::new(),
        ours: Scheme::new(seen.skew.clone()),
        seen: seen.clone(),
        made_up,
    };
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .time_source(Clock(seen.clone()))
        .http_client(Nothing {
            failures: Arc::new(AtomicUsize::new(failures)),
        })
        .push_auth_scheme(both);
    (Client::from_conf(change(config).build()), seen)
}

/// Sends one request of each operation that dkmio has. What comes of it is of no interest.
async fn send_all(client: &Client) {
    let text = AttributeValue::S("ä\u{0}\u{1f600}".to_owned());
    let _ = client
        .get_item()
        .table_name("t")
        .key("k", text.clone())
        .send()
        .await;
    let _ = client
        .put_item()
        .table_name("t")
        .item("k", text.clone())
        .send()
        .await;
    let _ = client
        .update_item()
        .table_name("t")
        .key("k", text.clone())
        .send()
        .await;
    let _ = client
        .delete_item()
        .table_name("t")
        .key("k", text)
        .send()
        .await;
    let _ = client.query().table_name("t").send().await;
    let _ = client.scan().table_name("t").send().await;
    let _ = client.batch_get_item().send().await;
    let _ = client.batch_write_item().send().await;
    let _ = client.transact_get_items().send().await;
    let _ = client.transact_write_items().send().await;
    let _ = client.create_table().table_name("t").send().await;
    let _ = client.describe_table().table_name("t").send().await;
    let _ = client.delete_table().table_name("t").send().await;
    let _ = client.describe_time_to_live().table_name("t").send().await;
    let _ = client.update_time_to_live().table_name("t").send().await;
}

#[tokio::test]
async fn ten_thousand_requests_of_all_operations_are_signed_as_by_the_sdk() {
    let (client, seen) = client(MADE_UP / 2, 0, |config| config);
    send_all(&client).await;
    assert_eq!(seen.operations.lock().unwrap().len(), 15);
    let compared = seen.compared.load(Ordering::Relaxed);
    let ours = seen.ours.load(Ordering::Relaxed);
    assert!(compared > 10_000, "{compared}");
    assert!(ours > compared / 4, "only {ours} of {compared} are plain");
    assert_eq!(seen.left.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn the_usual_addresses_are_signed_here() {
    let usual: [fn(Builder) -> Builder; 5] = [
        |config| config.use_fips(true),
        |config| config.use_dual_stack(true),
        |config| config.endpoint_url("http://localhost:8000"),
        |config| config.region(Region::from_static("cn-north-1")),
        |config| config.endpoint_url("https://vpce-1.dynamodb.invalid:443/"),
    ];
    for change in usual {
        let (client, seen) = client(0, 0, change);
        send_all(&client).await;
        assert_eq!(seen.compared.load(Ordering::Relaxed), 15);
        assert_eq!(seen.left.load(Ordering::Relaxed), 0);
    }
}

#[tokio::test]
async fn a_repeated_attempt_is_signed_by_the_sdk() {
    let (client, seen) = client(0, 1, |config| config);
    let _ = client.describe_table().table_name("t").send().await;
    assert_eq!(seen.compared.load(Ordering::Relaxed), 2);
    assert_eq!(seen.left.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn while_the_clocks_differ_the_sdk_signs() {
    let (client, seen) = client(0, 0, |config| config);
    let mut headers = Headers::new();
    headers.insert("date", "Thu, 01 Jan 1970 00:10:00 GMT");
    seen.skew.note(&headers, SystemTime::UNIX_EPOCH);
    send_all(&client).await;
    assert_eq!(seen.left.load(Ordering::Relaxed), 15);
}
