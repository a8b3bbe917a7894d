//! `Gap`: changes that were trimmed before they were read.

use super::position::{Position, ShardId};
use std::fmt;

/// Changes of one shard that DynamoDB removed before they were read, because they were older than 24 hours.
///
/// A consumer that was stopped, or that was slower than the writes, for longer than a day meets gaps. It goes on with the
/// oldest record that there is, and tells [`Changes::on_gap`](super::Changes::on_gap). What is kept from the changes, a view
/// say, has to be made anew from the table.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    shard: ShardId,
    after: Option<String>,
}

impl Gap {
    pub(super) fn of(shard: &ShardId, from: &Position) -> Self {
        Self {
            shard: shard.clone(),
            after: match from {
                Position::After(number) => Some(number.clone()),
                Position::Oldest | Position::Since(_) | Position::Finished => None,
            },
        }
    }

    /// Returns the shard's id.
    pub fn shard_id(&self) -> &str {
        &self.shard
    }

    /// Returns the sequence number of the last record before the gap, if one was read.
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }
}

impl fmt::Debug for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gap")
            .field("shard_id", &self.shard_id())
            .field("after", &self.after())
            .finish()
    }
}
