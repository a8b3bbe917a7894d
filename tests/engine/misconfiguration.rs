//! What a program meets that is not set up: one clear typed error that says what to do.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use dkmio::{DynamoDb, Error};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, order};
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
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
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

#[tokio::test]
async fn an_endpoint_that_is_no_url_is_one_typed_error() {
    let error = Orders::scan()
        .execute(&connection(config("not a url")))
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Configuration(_) | Error::Connection(_) | Error::Validation(_)
        ),
        "{error:?}"
    );
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
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
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
