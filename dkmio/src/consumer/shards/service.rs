//! A small stream as DynamoDB would keep it: what the exploration asks in place of DynamoDB.

use super::{Fault, ListedShard, Listing};
use crate::consumer::position::{IteratorStart, ShardId};
use std::sync::Arc;

/// The records of a stream, by shard. A record is its sequence number, which no other record of the stream has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Service {
    pub(super) shards: Vec<Shard>,
    pub(super) written: u32,
    pub(super) is_disabled: bool,
    /// Iterators of another epoch are expired.
    epoch: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shard {
    pub(super) id: ShardId,
    pub(super) parent: Option<ShardId>,
    pub(super) records: Vec<u32>,
    /// How many of the oldest records are gone.
    pub(super) trimmed: usize,
    pub(super) is_closed: bool,
    pub(super) is_gone: bool,
    /// `true` if a listing does not have it yet.
    pub(super) is_hidden: bool,
}

/// A page, and the iterator of the next one.
pub(super) type Answer = (Vec<u32>, Option<String>);

impl Service {
    pub(super) fn new() -> Self {
        let mut service = Self {
            shards: Vec::new(),
            written: 0,
            is_disabled: false,
            epoch: 0,
        };
        service.open(None);
        service
    }

    fn open(&mut self, parent: Option<ShardId>) {
        let id: ShardId = Arc::from(format!("shard-{}", self.shards.len()));
        let is_hidden = parent.is_some();
        self.shards.push(Shard {
            id,
            parent,
            records: Vec::new(),
            trimmed: 0,
            is_closed: false,
            is_gone: false,
            is_hidden,
        });
    }

    pub(super) fn write(&mut self, at: usize) {
        self.written += 1;
        self.shards[at].records.push(self.written);
    }

    /// Closes a shard, and opens its children.
    pub(super) fn split(&mut self, at: usize, children: usize) {
        let parent = self.shards[at].id.clone();
        self.shards[at].is_closed = true;
        for _ in 0..children {
            self.open(Some(parent.clone()));
        }
    }

    pub(super) fn show_all(&mut self) {
        for shard in &mut self.shards {
            shard.is_hidden = false;
        }
    }

    pub(super) fn disable(&mut self) {
        self.is_disabled = true;
        for shard in &mut self.shards {
            shard.is_closed = true;
        }
    }

    pub(super) fn expire_iterators(&mut self) {
        self.epoch += 1;
    }

    pub(super) fn list(&self) -> Listing {
        let shards = self.shards.iter().filter(|s| !s.is_gone && !s.is_hidden);
        Listing {
            shards: shards
                .map(|shard| ListedShard {
                    id: shard.id.clone(),
                    parent: shard.parent.clone(),
                })
                .collect(),
            is_disabled: self.is_disabled,
        }
    }

    fn shard(&self, id: &str) -> Result<&Shard, Fault> {
        let mut shards = self.shards.iter();
        shards
            .find(|s| *s.id == *id && !s.is_gone)
            .ok_or(Fault::NotFound)
    }

    pub(super) fn iterator(&self, id: &ShardId, from: &IteratorStart) -> Result<String, Fault> {
        let shard = self.shard(id)?;
        let at = match from {
            IteratorStart::Oldest => shard.trimmed,
            IteratorStart::Latest => shard.records.len(),
            IteratorStart::After(number) => {
                let at = shard.records.iter().position(|r| r.to_string() == *number);
                let Some(at) = at.filter(|at| *at >= shard.trimmed) else {
                    return Err(Fault::Trimmed);
                };
                at + 1
            }
        };
        Ok(format!("{id}/{at}/{}", self.epoch))
    }

    /// Answers with one record at most.
    pub(super) fn records(&self, iterator: &str) -> Result<Answer, Fault> {
        let mut parts = iterator.split('/');
        let (Some(id), Some(at), Some(epoch)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Fault::Expired);
        };
        let shard = self.shard(id)?;
        let Some(at) = at.parse().ok().filter(|_| epoch == self.epoch.to_string()) else {
            return Err(Fault::Expired);
        };
        if at < shard.trimmed {
            return Err(Fault::Trimmed);
        }
        let records: Vec<u32> = shard.records[at..].iter().copied().take(1).collect();
        let next = at + records.len();
        let has_next = !shard.is_closed || next < shard.records.len();
        let next = has_next.then(|| format!("{id}/{next}/{}", self.epoch));
        Ok((records, next))
    }
}
