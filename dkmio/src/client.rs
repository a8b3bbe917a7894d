//! Ways to make a connection.

mod builder;
#[cfg(feature = "embedded")]
mod embedded;

pub use self::builder::DynamoDbBuilder;
#[cfg(feature = "embedded")]
pub use self::embedded::{EmbeddedEngine, EngineError};
use crate::executor::DynamoDb;
use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;

impl DynamoDb {
    /// Returns a connection with region, credentials and endpoint from the environment: variables such as `AWS_REGION`,
    /// profiles, and the roles of Lambda, ECS and EC2. They are looked up on the first request.
    ///
    /// Sets timeouts, which the SDK does not: see [`DynamoDbBuilder`].
    pub fn from_env() -> Self {
        Self::builder().build()
    }

    /// Returns a builder for region, endpoint, table names and timeouts.
    pub fn builder() -> DynamoDbBuilder {
        DynamoDbBuilder::default()
    }

    /// Returns a connection with the configuration that `aws_config` loaded, as it is.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::DynamoDb;
    /// use dkmio::aws_config::{self, BehaviorVersion};
    ///
    /// # async fn run() {
    /// let config = aws_config::defaults(BehaviorVersion::latest()).profile_name("staging").load().await;
    /// let db = DynamoDb::from_sdk_config(&config);
    /// # let _ = db;
    /// # }
    /// ```
    pub fn from_sdk_config(config: &SdkConfig) -> Self {
        Self::from_client(Client::new(config))
    }

    /// Returns a connection over a client of the SDK, as it is.
    pub fn from_client(client: Client) -> Self {
        Self::builder().client(client).build()
    }

    /// Returns a connection to a DynamoDB engine of its own in this process: empty, in memory, gone with its last clone.
    ///
    /// No account, no network, no Docker: for tests and first steps. All but the wire is the code that runs in
    /// production.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "users")]
    /// # struct Users { #[pk] id: String }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let db = DynamoDb::embedded();
    /// db.create_table::<Users>().await?;
    /// Users::put(&Users { id: "usr_123".to_owned() }).execute(&db).await?;
    /// assert!(Users::get("usr_123").execute(&db).await?.is_some());
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Self {
        Self::builder().embedded().build()
    }
}
