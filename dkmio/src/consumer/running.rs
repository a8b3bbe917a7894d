//! A consumer at work: sends what the shards are due for, as long as there is room, and takes the answers.

use super::checkpoint::Checkpoint;
use super::pages::{Page, Pages};
use super::requests::{Answer, Stream, fault};
use super::setup::Setup;
use super::shards::{Fault, Request, Shards};
use super::start::Started;
use crate::change::Record;
use crate::error::Error;
use crate::executor::Background;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// The state of a consumer that has begun.
pub(super) struct Running {
    stream: Stream,
    shards: Shards,
    pub(super) pages: Pages<Record>,
    under_way: FuturesUnordered<Background<Answer>>,
    /// How many requests under way may bring a page.
    reads: usize,
    /// What the shards' times are counted from.
    began: Instant,
    /// Wakes the task when the next request is due.
    timer: Option<Pin<Box<Sleep>>>,
    /// How many pages were under way or waiting when what was due was sent last.
    occupied: Option<usize>,
    /// Since when the shards cannot be listed.
    unlisted_since: Option<Duration>,
    error: Option<Error>,
    /// `true` if the runtime of a request was shut down, so that nothing goes on.
    is_shut_down: bool,
}

impl Running {
    pub(super) fn new(started: Started) -> Self {
        Self {
            stream: started.stream,
            shards: started.shards,
            pages: Pages::new(started.positions),
            under_way: FuturesUnordered::new(),
            reads: 0,
            began: Instant::now(),
            timer: None,
            occupied: None,
            unlisted_since: None,
            error: None,
            is_shut_down: false,
        }
    }

    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint::new(&self.stream.arn, self.pages.positions())
    }

    /// Returns the error that the user is to see.
    pub(super) fn take_error(&mut self) -> Option<Error> {
        if self.is_shut_down {
            return Some(Background::<()>::shut_down());
        }
        self.error.take()
    }

    /// Returns `true` if no record will come any more.
    pub(super) fn is_over(&self) -> bool {
        self.shards.is_over() && self.pages.len() == 0 && self.under_way.is_empty()
    }

    /// Takes the answers that came, and sends what is due.
    ///
    /// The requests are tasks of their own: they go on while nobody polls, and as many as there is room for.
    pub(super) fn drive(&mut self, setup: &Setup, cx: &mut Context<'_>) {
        loop {
            let mut has_news = self.occupied != Some(self.reads + self.pages.len());
            while let Poll::Ready(Some(answer)) = self.under_way.poll_next_unpin(cx) {
                match answer {
                    Some(answer) => self.take(setup, answer),
                    None => self.is_shut_down = true,
                }
                has_news = true;
            }
            if let Some(timer) = &mut self.timer
                && timer.as_mut().poll(cx).is_ready()
            {
                self.timer = None;
                has_news = true;
            }
            if !has_news {
                return;
            }
            // What is sent here is polled in the next round, and so is the timer: they wake this task then.
            self.send_due(setup);
        }
    }

    fn send_due(&mut self, setup: &Setup) {
        let now = self.began.elapsed();
        while let Some(request) = self.shards.next(now, self.has_room(setup)) {
            if request != Request::List {
                self.reads += 1;
            }
            let sent = self.stream.clone().send(request);
            self.under_way.push(Background::at_once(Box::pin(sent)));
        }
        self.occupied = Some(self.reads + self.pages.len());
        let wake_at = self.shards.wake_at(self.has_room(setup));
        let wake_at = wake_at.map(|wake_at| self.began + wake_at);
        if self.timer.as_ref().map(|timer| timer.deadline()) != wake_at {
            self.timer = wake_at.map(|wake_at| Box::pin(sleep_until(wake_at)));
        }
    }

    fn has_room(&self, setup: &Setup) -> bool {
        self.reads + self.pages.len() < setup.buffered_pages
    }

    fn take(&mut self, setup: &Setup, answer: Answer) {
        let now = self.began.elapsed();
        if !matches!(answer, Answer::Listed(_)) {
            self.reads -= 1;
        }
        match answer {
            Answer::Listed(Ok(listing)) => {
                self.unlisted_since = None;
                let (gaps, forgotten) = self.shards.listed(&listing, now);
                self.pages.forget(&forgotten);
                for gap in gaps {
                    self.pages.lost(&gap.shard_id().into());
                    setup.tell(&gap);
                }
            }
            Answer::Listed(Err(e)) => {
                self.shards.list_failed(now);
                let since = *self.unlisted_since.get_or_insert(now);
                self.failed(setup, e, now - since);
            }
            Answer::Iterator(shard, Ok(iterator)) => {
                if iterator.is_none() {
                    self.pages.lost(&shard);
                }
                self.shards.iterator(&shard, iterator, now);
            }
            Answer::Page(shard, Ok((records, next))) => {
                let last = records.iter().rev().find_map(Record::sequence_number);
                let is_last = next.is_none();
                let since = self.shards.page(&shard, last, next, now);
                self.pages.push(Page {
                    shard,
                    records: records.into_iter(),
                    since,
                    is_last,
                });
            }
            Answer::Iterator(shard, Err(e)) | Answer::Page(shard, Err(e)) => {
                let fault = fault(&e);
                let gap = self.shards.failed(&shard, fault, fastrand::f64(), now);
                match gap {
                    Some(gap) => setup.tell(&gap),
                    None if fault == Fault::Other => {
                        let failing_for = self.shards.failing_for(&shard, now);
                        self.failed(setup, e, failing_for);
                    }
                    None => tracing::debug!(
                        target: "dkmio",
                        table = self.stream.table,
                        shard = &*shard,
                        error = %e,
                        "asks for the shard's iterator again",
                    ),
                }
            }
        }
    }

    /// Takes an error after which the request is sent again: the user sees it if it does not pass, or has not for too long.
    fn failed(&mut self, setup: &Setup, error: Error, failing_for: Duration) {
        if error.is_retryable() && failing_for < setup.retry_budget {
            tracing::debug!(
                target: "dkmio",
                table = self.stream.table,
                error = %error,
                "sends the request again later",
            );
        } else {
            self.error.get_or_insert(error);
        }
    }
}
