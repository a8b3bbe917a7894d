//! Connection options.

use super::six;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use dkmio::{DynamoDb, EmbeddedEngine, Error};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::Orders;

#[tokio::test]
async fn a_prefix_keeps_connections_apart() {
    check(async |_| {
        let (client, base) = (Database::client(), Database::prefix());
        let with = |prefix: &str| {
            DynamoDb::builder()
                .client(client.clone())
                .table_prefix(format!("{base}{prefix}"))
                .build()
        };
        let (one, other) = (with("one-"), with("other-"));
        Database::create::<Orders>(&one).await?;
        Database::create::<Orders>(&other).await?;
        Orders::put(&six()[0]).execute(&one).await?;
        assert_eq!(Orders::scan().count(&one).await?, 1);
        assert_eq!(Orders::scan().count(&other).await?, 0);
        assert_eq!(one.table_name("orders"), format!("{base}one-orders"));
        other.delete_table::<Orders>().await?;
        assert_eq!(Orders::by_amount().scan().count(&one).await?, 1);
        let gone = Orders::scan().count(&other).await;
        assert!(matches!(gone, Err(Error::TableNotFound(_))));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_override_names_one_table_without_the_prefix() {
    check(async |db| {
        let (client, base) = (Database::client(), Database::prefix());
        let shared = format!("{base}shared");
        let overridden = DynamoDb::builder()
            .client(client.clone())
            .table_prefix("unused-")
            .table_override("orders", &shared)
            .build();
        Database::create::<Orders>(&overridden).await?;
        Orders::put(&six()[0]).execute(&overridden).await?;
        assert_eq!(overridden.table_name("orders"), shared);
        assert_eq!(overridden.table_name("users"), "unused-users");
        let scan = client.scan().table_name(shared).send().await;
        assert_eq!(scan.unwrap().count(), 1);
        let elsewhere = Orders::scan().execute(&db).await;
        assert!(matches!(elsewhere, Err(Error::TableNotFound(_))));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_connection_is_made_of_a_client_and_gives_it_back() {
    check(async |db| {
        let client = db.client().await?;
        let again = DynamoDb::from_client(client);
        Database::create::<Orders>(&db).await?;
        let table = db.table_name("orders");
        let tables = again
            .client()
            .await?
            .describe_table()
            .table_name(&table)
            .send()
            .await;
        assert_eq!(
            tables.unwrap().table().unwrap().table_name(),
            Some(table.as_str())
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_connection_is_made_of_the_sdks_configuration() {
    check(async |_| {
        let engine = EmbeddedEngine::in_memory().expect("SQLite opens in memory");
        let credentials = Credentials::new("test", "test", None, None, "dkmio-tests");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url("http://embedded.invalid")
            .http_client(engine)
            .build();
        let db = DynamoDb::from_sdk_config(&config);
        Database::create::<Orders>(&db).await?;
        Orders::put(&six()[0]).execute(&db).await?;
        assert_eq!(Orders::scan().count(&db).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn clones_share_the_database_and_builders_cost_no_io() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let clone = db.clone();
        Orders::put(&six()[0]).execute(&clone).await?;
        drop(clone);
        assert_eq!(Orders::scan().count(&db).await?, 1);
        // Nothing listens there, and nobody asked.
        let lazy = DynamoDb::builder()
            .region("eu-west-1")
            .endpoint_url("http://127.0.0.1:1")
            .name("lazy")
            .build();
        assert_eq!(lazy.name(), Some("lazy"));
        Ok(())
    })
    .await;
}
