//! What batches have in common: their options, and sending several chunks at the same time.

use crate::error::Error;
use futures_util::StreamExt;
use futures_util::stream::{Stream, iter, poll_fn};
use std::borrow::Borrow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Poll, ready};
use std::time::Duration;

/// How a batch is sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct BatchOptions {
    /// The most requests that are under way at the same time.
    pub(super) concurrency: usize,
    /// How long dkmio sends again what DynamoDB leaves unprocessed.
    pub(super) budget: Duration,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self {
            // A request of 100 keys takes about 20 ms, of which this process works for one or two: sixteen requests keep it
            // busy, and further ones would only wait.
            concurrency: 16,
            budget: Duration::from_secs(30),
        }
    }
}

/// The outcome of one chunk, or of several: what was done, what is left, and the error that ended it.
pub(super) struct ChunkOutcome<Done, Left> {
    pub(super) done: Vec<Done>,
    pub(super) left: Vec<Left>,
    pub(super) cause: Option<Error>,
}

impl<Done, Left> ChunkOutcome<Done, Left> {
    pub(super) fn empty() -> Self {
        Self {
            done: Vec::new(),
            left: Vec::new(),
            cause: None,
        }
    }

    /// Makes the outcome of a chunk of which nothing was done.
    pub(super) fn undone(left: Vec<Left>, cause: Option<Error>) -> Self {
        Self {
            done: Vec::new(),
            left,
            cause,
        }
    }

    /// `true` if nothing is left.
    pub(super) fn is_whole(&self) -> bool {
        self.left.is_empty() && self.cause.is_none()
    }

    pub(super) fn add(&mut self, other: Self) {
        self.done.extend(other.done);
        self.left.extend(other.left);
        // The ambiguous error wins, because it says that a write may have happened.
        self.cause = match (self.cause.take(), other.cause) {
            (Some(first), Some(later)) if later.is_ambiguous() && !first.is_ambiguous() => {
                Some(later)
            }
            (first, later) => first.or(later),
        };
    }
}

/// Sends all chunks, up to `concurrency` at a time. After an error it sends no further chunk: these are left.
///
/// It spawns no task, so that dropping the future ends all requests.
pub(super) async fn send_all<Chunk, Done, Left, Sending>(
    chunks: impl IntoIterator<Item = Chunk>,
    concurrency: usize,
    send: impl Fn(Chunk) -> Sending,
    give_up: impl Fn(Chunk) -> Vec<Left>,
) -> ChunkOutcome<Done, Left>
where
    Sending: Future<Output = ChunkOutcome<Done, Left>>,
{
    let failed = AtomicBool::new(false);
    let mut chunks = chunks.into_iter();
    // The flag is read before a chunk is taken, so that every chunk that is taken is sent.
    let until_failed = iter(std::iter::from_fn(|| {
        (!failed.load(Ordering::Relaxed)).then(|| chunks.next())?
    }));
    let sending = until_failed.map(|chunk| async {
        let outcome = send(chunk).await;
        if outcome.cause.is_some() {
            failed.store(true, Ordering::Relaxed);
        }
        outcome
    });
    let mut outcome = side_by_side(sending, concurrency).await;
    outcome.left.extend(chunks.flat_map(give_up));
    outcome
}

/// Sends the items of a stream in chunks, up to `concurrency` at a time. After a chunk of which something is left it takes no
/// more items; `give_up` returns the outcome of the items that were taken and not sent.
pub(super) async fn send_stream<Item, Done, Left, Sending>(
    items: impl Stream<Item = Item>,
    size: usize,
    concurrency: usize,
    send: impl Fn(Vec<Item>) -> Sending,
    give_up: impl Fn(Vec<Item>) -> ChunkOutcome<Done, Left>,
) -> ChunkOutcome<Done, Left>
where
    Sending: Future<Output = ChunkOutcome<Done, Left>>,
{
    let failed = AtomicBool::new(false);
    let sending = gathered(items, size, &failed).map(|chunk| async {
        if failed.load(Ordering::Relaxed) {
            return give_up(chunk);
        }
        let outcome = send(chunk).await;
        if !outcome.is_whole() {
            failed.store(true, Ordering::Relaxed);
        }
        outcome
    });
    side_by_side(sending, concurrency).await
}

async fn side_by_side<Done, Left>(
    sending: impl Stream<Item = impl Future<Output = ChunkOutcome<Done, Left>>>,
    concurrency: usize,
) -> ChunkOutcome<Done, Left> {
    let mut outcomes = std::pin::pin!(sending.buffer_unordered(concurrency.max(1)));
    let mut all = ChunkOutcome::empty();
    while let Some(outcome) = outcomes.next().await {
        all.add(outcome);
    }
    all
}

/// Gathers the items of a stream into chunks of `size`. Once `failed` is `true` it takes no more items, and yields those that
/// it has taken as the last chunk, so that none is lost.
pub(super) fn gathered<Item>(
    items: impl Stream<Item = Item>,
    size: usize,
    failed: impl Borrow<AtomicBool>,
) -> impl Stream<Item = Vec<Item>> {
    // Pinned in a box, because the closure that polls it is moved.
    let mut items = Box::pin(items.fuse());
    let mut chunk = Vec::new();
    poll_fn(move |cx| {
        while !failed.borrow().load(Ordering::Relaxed) {
            match ready!(items.as_mut().poll_next(cx)) {
                Some(item) => chunk.push(item),
                None => break,
            }
            if chunk.len() == size {
                break;
            }
        }
        let chunk = std::mem::take(&mut chunk);
        Poll::Ready((!chunk.is_empty()).then_some(chunk))
    })
}

/// Gives a builder the setters of its `options: BatchOptions`.
macro_rules! batch_options {
    ([$($generics:tt)*] $builder:ty) => {
        impl<$($generics)*> $builder {
            /// Sets the most requests that are under way at the same time; 16 unless set, at least 1.
            pub fn concurrency(mut self, requests: usize) -> Self {
                self.options.concurrency = requests;
                self
            }

            /// Sets how long dkmio sends again what DynamoDB leaves unprocessed; 30 seconds unless set. The time is for the
            /// whole batch, or for each request of a stream. After that the error is [`Error::Unprocessed`], with the rest.
            pub fn retry_budget(mut self, budget: std::time::Duration) -> Self {
                self.options.budget = budget;
                self
            }
        }
    };
}
pub(super) use batch_options;
