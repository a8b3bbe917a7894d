//! What a program meets that is not set up: one clear typed error that says what to do.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, Config, Credentials, Region, SharedCredentialsProvider,
};
use dkmio::{CircuitBreakerConfig, CircuitState, DynamoDb, Error};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, order};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

fn config(endpoint: &str) -> aws_sdk_dynamodb::config::Builder {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_millis(200))
        .operation_timeout(Duration::from_millis(500));
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(endpoint)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts.build())
}

fn connection(config: aws_sdk_dynamodb::config::Builder) -> DynamoDb {
    DynamoDb::from_client(Client::from_conf(config.build()))
}

#[tokio::test]
async fn an_endpoint_where_nothing_listens_is_a_connection_error() {
    let db = connection(config("http://127.0.0.1:1"));
    let started = Instant::now();
    let error = Orders::get(("u", "o")).execute(&db).await.unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(3));
    assert!(
        matches!(&error, Error::Connection(e) if e.operation() == "GetItem"),
        "{error:?}"
    );
    assert!(error.is_retryable() && error.code().is_none());
    let put = Orders::put(&order("u", "o")).execute(&db).await;
    assert!(matches!(put, Err(Error::Connection(_))), "{put:?}");
    let scan = Orders::scan().stream(&db).next().await;
    assert!(matches!(scan, Some(Err(Error::Connection(_)))));
}

#[tokio::test]
async fn an_endpoint_that_never_answers_is_a_timeout_and_ambiguous() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let db = connection(config(&endpoint));
    let put = Orders::put(&order("u", "o")).execute(&db).await;
    let error = put.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(error.is_ambiguous() && error.is_retryable());
}

#[tokio::test]
async fn missing_credentials_are_a_configuration_error() {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url("http://127.0.0.1:1")
        .retry_config(RetryConfig::disabled());
    let error = Orders::scan()
        .execute(&connection(config))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    assert!(error.to_string().contains("AWS_ACCESS_KEY_ID"), "{error}");
    assert!(!error.is_retryable() && !error.is_ambiguous());
}

#[tokio::test]
async fn a_missing_region_is_a_configuration_error() {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .retry_config(RetryConfig::disabled());
    let error = Orders::scan()
        .execute(&connection(config))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    assert!(error.to_string().contains("AWS_REGION"), "{error}");
}

/// Endpoints that no request can be sent to. The SDK panics on the first, and sends to port 80 for the last.
const UNUSABLE: [&str; 14] = [
    "",
    " ",
    "localhost:8000",
    "127.0.0.1:8000",
    "localhost",
    "//localhost:8000",
    "/path",
    "http://",
    "http:///path",
    "http://:8000",
    "http://a b",
    "http://[::1",
    "ftp://localhost",
    "http://localhost:99999",
];

/// Asserts that there is one error of the setup, and nothing that asks to be tried again.
fn assert_not_set_up(error: &Error, name: &str) {
    assert!(
        matches!(error, Error::Configuration(_)),
        "{name}: {error:?}"
    );
    assert!(!error.is_retryable() && !error.is_ambiguous(), "{name}");
    assert!(!error.to_string().contains("may have happened"), "{error}");
}

#[tokio::test]
async fn an_endpoint_that_no_request_can_be_sent_to_is_a_configuration_error() {
    for endpoint in UNUSABLE {
        let built = DynamoDb::builder()
            .region("us-east-1")
            .credentials("test", "test")
            .endpoint_url(endpoint)
            .circuit_breaker(Some(CircuitBreakerConfig {
                failure_threshold: 1,
                ..CircuitBreakerConfig::default()
            }))
            .build();
        let loaded = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
                "test", "test", None, None, "test",
            )))
            .endpoint_url(endpoint);
        for db in [
            built,
            connection(config(endpoint)),
            DynamoDb::from_sdk_config(&loaded.build()),
        ] {
            let put = Orders::put(&order("u", "o")).execute(&db).await;
            assert_not_set_up(&put.unwrap_err(), endpoint);
            let batch = Orders::batch_write().put(&order("u", "o")).execute(&db);
            assert_not_set_up(&batch.await.unwrap_err(), endpoint);
            let scan = Orders::scan().stream(&db).next().await.unwrap();
            assert_not_set_up(&scan.unwrap_err(), endpoint);
            assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
        }
    }
}

#[tokio::test]
async fn a_password_in_an_endpoint_is_not_printed() {
    let db = connection(config("http://user:hunter2@:80"));
    let error = Orders::scan().execute(&db).await.unwrap_err();
    assert_not_set_up(&error, "no host");
    assert!(
        !format!("{error} {error:?}").contains("hunter2"),
        "{error:?}"
    );
}

#[tokio::test]
async fn no_region_beside_an_endpoint_is_a_configuration_error() {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url("http://127.0.0.1:1")
        .retry_config(RetryConfig::disabled());
    let put = Orders::put(&order("u", "o")).execute(&connection(config));
    let error = put.await.unwrap_err();
    assert_not_set_up(&error, "no region");
    assert!(error.to_string().contains("AWS_REGION"), "{error}");
}

#[tokio::test]
async fn a_region_that_is_no_name_is_a_configuration_error() {
    for region in ["", " ", "us east", "us-east-1\n"] {
        for endpoint in [None, Some("http://127.0.0.1:1")] {
            let mut builder = DynamoDb::builder()
                .region(region)
                .credentials("test", "test");
            if let Some(endpoint) = endpoint {
                builder = builder.endpoint_url(endpoint);
            }
            let put = Orders::put(&order("u", "o")).execute(&builder.build());
            let error = put.await.unwrap_err();
            assert_not_set_up(&error, region);
            assert!(error.to_string().contains("region"), "{error}");
        }
    }
}

/// As a file's last line has it, in a secret that is mounted.
#[tokio::test]
async fn an_access_key_with_a_line_end_is_a_configuration_error() {
    let db = DynamoDb::builder()
        .region("us-east-1")
        .credentials("AKID\n", "secret")
        .endpoint_url("http://127.0.0.1:1")
        .build();
    let error = Orders::scan().execute(&db).await.unwrap_err();
    assert_not_set_up(&error, "line end");
    assert!(!error.to_string().contains("AKID"), "{error}");
}

/// A server that does not speak TLS: one waits for more of what is no request, the other answers in plain text.
#[tokio::test]
async fn https_to_a_port_without_it_never_sent_anything() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let answering = TcpListener::bind("127.0.0.1:0").unwrap();
    let ports = [&silent, &answering].map(|listener| listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in answering.incoming().flatten() {
            let _ = stream.read(&mut [0; 64]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    for port in ports {
        let endpoint = format!("https://{port}");
        // The time to connect, that of an attempt and that of the operation run out.
        let timeouts = [
            TimeoutConfig::builder().connect_timeout(Duration::from_millis(200)),
            TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(200)),
            TimeoutConfig::builder().operation_timeout(Duration::from_millis(200)),
        ];
        for timeouts in timeouts {
            let db = connection(config(&endpoint).timeout_config(timeouts.build()));
            let put = Orders::put(&order("u", "o")).execute(&db).await;
            let error = put.unwrap_err();
            assert!(
                matches!(error, Error::Connection(_) | Error::Timeout(_)),
                "{error:?}"
            );
            assert!(error.is_retryable() && !error.is_ambiguous(), "{error}");
            assert!(!error.to_string().contains("may have happened"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_write_that_never_left_is_not_ambiguous() {
    for endpoint in ["http://127.0.0.1:1", "http://nowhere.invalid"] {
        let put = Orders::put(&order("u", "o")).execute(&connection(config(endpoint)));
        let error = put.await.unwrap_err();
        assert!(matches!(error, Error::Connection(_)), "{error:?}");
        assert!(!error.is_ambiguous(), "{endpoint}: {error}");
    }
}

#[tokio::test]
async fn the_builders_timeouts_bound_every_request() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let db = DynamoDb::builder()
        .region("us-east-1")
        .endpoint_url(format!("http://{}", listener.local_addr().unwrap()))
        .connect_timeout(Duration::from_millis(100))
        .attempt_timeout(Duration::from_millis(200))
        .operation_timeout(Duration::from_millis(400))
        .build();
    let started = Instant::now();
    let error = Orders::scan().execute(&db).await.unwrap_err();
    // Without credentials in the environment it ends even earlier.
    assert!(
        matches!(error, Error::Timeout(_) | Error::Configuration(_)),
        "{error:?}"
    );
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn a_missing_table_says_which() {
    check(async |db| {
        let error = Orders::scan().execute(&db).await.unwrap_err();
        let Error::TableNotFound(e) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(e.table(), db.table_name("orders"));
        assert!(error.to_string().contains("create_table"), "{error}");
        Ok(())
    })
    .await;
}

/// The only test that touches the default connection, which belongs to the process.
#[tokio::test]
async fn await_needs_a_default_connection_and_then_sends_on_it() {
    check(async |db| {
        let order = order("usr_1", "ord_1");
        for error in [
            Orders::get(&order).await.unwrap_err(),
            Orders::put(&order).await.unwrap_err(),
            Orders::scan().await.unwrap_err(),
            DynamoDb::default_connection().map(|_| ()).unwrap_err(),
        ] {
            assert!(matches!(error, Error::Configuration(_)), "{error:?}");
            assert!(error.to_string().contains("set_default"), "{error}");
        }
        Database::create::<Orders>(&db).await?;
        db.set_default();
        Orders::put(&order).await?;
        assert_eq!(Orders::get(&order).await?.as_ref(), Some(&order));
        let new = Orders::update(&order)
            .set(|o| o.total(), 1)
            .return_new()
            .await?;
        assert_eq!(new.total, 1);
        assert_eq!(Orders::query("usr_1").await?.len(), 1);
        assert_eq!(Orders::by_amount().query("usr_1").await?.len(), 1);
        assert_eq!(Orders::scan().select(|o| o.total()).await?.items(), &[1]);
        Orders::delete(&order).await?;
        assert_eq!(Orders::get(&order).await?, None);
        Ok(())
    })
    .await;
}
