//! The shards of a stream, from their discovery to their end: which request is sent next, and what its answer changes.
//!
//! This is a state machine without I/O and without a clock. `change_stream.rs` sends the requests and tells the time.
//! `shards/explored.rs` tries it in every order of events of a small stream.

mod shard;

#[cfg(test)]
mod explored;
#[cfg(test)]
mod service;
#[cfg(test)]
mod world;

use self::shard::{Shard, State};
use super::gap::Gap;
use super::position::{IteratorStart, Position, ShardId};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How often all shards are listed while nothing asks for it.
const LIST_INTERVAL: Duration = Duration::from_secs(60);
/// The longest first wait before a request is sent again; it doubles with each failure.
const BACKOFF: Duration = Duration::from_millis(100);
/// The longest wait before a request is sent again.
const LONGEST_BACKOFF: Duration = Duration::from_secs(10);
/// The first wait after an empty page is the poll interval halved this often; it doubles with each empty page.
const HALVINGS: u32 = 4;
/// A finished shard is forgotten when this many listings in a row did not have it.
const ABSENCES: u32 = 3;

/// A request that is to be sent. Times of answers are given as the time since any moment that stays the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Request {
    /// All pages of `DescribeStream`.
    List,
    /// `GetShardIterator`.
    Iterator { shard: ShardId, from: IteratorStart },
    /// `GetRecords`.
    Records { shard: ShardId, iterator: String },
}

/// A shard in a listing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ListedShard {
    pub(super) id: ShardId,
    pub(super) parent: Option<ShardId>,
}

/// The answer of `DescribeStream`, all pages of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Listing {
    pub(super) shards: Vec<ListedShard>,
    /// `true` if the stream was switched off: it gets no more records, and no more shards.
    pub(super) is_disabled: bool,
}

/// Why a request about a shard has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    /// The iterator is older than 15 minutes.
    Expired,
    /// The records at the position are older than 24 hours.
    Trimmed,
    /// The shard does not exist, or not any more.
    NotFound,
    /// Anything else: it is tried again later.
    Other,
}

/// Where a stream is begun that there is no checkpoint of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Beginning {
    Oldest,
    /// At the records that come from now on. The second of Unix time is where it is begun again, if no record has come.
    Latest(u64),
    /// At the records since this second of Unix time.
    Since(u64),
}

/// All shards of one stream that are known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shards {
    shards: BTreeMap<ShardId, Shard>,
    poll_interval: Duration,
    list: List,
    /// `true` if the last listing said that the stream is switched off.
    is_disabled: bool,
}

/// When the shards are listed next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct List {
    is_under_way: bool,
    due: Duration,
    /// How many listings in a row failed, or did not have what they were sent for.
    in_vain: u32,
}

impl Shards {
    /// Begins a stream that there is no checkpoint of.
    ///
    /// Returns the positions too, which the first checkpoint needs: without them a second start at the latest records would
    /// begin later than the first one.
    pub(super) fn begin(
        beginning: Beginning,
        listing: &Listing,
        poll_interval: Duration,
        now: Duration,
    ) -> (Self, BTreeMap<ShardId, Position>) {
        let mut shards = Self::new(poll_interval, now);
        let parents: BTreeSet<_> = listing
            .shards
            .iter()
            .filter_map(|s| s.parent.as_ref())
            .collect();
        for listed in &listing.shards {
            let mut shard = Shard::new(listed.parent.clone(), now);
            match beginning {
                Beginning::Oldest => {}
                // A shard with a child is closed, and has no later records.
                Beginning::Latest(_) if parents.contains(&listed.id) => shard.finish(),
                Beginning::Latest(second) => shard.begin_at_latest(second),
                Beginning::Since(second) => shard.from = Position::Since(second),
            }
            shards.shards.insert(listed.id.clone(), shard);
        }
        let positions = match beginning {
            Beginning::Oldest => BTreeMap::new(),
            Beginning::Latest(_) | Beginning::Since(_) => shards.positions(),
        };
        shards.listed(listing, now);
        (shards, positions)
    }

    /// Goes on with a stream after the positions of a checkpoint.
    ///
    /// A listed shard that the checkpoint does not have is newer than the checkpoint, or was not read yet.
    pub(super) fn resume(
        positions: &BTreeMap<ShardId, Position>,
        listing: &Listing,
        poll_interval: Duration,
        now: Duration,
    ) -> Self {
        let mut shards = Self::new(poll_interval, now);
        for (id, position) in positions {
            let mut shard = Shard::new(None, now);
            match position {
                Position::Finished => shard.finish(),
                position => shard.from = position.clone(),
            }
            shards.shards.insert(id.clone(), shard);
        }
        shards.listed(listing, now);
        shards
    }

    fn new(poll_interval: Duration, now: Duration) -> Self {
        Self {
            shards: BTreeMap::new(),
            poll_interval,
            list: List {
                is_under_way: false,
                due: now,
                in_vain: 0,
            },
            is_disabled: false,
        }
    }

    /// Has all requests due, and forgets what only tells how long they wait, so that states that differ in that are one.
    #[cfg(test)]
    pub(super) fn let_time_pass(&mut self) {
        self.list.due = Duration::ZERO;
        self.list.in_vain = 0;
        for shard in self.shards.values_mut() {
            shard.due = Duration::ZERO;
            shard.empty_pages = 0;
            shard.answered();
        }
    }

    fn positions(&self) -> BTreeMap<ShardId, Position> {
        let positions = self.shards.iter().map(|(id, shard)| {
            let position = match shard.state {
                State::Finished => Position::Finished,
                _ => shard.from.clone(),
            };
            (id.clone(), position)
        });
        positions.collect()
    }

    /// Returns the next request that is due, and takes it to be sent. `has_room` is `true` if its records have a place.
    pub(super) fn next(&mut self, now: Duration, has_room: bool) -> Option<Request> {
        if !self.list.is_under_way && self.list.due <= now && !self.is_over() {
            self.list.is_under_way = true;
            return Some(Request::List);
        }
        if !has_room {
            return None;
        }
        let id = self.first_due().filter(|(due, _)| *due <= now)?.1.clone();
        let shard = self.shards.get_mut(&id)?;
        shard.take_request(&id)
    }

    /// Returns when [`next`](Self::next) returns a request, if no answer comes before.
    pub(super) fn wake_at(&self, has_room: bool) -> Option<Duration> {
        let list = (!self.list.is_under_way && !self.is_over()).then_some(self.list.due);
        let shard = self.first_due().filter(|_| has_room).map(|(due, _)| due);
        list.into_iter().chain(shard).min()
    }

    /// Returns the shard that has been due for longest, or will be first.
    fn first_due(&self) -> Option<(Duration, &ShardId)> {
        let ready = self.shards.iter().filter(|(_, shard)| {
            shard.is_idle() && self.is_finished_or_unknown(shard.parent.as_ref())
        });
        ready.map(|(id, shard)| (shard.due, id)).min()
    }

    fn is_finished_or_unknown(&self, parent: Option<&ShardId>) -> bool {
        let parent = parent.and_then(|parent| self.shards.get(parent));
        parent.is_none_or(|parent| parent.state == State::Finished)
    }

    /// Returns `true` if the stream is switched off and all its records are read.
    pub(super) fn is_over(&self) -> bool {
        let mut shards = self.shards.values();
        self.is_disabled && shards.all(|shard| shard.state == State::Finished)
    }

    /// Takes a listing. Returns the gaps that it shows, and the shards that are forgotten.
    pub(super) fn listed(&mut self, listing: &Listing, now: Duration) -> (Vec<Gap>, Vec<ShardId>) {
        self.is_disabled = listing.is_disabled;
        let mut absent: BTreeSet<ShardId> = self.shards.keys().cloned().collect();
        for listed in &listing.shards {
            absent.remove(&listed.id);
            let shard = self.shards.entry(listed.id.clone());
            let shard = shard.or_insert_with(|| Shard::new(None, now));
            shard.parent = listed.parent.clone();
            shard.absences = 0;
            if shard.state == State::Missing {
                shard.state = State::NoIterator;
            }
        }
        let (mut gaps, mut forgotten) = (Vec::new(), Vec::new());
        for id in absent {
            let Some(shard) = self.shards.get_mut(&id) else {
                continue;
            };
            shard.absences = (shard.absences + 1).min(ABSENCES);
            if shard.state == State::Missing {
                gaps.push(Gap::of(&id, &shard.from));
                shard.finish();
            } else if shard.state == State::Finished && shard.absences >= ABSENCES {
                self.shards.remove(&id);
                forgotten.push(id);
            }
        }
        self.list.is_under_way = false;
        // A shard that is closed has a child, which may not be listed yet.
        let is_complete = self.is_disabled || self.childless().next().is_none();
        self.list.in_vain = if is_complete {
            0
        } else {
            self.list.in_vain + 1
        };
        self.list.due = now + self.list_wait();
        (gaps, forgotten)
    }

    fn childless(&self) -> impl Iterator<Item = &ShardId> {
        let parents: BTreeSet<_> = self
            .shards
            .values()
            .filter_map(|s| s.parent.as_ref())
            .collect();
        let finished = self
            .shards
            .iter()
            .filter(|(_, s)| s.state == State::Finished);
        finished
            .map(|(id, _)| id)
            .filter(move |id| !parents.contains(*id))
    }

    /// Takes that the shards could not be listed.
    pub(super) fn list_failed(&mut self, now: Duration) {
        self.list.is_under_way = false;
        self.list.in_vain += 1;
        self.list.due = now + self.list_wait();
    }

    fn list_wait(&self) -> Duration {
        match self.list.in_vain {
            0 => LIST_INTERVAL,
            n => Duration::from_secs(1 << (n - 1).min(6)).min(LIST_INTERVAL),
        }
    }

    /// Takes an iterator. `None` stands for a shard that is closed.
    pub(super) fn iterator(&mut self, id: &ShardId, iterator: Option<String>, now: Duration) {
        match iterator {
            Some(iterator) => {
                if let Some(shard) = self.shards.get_mut(id) {
                    shard.state = State::Iterator(iterator);
                    shard.due = now;
                }
            }
            None => self.finished(id, now),
        }
    }

    /// Takes a page of records: the sequence number of the last one, and the iterator of the next page.
    ///
    /// Returns the second of Unix time before which the page's records are left out.
    pub(super) fn page(
        &mut self,
        id: &ShardId,
        last: Option<&str>,
        next: Option<String>,
        now: Duration,
    ) -> Option<u64> {
        let shard = self.shards.get_mut(id)?;
        shard.answered();
        match last {
            Some(last) => {
                shard.from = Position::After(last.to_owned());
                shard.empty_pages = 0;
            }
            None => shard.empty_pages = shard.empty_pages.saturating_add(1),
        }
        let since = shard.since;
        match next {
            Some(next) => {
                shard.state = State::Iterator(next);
                shard.due = now + empty_wait(self.poll_interval, shard.empty_pages);
            }
            None => self.finished(id, now),
        }
        since
    }

    fn finished(&mut self, id: &ShardId, now: Duration) {
        if let Some(shard) = self.shards.get_mut(id) {
            shard.finish();
            // Its children are due at once, and may not be known yet.
            self.list.due = self.list.due.min(now);
            self.list.in_vain = 0;
        }
    }

    /// Takes that a request of a shard failed. `jitter`, between 0 and 1, shortens the wait.
    ///
    /// Returns the gap if records were trimmed before they were read.
    pub(super) fn failed(
        &mut self,
        id: &ShardId,
        fault: Fault,
        jitter: f64,
        now: Duration,
    ) -> Option<Gap> {
        let shard = self.shards.get_mut(id)?;
        let wait = shard.failure(now, jitter);
        match fault {
            // The first time it passes at once, because the next iterator is new.
            Fault::Expired => shard.ask_again(if shard.failures == 1 { now } else { now + wait }),
            Fault::Trimmed => {
                let gap = Gap::of(id, &shard.from);
                if let Position::After(_) = shard.from {
                    shard.from = Position::Oldest;
                }
                shard.ask_again(if shard.failures == 1 { now } else { now + wait });
                return Some(gap);
            }
            Fault::NotFound => {
                shard.state = State::Missing;
                shard.due = now + wait;
                self.list.due = self.list.due.min(now + wait);
            }
            Fault::Other => {
                shard.send_again(now + wait);
            }
        }
        None
    }

    /// Returns for how long all requests of the shard have failed.
    pub(super) fn failing_for(&self, id: &ShardId, now: Duration) -> Duration {
        let since = self.shards.get(id).and_then(|shard| shard.failing_since);
        since.map_or(Duration::ZERO, |since| now.saturating_sub(since))
    }
}

/// Returns the wait after so many empty pages in a row: none after records, and at last the poll interval.
///
/// It grows because DynamoDB answers with empty pages too while it goes through a part of a shard that has no records, and
/// because records often come in groups.
fn empty_wait(poll_interval: Duration, empty_pages: u32) -> Duration {
    match empty_pages {
        0 => Duration::ZERO,
        n => poll_interval / (1 << HALVINGS.saturating_sub(n - 1)),
    }
}
