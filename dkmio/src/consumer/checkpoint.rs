//! `Checkpoint`: how far the changes of a stream are handled.

use super::position::{Position, ShardId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far the changes of a table's stream are handled, shard by shard. What a [`Checkpoints`](super::Checkpoints) stores.
///
/// serde writes and reads it in any format. It grows with the shards that the stream has: some 120 bytes each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    stream: String,
    shards: BTreeMap<ShardText, Position>,
}

/// A shard's id as serde has it.
type ShardText = String;

impl Checkpoint {
    pub(super) fn new(stream: &str, positions: &BTreeMap<ShardId, Position>) -> Self {
        let positions = positions.iter();
        Self {
            stream: stream.to_owned(),
            shards: positions
                .map(|(id, p)| (id.to_string(), p.clone()))
                .collect(),
        }
    }

    /// Returns the ARN of the stream. A table whose stream is switched off and on again has another stream.
    pub fn stream_arn(&self) -> &str {
        &self.stream
    }

    pub(super) fn positions(&self) -> BTreeMap<ShardId, Position> {
        let shards = self.shards.iter();
        shards
            .map(|(id, p)| (ShardId::from(id.as_str()), p.clone()))
            .collect()
    }
}
