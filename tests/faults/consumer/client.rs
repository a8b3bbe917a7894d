//! The client of DynamoDB Streams that a connection has.

use super::*;
use dkmio::aws_config::{BehaviorVersion, SdkConfig};
use dkmio::aws_sdk_dynamodb::config::{Credentials, Region, SharedCredentialsProvider};
use dkmio_tests::canned::Canned;

/// Asserts that all requests of DynamoDB Streams went this way.
fn assert_sent(canned: &Canned, host: &str, key: &str, region: &str) {
    let sent = canned.sent();
    let operations = ["DescribeStream", "GetShardIterator", "GetRecords"];
    for operation in operations {
        let request = sent.iter().find(|s| s.operation() == operation);
        let request = request.unwrap_or_else(|| panic!("no {operation}"));
        assert!(request.uri.starts_with(host), "{}", request.uri);
        let signature = request.header("authorization").unwrap();
        assert!(
            signature.contains(&format!("Credential={key}/")),
            "{signature}"
        );
        assert!(
            signature.contains(&format!("/{region}/dynamodb/")),
            "{signature}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn it_has_the_settings_of_the_users_client() {
    let script = Script::new();
    script.write("a", 1..=2);
    let (db, canned) = script.connect();
    assert_eq!(take(&mut changes(&db).stream(), 2).await, [1, 2]);
    assert_sent(&canned, "http://canned.invalid", "canned", "us-east-1");
}

#[tokio::test(start_paused = true)]
async fn it_has_the_settings_of_the_sdks_configuration() {
    let script = Script::new();
    script.write("a", 1..=2);
    let canned = script.canned();
    let credentials = Credentials::new("configured", "secret", None, None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url("http://configured.invalid")
        .http_client(canned.clone())
        .build();
    let db = DynamoDb::from_sdk_config(&config);
    assert_eq!(take(&mut changes(&db).stream(), 2).await, [1, 2]);
    assert_sent(
        &canned,
        "http://configured.invalid",
        "configured",
        "eu-west-1",
    );
}

#[tokio::test(start_paused = true)]
async fn it_is_the_users_if_one_is_given() {
    let script = Script::new();
    script.write("a", 1..=2);
    let (tables, streams) = (script.canned(), script.canned());
    let own = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-west-2"))
        .credentials_provider(Credentials::new("own", "secret", None, None, "test"))
        .endpoint_url("http://own.invalid")
        .http_client(streams.clone());
    let db = DynamoDb::builder()
        .client(aws_sdk_dynamodb::Client::from_conf(tables.config().build()))
        .streams_client(aws_sdk_dynamodbstreams::Client::from_conf(own.build()))
        .build();
    assert_eq!(take(&mut changes(&db).stream(), 2).await, [1, 2]);
    assert_sent(&streams, "http://own.invalid", "own", "eu-west-2");
    assert!(
        tables
            .sent()
            .iter()
            .all(|s| s.operation() == "DescribeTable")
    );
}
