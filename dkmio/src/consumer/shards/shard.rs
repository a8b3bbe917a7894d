//! One shard of a stream, and what it waits for.

use super::{BACKOFF, LONGEST_BACKOFF, Request};
use crate::consumer::position::{IteratorStart, Position, ShardId};
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shard {
    pub(super) parent: Option<ShardId>,
    pub(super) state: State,
    /// How far it is read.
    pub(super) from: Position,
    /// `true` if the first iterator begins after the records that there are then. `from` is where all others begin.
    pub(super) is_at_latest: bool,
    /// Records that were made before this second of Unix time are left out.
    pub(super) since: Option<u64>,
    /// When its next request is sent.
    pub(super) due: Duration,
    /// How many pages in a row had no records.
    pub(super) empty_pages: u32,
    /// How many requests in a row failed.
    pub(super) failures: u32,
    /// When the first of them failed.
    pub(super) failing_since: Option<Duration>,
    /// How many listings in a row did not have it.
    pub(super) absences: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    NoIterator,
    Iterator(String),
    /// `GetShardIterator` is under way.
    AskedIterator,
    /// `GetRecords` is under way, with this iterator.
    AskedRecords(String),
    /// DynamoDB says that there is no such shard; the next listing tells.
    Missing,
    /// All records are read, or lost.
    Finished,
}

impl Shard {
    pub(super) fn new(parent: Option<ShardId>, now: Duration) -> Self {
        Self {
            parent,
            state: State::NoIterator,
            from: Position::Oldest,
            is_at_latest: false,
            since: None,
            due: now,
            empty_pages: 0,
            failures: 0,
            failing_since: None,
            absences: 0,
        }
    }

    pub(super) fn begin_at_latest(&mut self, second: u64) {
        self.from = Position::Since(second);
        self.is_at_latest = true;
    }

    pub(super) fn finish(&mut self) {
        self.state = State::Finished;
        self.answered();
    }

    /// Returns `true` if it has a request to be sent.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.state, State::NoIterator | State::Iterator(_))
    }

    /// Returns its request, and takes it to be sent.
    pub(super) fn take_request(&mut self, id: &ShardId) -> Option<Request> {
        let shard = id.clone();
        match &self.state {
            State::NoIterator => {
                let from = match &self.from {
                    // Once only: a second iterator at the latest records would leave out what came since the first.
                    _ if std::mem::take(&mut self.is_at_latest) => IteratorStart::Latest,
                    Position::After(number) => IteratorStart::After(number.clone()),
                    Position::Since(second) => {
                        self.since = Some(*second);
                        IteratorStart::Oldest
                    }
                    Position::Oldest | Position::Finished => IteratorStart::Oldest,
                };
                self.state = State::AskedIterator;
                Some(Request::Iterator { shard, from })
            }
            State::Iterator(iterator) => {
                let iterator = iterator.clone();
                self.state = State::AskedRecords(iterator.clone());
                Some(Request::Records { shard, iterator })
            }
            _ => None,
        }
    }

    pub(super) fn answered(&mut self) {
        self.failures = 0;
        self.failing_since = None;
    }

    /// Counts a failure. Returns the wait before the next request.
    pub(super) fn failure(&mut self, now: Duration, jitter: f64) -> Duration {
        self.failures = self.failures.saturating_add(1);
        self.failing_since.get_or_insert(now);
        let doublings = (self.failures - 1).min(16);
        let longest = BACKOFF.saturating_mul(1 << doublings).min(LONGEST_BACKOFF);
        // At least half of it, so that requests in vain get rarer for sure.
        longest.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
    }

    /// Has an iterator asked for, in place of the one that cannot be used.
    pub(super) fn ask_again(&mut self, due: Duration) {
        self.state = State::NoIterator;
        self.due = due;
    }

    /// Has the request that failed sent again.
    pub(super) fn send_again(&mut self, due: Duration) {
        self.state = match std::mem::replace(&mut self.state, State::NoIterator) {
            State::AskedRecords(iterator) => State::Iterator(iterator),
            State::AskedIterator => State::NoIterator,
            state => state,
        };
        self.due = due;
    }
}
