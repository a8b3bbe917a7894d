//! What does not go direct, and what a direct attempt follows: credentials, addresses, timeouts, a dropped future.

use crate::direct::{Came, Operation, Server};
use crate::tables::key;
use crate::{in_time, variant};
use dkmio::aws_sdk_dynamodb::config::retry::RetryConfig;
use dkmio::aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use dkmio::aws_sdk_dynamodb::config::{
    BehaviorVersion, Builder, Credentials, IdentityCache, ProvideCredentials, Region,
};
use dkmio::aws_sdk_dynamodb::{Client, Config};
use dkmio::{DynamoDb, Error};
use dkmio_tests::canned::{changing, json};
use dkmio_tests::orders::Orders;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tracing::Level;

/// Returns whether gets of a connection with this configuration go direct.
async fn gets_are_direct(change: impl FnOnce(Builder) -> Builder) -> bool {
    let server = Server::default();
    let db = server.db(change(server.config()), true);
    server.is_direct(&db, Operation::Get).await
}

#[tokio::test]
async fn interceptors_of_the_users_see_each_request() {
    assert!(gets_are_direct(|config| config).await);
    assert!(!gets_are_direct(|config| config.interceptor(changing(|_| ()))).await);
}

#[tokio::test]
async fn adaptive_retries_count_each_attempt() {
    assert!(!gets_are_direct(|config| config.retry_config(RetryConfig::adaptive())).await);
    assert!(gets_are_direct(|config| config.retry_config(RetryConfig::disabled())).await);
}

#[tokio::test]
async fn a_clock_that_is_far_off_is_the_sdks() {
    let server = Server::default();
    let db = server.db(server.config(), true);
    assert!(server.is_direct(&db, Operation::Get).await);
    let dated = |date: &'static str| {
        move || -> Came {
            let mut answer = json(200, "{}");
            answer.headers_mut().insert("date", date);
            Ok(answer)
        }
    };
    // The server of this test is at 22:13:20.
    server.script(dated("Tue, 14 Nov 2023 22:20:00 GMT"));
    Operation::Get.run(&db).await.unwrap();
    assert!(!server.is_direct(&db, Operation::Get).await);
    server.script(dated("Tue, 14 Nov 2023 22:13:21 GMT"));
    Operation::Get.run(&db).await.unwrap();
    assert!(server.is_direct(&db, Operation::Get).await);
}

#[tokio::test]
async fn who_debugs_sees_the_spans_of_the_sdk() {
    let server = Server::default();
    let db = server.db(server.config(), true);
    for (level, is_direct) in [(Level::INFO, true), (Level::DEBUG, false)] {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_writer(std::io::sink)
            .finish();
        let _guard = tracing::subscriber::set_default(subscriber);
        assert_eq!(server.is_direct(&db, Operation::Get).await, is_direct);
    }
}

#[tokio::test]
async fn a_table_by_its_arn_has_an_address_of_its_own() {
    let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/orders";
    for (name, is_direct) in [("orders-2", true), (arn, false)] {
        let server = Server::default();
        let db = DynamoDb::builder()
            .client(Client::from_conf(server.config().build()))
            .table_override("orders", name)
            .direct(true)
            .build();
        assert_eq!(server.is_direct(&db, Operation::Get).await, is_direct);
        let body = server.sent().pop().unwrap().json();
        assert_eq!(body["TableName"], name);
    }
}

#[tokio::test]
async fn an_address_with_a_path_is_the_sdks() {
    let server = Server::default();
    server.move_to("http://canned.invalid/path");
    let db = server.db(server.config(), true);
    assert!(!server.is_direct(&db, Operation::Get).await);
    let sent = server.sent();
    assert!(
        sent.iter()
            .all(|sent| sent.uri == "http://canned.invalid/path/")
    );
}

#[tokio::test]
async fn a_new_address_is_followed_within_a_second() {
    let server = Server::default();
    let db = server.db(server.config(), true);
    assert!(server.is_direct(&db, Operation::Get).await);
    server.move_to("http://moved.invalid");
    server.wait(1);
    assert!(server.is_direct(&db, Operation::Get).await);
    let uris: Vec<String> = server.sent().into_iter().map(|sent| sent.uri).collect();
    assert_eq!(uris[2], "http://canned.invalid/");
    assert_eq!(uris[3..], ["http://moved.invalid/"; 3]);
}

/// Hands out another key each time.
#[derive(Debug, Clone, Default)]
struct Rotating {
    handed_out: Arc<AtomicUsize>,
    expires: Option<SystemTime>,
    /// From this key on there are none.
    last: usize,
}

impl ProvideCredentials for Rotating {
    fn provide_credentials<'a>(
        &'a self,
    ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let number = self.handed_out.fetch_add(1, Ordering::Relaxed);
        let expires = self
            .expires
            .map(|at| at + Duration::from_secs(number as u64 * 1000));
        let provided = if self.last > 0 && number >= self.last {
            let error =
                aws_credential_types::provider::error::CredentialsError::provider_error("none");
            Err(error)
        } else {
            Ok(Credentials::new(
                format!("id{number}"),
                "secret",
                None,
                expires,
                "test",
            ))
        };
        aws_credential_types::provider::future::ProvideCredentials::ready(provided)
    }
}

fn keys(server: &Server) -> Vec<String> {
    let sent = server.sent();
    let key = |sent: &dkmio_tests::canned::Sent| {
        let signed = sent.header("authorization").unwrap();
        let (_, key) = signed.split_once("Credential=").unwrap();
        key.split('/').next().unwrap().to_owned()
    };
    sent.iter().map(key).collect()
}

#[tokio::test]
async fn new_credentials_are_followed_within_a_second() {
    let server = Server::default();
    let config = server.config().credentials_provider(Rotating::default());
    let config = config.identity_cache(IdentityCache::no_cache());
    let db = server.db(config, true);
    assert!(server.is_direct(&db, Operation::Get).await);
    server.wait(1);
    assert!(server.is_direct(&db, Operation::Get).await);
    let keys = keys(&server);
    assert_eq!(keys[1], keys[2]);
    assert_ne!(keys[2], keys[3]);
    assert!(keys[3..].iter().all(|key| *key == keys[3]), "{keys:?}");
}

#[tokio::test]
async fn credentials_that_expire_are_renewed() {
    let server = Server::default();
    let provider = Rotating {
        expires: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_500)),
        ..Rotating::default()
    };
    let db = server.db(server.config().credentials_provider(provider), true);
    assert!(server.is_direct(&db, Operation::Get).await);
    server.wait(600);
    assert!(server.is_direct(&db, Operation::Get).await);
    let keys = keys(&server);
    assert_eq!(keys, ["id0", "id0", "id0", "id1", "id1", "id1"]);
}

#[tokio::test]
async fn credentials_that_are_gone_are_the_sdks_error() {
    let mut errors = Vec::new();
    for direct in [true, false] {
        let server = Server::default();
        let provider = Rotating {
            expires: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_500)),
            last: 1,
            ..Rotating::default()
        };
        let db = server.db(server.config().credentials_provider(provider), direct);
        assert_eq!(server.is_direct(&db, Operation::Put).await, direct);
        server.wait(600);
        let e = in_time(Operation::Put.run(&db)).await.unwrap_err();
        assert_eq!(server.sent().len(), 3);
        errors.push((
            variant(&e),
            crate::printed(&e),
            e.is_ambiguous(),
            server.attempts(),
        ));
    }
    assert_eq!(errors[0], errors[1]);
}

#[tokio::test]
async fn an_account_has_its_address() {
    let mut uris = Vec::new();
    for direct in [true, false] {
        let server = Server::default();
        let credentials = Credentials::builder()
            .access_key_id("id")
            .secret_access_key("secret")
            .account_id("123456789012")
            .provider_name("test")
            .build();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(credentials)
            .http_client(server.clone());
        let db = server.db(config, direct);
        for _ in 0..3 {
            Operation::Get.run(&db).await.unwrap();
        }
        uris.extend(server.sent().into_iter().map(|sent| sent.uri));
    }
    assert!(uris[0].contains("123456789012"), "{uris:?}");
    assert!(uris.iter().all(|uri| *uri == uris[0]), "{uris:?}");
}

/// How a request ends that nobody answers: its error, how many attempts it had, and how long it took.
async fn unanswered(
    operation: Operation,
    direct: bool,
    hanging: usize,
    timeouts: TimeoutConfig,
) -> (Result<usize, (&'static str, bool, bool)>, usize, Duration) {
    let server = Server::default();
    let retries = RetryConfig::standard().with_max_attempts(3);
    let retries = retries.with_initial_backoff(Duration::from_nanos(1));
    let config = server
        .config()
        .timeout_config(timeouts)
        .retry_config(retries);
    let db = server.db(config, direct);
    assert_eq!(server.is_direct(&db, operation).await, direct);
    for _ in 0..hanging {
        server.hang();
    }
    let started = tokio::time::Instant::now();
    let result = in_time(operation.run(&db)).await;
    let result = result.map_err(|e: Error| (variant(&e), e.is_ambiguous(), e.is_retryable()));
    let millis = (started.elapsed().as_secs_f64() * 20.0).round() * 50.0;
    (
        result,
        server.attempts(),
        Duration::from_millis(millis as u64),
    )
}

#[tokio::test(start_paused = true)]
async fn timeouts_are_those_of_the_sdk() {
    let (attempt, operation) = (Duration::from_secs(5), Duration::from_secs(12));
    let timeouts = [
        TimeoutConfig::builder()
            .operation_attempt_timeout(attempt)
            .build(),
        TimeoutConfig::builder()
            .operation_timeout(operation)
            .build(),
        TimeoutConfig::builder()
            .operation_attempt_timeout(attempt)
            .operation_timeout(operation)
            .build(),
    ];
    for timeouts in timeouts {
        for hanging in 1..=3 {
            for verb in [Operation::Get, Operation::Put] {
                let direct = unanswered(verb, true, hanging, timeouts.clone()).await;
                let by_the_sdk = unanswered(verb, false, hanging, timeouts.clone()).await;
                assert_eq!(direct, by_the_sdk, "{verb:?}, {hanging}, {timeouts:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_future_was_one_attempt() {
    let server = Server::default();
    let db = server.db(server.config(), true);
    assert!(server.is_direct(&db, Operation::Put).await);
    server.hang();
    let put = Operation::Put.run(&db);
    let dropped = tokio::time::timeout(Duration::from_secs(1), put).await;
    assert!(dropped.is_err());
    assert_eq!((server.attempts(), server.sent().len()), (1, 4));
    // Nothing is left of it.
    assert!(server.is_direct(&db, Operation::Put).await);
}

#[test]
fn a_runtime_may_end_between_two_requests() {
    let server = Server::default();
    let db = server.db(server.config(), true);
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        assert!(runtime.block_on(server.is_direct(&db, Operation::Get)));
        server.hang();
        let (db, sent) = (db.clone(), server.sent().len());
        runtime.spawn(async move { Orders::get(key(1)).execute(&db).await });
        runtime.block_on(async {
            while server.sent().len() == sent {
                tokio::task::yield_now().await;
            }
        });
    }
}
