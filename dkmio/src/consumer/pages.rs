//! The records that are read and not yet handed out, and how far the user is in each shard.

use super::position::{Position, ShardId};
use std::collections::{BTreeMap, VecDeque};

/// What a page needs to know of a record.
pub(super) trait Sequenced {
    /// Its place in the shard.
    fn sequence_number(&self) -> Option<&str>;
    /// When the record was made, as the second of Unix time.
    fn created_at(&self) -> Option<u64>;
}

/// The records of one answer, in their order.
#[derive(Clone)]
pub(super) struct Page<R> {
    pub(super) shard: ShardId,
    pub(super) records: std::vec::IntoIter<R>,
    /// Records that were made before this second of Unix time are left out.
    pub(super) since: Option<u64>,
    /// `true` if no record comes after these.
    pub(super) is_last: bool,
}

/// Pages in the order in which they are handed out. A child's page is never before one of its parent, because the child is
/// not read before its parent's end was.
#[derive(Clone)]
pub(super) struct Pages<R> {
    pages: VecDeque<Page<R>>,
    positions: BTreeMap<ShardId, Position>,
    /// `true` if the positions are other ones than those of the last checkpoint.
    is_ahead: bool,
}

impl<R: Sequenced> Pages<R> {
    /// Begins at the positions of a checkpoint.
    pub(super) fn new(positions: BTreeMap<ShardId, Position>) -> Self {
        Self {
            pages: VecDeque::new(),
            positions,
            is_ahead: false,
        }
    }

    /// Returns how many pages have records that are not handed out.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    pub(super) fn push(&mut self, page: Page<R>) {
        if page.records.len() > 0 || page.is_last {
            self.pages.push_back(page);
        }
    }

    /// Returns the record that is handed out next. What is not wanted before it is gone then.
    pub(super) fn front(&mut self) -> Option<&R> {
        while let Some(page) = self.pages.front_mut() {
            if let Some(second) = page.since {
                let is_early = |record: &R| record.created_at().is_some_and(|c| c < second);
                while page.records.as_slice().first().is_some_and(is_early) {
                    page.records.next();
                }
            }
            if page.records.len() > 0 {
                break;
            }
            if page.is_last {
                self.positions
                    .insert(page.shard.clone(), Position::Finished);
                self.is_ahead = true;
            }
            self.pages.pop_front();
        }
        self.pages.front()?.records.as_slice().first()
    }

    /// Hands out the next record, and moves the position of its shard behind it.
    pub(super) fn take(&mut self) -> Option<R> {
        self.front()?;
        let page = self.pages.front_mut()?;
        let record = page.records.next()?;
        let position = match record.sequence_number() {
            _ if page.is_last && page.records.len() == 0 => Some(Position::Finished),
            Some(number) => Some(Position::After(number.to_owned())),
            None => None,
        };
        if let Some(position) = position {
            self.positions.insert(page.shard.clone(), position);
            self.is_ahead = true;
        }
        if page.records.len() == 0 {
            self.pages.pop_front();
        }
        Some(record)
    }

    /// Forgets the positions of shards that DynamoDB has no more, but for those whose last records are not handed out yet.
    pub(super) fn forget(&mut self, shards: &[ShardId]) {
        for shard in shards {
            if self.positions.get(shard) == Some(&Position::Finished) {
                self.positions.remove(shard);
            }
        }
    }

    /// Takes that a shard is not read to its end, because it is gone.
    pub(super) fn lost(&mut self, shard: &ShardId) {
        self.push(Page {
            shard: shard.clone(),
            records: Vec::new().into_iter(),
            since: None,
            is_last: true,
        });
    }

    pub(super) fn positions(&self) -> &BTreeMap<ShardId, Position> {
        &self.positions
    }

    pub(super) fn is_ahead(&self) -> bool {
        self.is_ahead
    }

    pub(super) fn saved(&mut self) {
        self.is_ahead = false;
    }
}

#[cfg(test)]
impl<R: Clone> Pages<R> {
    /// Returns what is not handed out, by page.
    pub(super) fn waiting(&self) -> Vec<(ShardId, Vec<R>, bool)> {
        let pages = self.pages.iter();
        pages
            .map(|page| {
                (
                    page.shard.clone(),
                    page.records.as_slice().to_vec(),
                    page.is_last,
                )
            })
            .collect()
    }
}
