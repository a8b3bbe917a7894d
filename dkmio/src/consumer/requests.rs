//! The requests of a consumer, and how their errors change what is asked next.

use super::pages::Sequenced;
use super::position::{IteratorStart, ShardId};
use super::shards::{Fault, ListedShard, Listing, Request};
use crate::change::Record;
use crate::error::Error;
use crate::executor::DynamoDb;
use aws_sdk_dynamodbstreams::types::{ShardIteratorType, StreamStatus};
use std::time::SystemTime;

/// What is asked: the stream of a table. Clones are made for requests that are under way.
#[derive(Clone)]
pub(super) struct Stream {
    pub(super) db: DynamoDb,
    /// The table's name in the connection, for errors.
    pub(super) table: String,
    pub(super) arn: String,
    /// How many records a page has at most.
    pub(super) page_size: i32,
}

/// The answer of a [`Request`].
pub(super) enum Answer {
    Listed(Result<Listing, Error>),
    Iterator(ShardId, Result<Option<String>, Error>),
    Page(ShardId, Result<RecordPage, Error>),
}

/// An answer of `GetRecords`: its records, and the iterator of the next page.
pub(super) type RecordPage = (Vec<Record>, Option<String>);

impl Stream {
    pub(super) async fn send(self, request: Request) -> Answer {
        match request {
            Request::List => Answer::Listed(self.list().await),
            Request::Iterator { shard, from } => {
                let iterator = self.iterator(&shard, from).await;
                Answer::Iterator(shard, iterator)
            }
            Request::Records { shard, iterator } => {
                let page = self.records(iterator).await;
                Answer::Page(shard, page)
            }
        }
    }

    /// Lists all shards.
    pub(super) async fn list(&self) -> Result<Listing, Error> {
        let client = self.db.streams_client().await?;
        let mut listing = Listing {
            shards: Vec::new(),
            is_disabled: false,
        };
        let mut after = None;
        loop {
            let request = client
                .describe_stream()
                .stream_arn(&self.arn)
                .set_exclusive_start_shard_id(after.take())
                .send();
            let sent = self
                .db
                .send_to_streams("DescribeStream", &self.table, request);
            let description = sent.await?.stream_description;
            let Some(description) = description else {
                return Ok(listing);
            };
            listing.is_disabled = description.stream_status == Some(StreamStatus::Disabled);
            let shards = description.shards.unwrap_or_default().into_iter();
            listing.shards.extend(shards.filter_map(|shard| {
                Some(ListedShard {
                    id: shard.shard_id?.into(),
                    parent: shard.parent_shard_id.map(Into::into),
                })
            }));
            after = description.last_evaluated_shard_id;
            if after.is_none() {
                return Ok(listing);
            }
        }
    }

    async fn iterator(&self, shard: &str, from: IteratorStart) -> Result<Option<String>, Error> {
        let client = self.db.streams_client().await?;
        let (kind, number) = match from {
            IteratorStart::Oldest => (ShardIteratorType::TrimHorizon, None),
            IteratorStart::Latest => (ShardIteratorType::Latest, None),
            IteratorStart::After(number) => (ShardIteratorType::AfterSequenceNumber, Some(number)),
        };
        let request = client
            .get_shard_iterator()
            .stream_arn(&self.arn)
            .shard_id(shard)
            .shard_iterator_type(kind)
            .set_sequence_number(number)
            .send();
        let sent = self
            .db
            .send_to_streams("GetShardIterator", &self.table, request);
        Ok(sent.await?.shard_iterator)
    }

    async fn records(&self, iterator: String) -> Result<RecordPage, Error> {
        let client = self.db.streams_client().await?;
        let request = client
            .get_records()
            .shard_iterator(iterator)
            .limit(self.page_size)
            .send();
        let sent = self.db.send_to_streams("GetRecords", &self.table, request);
        let page = sent.await?;
        let records = page.records.unwrap_or_default().into_iter();
        Ok((records.map(Into::into).collect(), page.next_shard_iterator))
    }
}

/// Returns what an error says about the shard.
pub(super) fn fault(error: &Error) -> Fault {
    match error.code() {
        Some("ExpiredIteratorException") => Fault::Expired,
        Some("TrimmedDataAccessException") => Fault::Trimmed,
        Some("ResourceNotFoundException") => Fault::NotFound,
        _ => Fault::Other,
    }
}

impl Sequenced for Record {
    fn sequence_number(&self) -> Option<&str> {
        Self::sequence_number(self)
    }

    fn created_at(&self) -> Option<u64> {
        let since = Self::created_at(self)?.duration_since(SystemTime::UNIX_EPOCH);
        since.ok().map(|since| since.as_secs())
    }
}
