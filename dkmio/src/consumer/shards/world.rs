//! A consumer and the stream that it reads, as the exploration has them, and what may happen to them.

use super::service::Service;
use super::{Beginning, Fault, Request, Shards};
use crate::consumer::pages::{Page, Pages, Sequenced};
use crate::consumer::position::{IteratorStart, Position, ShardId};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const POLL: Duration = Duration::from_secs(1);
/// Pages that are under way or not handed out.
const ROOM: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Record(String);

impl Sequenced for Record {
    fn sequence_number(&self) -> Option<&str> {
        Some(&self.0)
    }

    fn created_at(&self) -> Option<u64> {
        self.0.parse().ok()
    }
}

/// A running consumer: the machine, its requests under way, and its pages.
#[derive(Clone)]
struct Consumer {
    machine: Shards,
    under_way: Vec<Request>,
    pages: Pages<Record>,
}

/// What happens only so often, so that the states come to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Budget {
    pub(super) writes: u32,
    pub(super) splits: u32,
    pub(super) trims: u32,
    pub(super) removals: u32,
    pub(super) expiries: u32,
    pub(super) faults: u32,
    pub(super) checkpoints: u32,
    pub(super) kills: u32,
    pub(super) disables: u32,
}

#[derive(Clone)]
pub(super) struct World {
    service: Service,
    budget: Budget,
    beginning: Beginning,
    /// `None` before the start, and after a kill.
    consumer: Option<Consumer>,
    /// All records that were handed out, but for those that a kill undid.
    handed_out: BTreeSet<u32>,
    /// The stored checkpoint, and what was handed out when it was made.
    saved: Option<(BTreeMap<ShardId, Position>, BTreeSet<u32>)>,
    /// Shards of which a gap was told.
    gaps: BTreeSet<ShardId>,
    /// What was written before a start at the latest records.
    before: u32,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Write(usize),
    Split(usize, usize),
    Show,
    Trim(usize),
    Remove(usize),
    Expire,
    Disable,
    Start,
    Answer(usize),
    Fail(usize),
    HandOut,
    Checkpoint,
    Kill,
}

pub(super) type Key = (
    (Service, Budget, BTreeSet<u32>, BTreeSet<ShardId>, u32),
    Option<(BTreeMap<ShardId, Position>, BTreeSet<u32>)>,
    Option<(
        Shards,
        Vec<Request>,
        Vec<(ShardId, Vec<Record>, bool)>,
        BTreeMap<ShardId, Position>,
    )>,
);

impl World {
    pub(super) fn new(beginning: Beginning, budget: Budget) -> Self {
        Self {
            service: Service::new(),
            budget,
            beginning,
            consumer: None,
            handed_out: BTreeSet::new(),
            saved: None,
            gaps: BTreeSet::new(),
            before: 0,
        }
    }

    pub(super) fn key(&self) -> Key {
        let consumer = self.consumer.as_ref().map(|consumer| {
            let mut under_way = consumer.under_way.clone();
            under_way.sort_by_key(|request| format!("{request:?}"));
            (
                consumer.machine.clone(),
                under_way,
                consumer.pages.waiting(),
                consumer.pages.positions().clone(),
            )
        });
        (
            (
                self.service.clone(),
                self.budget,
                self.handed_out.clone(),
                self.gaps.clone(),
                self.before,
            ),
            self.saved.clone(),
            consumer,
        )
    }

    pub(super) fn steps(&self) -> Vec<Step> {
        let (budget, service) = (&self.budget, &self.service);
        let mut steps = Vec::new();
        let mut push_if = |may: bool, step: Step| {
            if may {
                steps.push(step);
            }
        };
        for (at, shard) in service.shards.iter().enumerate() {
            let is_open = !shard.is_closed && !shard.is_gone;
            push_if(is_open && budget.writes > 0, Step::Write(at));
            push_if(is_open && budget.splits > 0, Step::Split(at, 1));
            push_if(is_open && budget.splits > 0, Step::Split(at, 2));
            let has_records = shard.trimmed < shard.records.len();
            push_if(has_records && budget.trims > 0, Step::Trim(at));
            let may_go = shard.is_closed && !shard.is_gone && !shard.is_hidden;
            push_if(may_go && budget.removals > 0, Step::Remove(at));
        }
        push_if(service.shards.iter().any(|s| s.is_hidden), Step::Show);
        push_if(budget.expiries > 0 && self.consumer.is_some(), Step::Expire);
        push_if(budget.disables > 0 && !service.is_disabled, Step::Disable);
        match &self.consumer {
            None => steps.push(Step::Start),
            Some(consumer) => {
                for at in 0..consumer.under_way.len() {
                    push_if(true, Step::Answer(at));
                    push_if(budget.faults > 0, Step::Fail(at));
                }
                push_if(consumer.pages.len() > 0, Step::HandOut);
                push_if(
                    budget.checkpoints > 0 && consumer.pages.is_ahead(),
                    Step::Checkpoint,
                );
                push_if(budget.kills > 0, Step::Kill);
            }
        }
        steps
    }

    pub(super) fn take(&mut self, step: &Step) {
        match *step {
            Step::Write(at) => {
                self.budget.writes -= 1;
                self.service.write(at);
            }
            Step::Split(at, children) => {
                self.budget.splits -= 1;
                self.service.split(at, children);
            }
            Step::Show => self.service.show_all(),
            Step::Trim(at) => {
                self.budget.trims -= 1;
                self.service.shards[at].trimmed += 1;
            }
            Step::Remove(at) => {
                self.budget.removals -= 1;
                let shard = &mut self.service.shards[at];
                shard.trimmed = shard.records.len();
                shard.is_gone = true;
            }
            Step::Expire => {
                self.budget.expiries -= 1;
                self.service.expire_iterators();
            }
            Step::Disable => {
                self.budget.disables -= 1;
                self.service.disable();
                self.service.show_all();
            }
            Step::Start => self.start(),
            Step::Answer(at) => self.answer(at),
            Step::Fail(at) => {
                self.budget.faults -= 1;
                self.fail(at);
            }
            Step::HandOut => self.hand_out(),
            Step::Checkpoint => {
                self.budget.checkpoints -= 1;
                if let Some(consumer) = &mut self.consumer {
                    consumer.pages.saved();
                    let positions = consumer.pages.positions().clone();
                    self.saved = Some((positions, self.handed_out.clone()));
                }
            }
            Step::Kill => {
                self.budget.kills -= 1;
                self.consumer = None;
                let saved = self.saved.as_ref();
                self.handed_out = saved.map(|(_, out)| out.clone()).unwrap_or_default();
            }
        }
        self.send();
    }

    fn start(&mut self) {
        let listing = self.service.list();
        let (machine, positions) = match &self.saved {
            Some((positions, _)) => {
                let machine = Shards::resume(positions, &listing, POLL, Duration::ZERO);
                (machine, positions.clone())
            }
            None => {
                let beginning = match self.beginning {
                    Beginning::Oldest => Beginning::Oldest,
                    _ => {
                        self.before = self.service.written;
                        Beginning::Latest(u64::from(self.service.written) + 1)
                    }
                };
                let (machine, positions) = Shards::begin(beginning, &listing, POLL, Duration::ZERO);
                if beginning != Beginning::Oldest {
                    self.saved = Some((positions.clone(), BTreeSet::new()));
                }
                (machine, positions)
            }
        };
        self.consumer = Some(Consumer {
            machine,
            under_way: Vec::new(),
            pages: Pages::new(positions),
        });
    }

    /// Sends all requests that there is room for, as if each had been due.
    fn send(&mut self) {
        let Some(consumer) = &mut self.consumer else {
            return;
        };
        consumer.machine.let_time_pass();
        while let Some(request) = consumer.machine.next(Duration::ZERO, consumer.has_room()) {
            consumer.under_way.push(request);
        }
    }

    fn answer(&mut self, at: usize) {
        let Some(consumer) = &mut self.consumer else {
            return;
        };
        let (machine, pages, now) = (&mut consumer.machine, &mut consumer.pages, Duration::ZERO);
        let (shard, fault) = match consumer.under_way.remove(at) {
            Request::List => {
                let (gaps, forgotten) = machine.listed(&self.service.list(), now);
                pages.forget(&forgotten);
                for gap in gaps {
                    let shard: ShardId = gap.shard_id().into();
                    pages.lost(&shard);
                    self.gaps.insert(shard);
                }
                return;
            }
            Request::Iterator { shard, from } => match self.service.iterator(&shard, &from) {
                Ok(iterator) => {
                    if from == IteratorStart::Latest {
                        // What was written before the iterator was made is not promised.
                        let service = self.service.shards.iter().find(|s| s.id == shard);
                        let last = service.and_then(|s| s.records.last());
                        self.before = self.before.max(last.copied().unwrap_or_default());
                    }
                    machine.iterator(&shard, Some(iterator), now);
                    return;
                }
                Err(fault) => (shard, fault),
            },
            Request::Records { shard, iterator } => match self.service.records(&iterator) {
                Ok((records, next)) => {
                    let records: Vec<_> = records.iter().map(|r| Record(r.to_string())).collect();
                    let is_last = next.is_none();
                    let last = records.last().map(|r| &*r.0);
                    let since = machine.page(&shard, last, next, now);
                    pages.push(Page {
                        shard,
                        records: records.into_iter(),
                        since,
                        is_last,
                    });
                    return;
                }
                Err(fault) => (shard, fault),
            },
        };
        if machine.failed(&shard, fault, 0.5, now).is_some() {
            self.gaps.insert(shard);
        }
    }

    fn fail(&mut self, at: usize) {
        let Some(consumer) = &mut self.consumer else {
            return;
        };
        match consumer.under_way.remove(at) {
            Request::List => consumer.machine.list_failed(Duration::ZERO),
            Request::Iterator { shard, .. } | Request::Records { shard, .. } => {
                let gap = consumer
                    .machine
                    .failed(&shard, Fault::Other, 0.5, Duration::ZERO);
                assert!(gap.is_none());
            }
        }
    }

    fn hand_out(&mut self) {
        let Some(consumer) = &mut self.consumer else {
            return;
        };
        let Some(record) = consumer.pages.take() else {
            return;
        };
        let record: u32 = record.0.parse().unwrap_or_default();
        let shard = self
            .service
            .shards
            .iter()
            .find(|s| s.records.contains(&record));
        let shard = shard.unwrap_or_else(|| unreachable!("nobody wrote {record}"));
        // All records before it, in its shard and its ancestors, were handed out or are gone.
        let mut line = vec![(shard, record)];
        let mut parent = shard.parent.as_ref();
        while let Some(id) = parent {
            let Some(shard) = self.service.shards.iter().find(|s| s.id == *id) else {
                break;
            };
            line.push((shard, u32::MAX));
            parent = shard.parent.as_ref();
        }
        for (shard, before) in line {
            for earlier in shard.records[shard.trimmed..]
                .iter()
                .filter(|r| **r < before)
            {
                let is_out = self.handed_out.contains(earlier) || *earlier <= self.before;
                assert!(is_out, "{record} before {earlier}");
            }
        }
        let is_new = self.handed_out.insert(record);
        assert!(is_new, "{record} is handed out twice");
    }

    /// Leaves the consumer alone until nothing happens any more, and asserts that nothing is missing.
    pub(super) fn check(&self) {
        let mut world = self.clone();
        world.service.show_all();
        if world.consumer.is_none() {
            world.take(&Step::Start);
        }
        let mut in_vain = 0;
        while in_vain < 12 {
            let Some(consumer) = &world.consumer else {
                unreachable!("it is started");
            };
            if consumer.pages.len() > 0 {
                world.take(&Step::HandOut);
                in_vain = 0;
            } else if !consumer.under_way.is_empty() {
                world.take(&Step::Answer(0));
                in_vain += 1;
            } else {
                break;
            }
        }
        for shard in &world.service.shards {
            let missing = shard.records[shard.trimmed..].iter();
            let mut missing =
                missing.filter(|r| **r > world.before && !world.handed_out.contains(r));
            assert_eq!(missing.next(), None, "{:?}", self.key());
            // What was trimmed after an earlier record of the shard was handed out was told.
            let gone = &shard.records[..shard.trimmed];
            let is_out = |record: &u32| world.handed_out.contains(record);
            let was_read = gone.iter().position(is_out);
            let is_lost = was_read.is_some_and(|at| gone[at..].iter().any(|r| !is_out(r)));
            if is_lost {
                assert!(world.gaps.contains(&shard.id), "{:?}", self.key());
            }
        }
        let is_over = world.consumer.is_some_and(|c| c.machine.is_over());
        assert_eq!(is_over, world.service.is_disabled, "{:?}", self.key());
    }
}

impl Consumer {
    fn has_room(&self) -> bool {
        let reads = self.under_way.iter().filter(|r| **r != Request::List);
        reads.count() + self.pages.len() < ROOM
    }
}
