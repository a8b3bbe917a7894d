//! What batches have in common: their options, and how chunks are sent side by side.

use crate::error::Error;
use futures_util::StreamExt;
use futures_util::stream::{Stream, iter, poll_fn};
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

/// How a batch is sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct BatchOptions {
    /// Requests under way at the same time.
    pub(super) concurrency: usize,
    /// How long what DynamoDB leaves undone is sent again.
    pub(super) budget: Duration,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self {
            concurrency: 8,
            budget: Duration::from_secs(30),
        }
    }
}

/// What became of one chunk: what was done, what was not, and the error that ended it.
pub(super) struct Outcome<Done, Left> {
    pub(super) done: Vec<Done>,
    pub(super) left: Vec<Left>,
    pub(super) cause: Option<Error>,
}

impl<Done, Left> Outcome<Done, Left> {
    pub(super) fn empty() -> Self {
        Self {
            done: Vec::new(),
            left: Vec::new(),
            cause: None,
        }
    }

    fn add(&mut self, other: Self) {
        self.done.extend(other.done);
        self.left.extend(other.left);
        // That a write may have happened must not be hidden by an error that says less.
        self.cause = match (self.cause.take(), other.cause) {
            (Some(first), Some(later)) if later.is_ambiguous() && !first.is_ambiguous() => {
                Some(later)
            }
            (first, later) => first.or(later),
        };
    }
}

/// Sends all chunks, some at a time. After an error no further chunk is begun: it is left as it is.
///
/// Nothing is spawned, so that dropping the future ends all of it.
pub(super) async fn send_all<Chunk, Done, Left, Sending>(
    chunks: impl IntoIterator<Item = Chunk>,
    concurrency: usize,
    send: impl Fn(Chunk) -> Sending,
    give_up: impl Fn(Chunk) -> Vec<Left>,
) -> Outcome<Done, Left>
where
    Sending: Future<Output = Outcome<Done, Left>>,
{
    let mut chunks = chunks.into_iter();
    let mut outcome = send_stream(iter(&mut chunks), concurrency, send).await;
    outcome.left.extend(chunks.flat_map(give_up));
    outcome
}

/// Sends chunks as they come, some at a time. After an error no further chunk is taken.
pub(super) async fn send_stream<Chunk, Done, Left, Sending>(
    chunks: impl Stream<Item = Chunk>,
    concurrency: usize,
    send: impl Fn(Chunk) -> Sending,
) -> Outcome<Done, Left>
where
    Sending: Future<Output = Outcome<Done, Left>>,
{
    let failed = AtomicBool::new(false);
    // Looked at before a chunk is taken, so that none is taken and not sent.
    let mut chunks = std::pin::pin!(chunks);
    let until_failed = poll_fn(|cx| {
        if failed.load(Ordering::Relaxed) {
            return Poll::Ready(None);
        }
        chunks.as_mut().poll_next(cx)
    });
    let sending = until_failed.map(|chunk| {
        let (failed, send) = (&failed, &send);
        async move {
            let outcome = send(chunk).await;
            if outcome.cause.is_some() {
                failed.store(true, Ordering::Relaxed);
            }
            outcome
        }
    });
    let mut outcomes = std::pin::pin!(sending.buffer_unordered(concurrency.max(1)));
    let mut all = Outcome::empty();
    while let Some(outcome) = outcomes.next().await {
        all.add(outcome);
    }
    all
}

/// The options that all batches have.
macro_rules! batch_options {
    ([$($generics:tt)*] $builder:ty) => {
        impl<$($generics)*> $builder {
            /// Sets how many requests are under way at the same time; 8 unless set, at least 1.
            pub fn concurrency(mut self, requests: usize) -> Self {
                self.options.concurrency = requests;
                self
            }

            /// Sets how long what DynamoDB leaves unprocessed is sent again, in all; 30 seconds unless set. After that
            /// the error is [`Error::Unprocessed`], with the rest.
            pub fn retry_budget(mut self, budget: std::time::Duration) -> Self {
                self.options.budget = budget;
                self
            }
        }
    };
}
pub(super) use batch_options;
