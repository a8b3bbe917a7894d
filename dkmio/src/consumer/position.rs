//! How far a shard is read, or handled.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A shard's id, as DynamoDB names it.
pub(super) type ShardId = Arc<str>;

/// Where reading of a shard begins again. A part of [`Checkpoint`](super::Checkpoint), which stores it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Position {
    /// At the oldest record that the shard still has.
    Oldest,
    /// At the oldest record, without the records that were made before this second of Unix time.
    Since(u64),
    /// After the record of this sequence number.
    After(String),
    /// Nowhere: all records are read, and no other will come.
    Finished,
}

/// What a shard's iterator is asked for: `ShardIteratorType` with its sequence number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum IteratorStart {
    /// `TRIM_HORIZON`.
    Oldest,
    /// `LATEST`.
    Latest,
    /// `AFTER_SEQUENCE_NUMBER`.
    After(String),
}
