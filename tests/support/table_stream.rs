//! A table of the embedded engine with a stream, which the client of DynamoDB Streams reads.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodbstreams::types::{Record, ShardIteratorType};
use dkmio::aws_sdk_dynamodb::types::{StreamSpecification, StreamViewType};
use dkmio::{DynamoDb, EmbeddedEngine, TableDefinition};

/// A table with a stream.
pub struct TableStream {
    pub db: DynamoDb,
    streams: Client,
    arn: String,
}

impl TableStream {
    /// Creates the table on an engine of its own, with a stream of this view type.
    pub async fn of<M: TableDefinition>(view_type: StreamViewType) -> Self {
        let engine = EmbeddedEngine::in_memory().unwrap();
        let db = DynamoDb::from_client(engine.client());
        db.create_table::<M>().await.unwrap();
        let specification = StreamSpecification::builder()
            .stream_enabled(true)
            .stream_view_type(view_type);
        let updated = engine
            .client()
            .update_table()
            .table_name(M::DEFINITION.name())
            .stream_specification(specification.build().unwrap())
            .send()
            .await
            .unwrap();
        let table = updated.table_description().unwrap();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "dkmio-tests"))
            .endpoint_url("http://embedded.invalid")
            .http_client(engine);
        Self {
            db,
            streams: Client::from_conf(config.build()),
            arn: table.latest_stream_arn().unwrap().to_owned(),
        }
    }

    /// Reads all records of the stream.
    pub async fn records(&self) -> Vec<Record> {
        let described = self.streams.describe_stream().stream_arn(&self.arn);
        let described = described.send().await.unwrap();
        let mut records = Vec::new();
        for shard in described.stream_description().unwrap().shards() {
            let iterator = self
                .streams
                .get_shard_iterator()
                .stream_arn(&self.arn)
                .shard_id(shard.shard_id().unwrap())
                .shard_iterator_type(ShardIteratorType::TrimHorizon)
                .send()
                .await
                .unwrap();
            let read = self.streams.get_records();
            let read = read.set_shard_iterator(iterator.shard_iterator);
            records.extend(read.send().await.unwrap().records.unwrap_or_default());
        }
        records
    }
}
