//! `BatchGetStream`: takes the keys from a stream, and yields their items as another.

use super::builder::BatchGet;
use super::failure::Unfinished;
use super::key_list::Keys;
use super::plan::{BatchMember, Chunk, KeyId, MAX_KEYS, Plan};
use super::received_item::ReceivedItem;
use super::results::Results;
use super::run::read_chunk;
use crate::error::Error;
use crate::executor::{Background, Backoff, DynamoDb};
use crate::expr::Selection;
use crate::page::{OnUnreadable, Stop};
use crate::schema::{EncodeKey, EncodedKey, HasTtl, ProjectionOf, Select, Table};
use crate::verb::attrs::Attrs;
use crate::verb::batch::{BatchOptions, ChunkOutcome, gathered};
use futures_core::Stream;
use futures_util::StreamExt;
use futures_util::stream::{once, unfold};
use std::collections::VecDeque;
use std::future::{poll_fn, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

type KeyStream<'k> = Pin<Box<dyn Stream<Item = EncodedKey> + Send + 'k>>;

/// Reads items by a stream of their full keys, for more keys than fit in memory: DynamoDB's `BatchGetItem`, 100 keys a
/// request.
///
/// Made by the model's `batch_get_stream`. Yields the items in the order of the keys, and `None` for a key without an item; a
/// key that comes twice within a request is read once. Several requests are under way at the same time, and no more keys are
/// taken than these need: at most the items of [`concurrency`](Self::concurrency) requests wait to be handed out.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: u64, total: u64 }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let keys = futures_util::stream::iter((0..1_000_000).map(|n| ("usr_1", n)));
/// let mut totals = Orders::batch_get_stream(keys).select(|o| o.total()).stream(&db);
/// while let Some(total) = totals.next().await {
///     let _: Option<u64> = total?;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch get does nothing until `.stream(&db)`"]
pub struct BatchGetStream<'k, M, O = M> {
    keys: KeyStream<'k>,
    batch: BatchGet<M, O>,
}

impl<'k, M: Table> BatchGetStream<'k, M> {
    #[doc(hidden)]
    pub fn new<K: 'k>(keys: impl Stream<Item = K> + Send + 'k, encode: EncodeKey<K>) -> Self {
        Self {
            keys: Box::pin(keys.map(move |key| EncodedKey::new::<M, K>(key, encode))),
            batch: BatchGet::new(Keys::default()),
        }
    }
}

impl<'k, M: Table, O: Send + 'static> BatchGetStream<'k, M, O> {
    /// Reads these attributes only, as [`BatchGet::select`] does.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&Attrs<M, Select<M>>) -> Sel,
    ) -> BatchGetStream<'k, M, Sel::Output> {
        BatchGetStream {
            keys: self.keys,
            batch: self.batch.select(attributes),
        }
    }

    /// Reads into a struct that derives [`Projection`](derive@crate::Projection).
    pub fn select_as<P: ProjectionOf<M>>(self) -> BatchGetStream<'k, M, P> {
        BatchGetStream {
            keys: self.keys,
            batch: self.batch.select_as(),
        }
    }

    /// Reads with strong consistency (`ConsistentRead`), at twice the capacity.
    pub fn consistent(mut self) -> Self {
        self.batch = self.batch.consistent();
        self
    }

    /// Yields `None` for an item whose time to live has passed, because DynamoDB may not have deleted it yet.
    pub fn exclude_expired(mut self) -> Self
    where
        M: HasTtl,
    {
        self.batch = self.batch.exclude_expired();
        self
    }

    /// Sets the most requests that are under way or whose items wait to be handed out; 16 unless set, at least 1.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.batch = self.batch.concurrency(requests);
        self
    }

    /// Sets how long dkmio sends again what DynamoDB leaves unprocessed of one request; 30 seconds unless set. After that the
    /// error is [`Error::Unprocessed`], with the rest.
    pub fn retry_budget(mut self, budget: Duration) -> Self {
        self.batch = self.batch.retry_budget(budget);
        self
    }

    /// Yields the items one by one.
    ///
    /// Tasks on tokio's runtime send the requests, so that these go on while you work on the items. Dropping the stream ends the
    /// tasks.
    ///
    /// # Errors
    ///
    /// - [`Error::Decode`] at the position of an item that does not read as `O`; the stream goes on.
    /// - [`Error::Unprocessed`] at the position of the first request that was not read to its end, with the items that were read
    ///   from there on, and exactly the keys that were taken and not read. Then the stream ends and takes no more keys: give
    ///   them as `&mut keys` to go on with the rest.
    pub fn stream(self, db: &DynamoDb) -> BatchGetItems<'k, O> {
        self.items::<Stop>(db)
    }

    pub(in crate::verb) fn items<E: OnUnreadable>(
        mut self,
        db: &DynamoDb,
    ) -> BatchGetItems<'k, E::Of<O>> {
        let chunks: Chunks<'k, E::Of<O>> = match self.batch.lower() {
            Ok(member) => Box::pin(read::<M, O, E>(db.clone(), self.keys, self.batch, member)),
            Err(e) => Box::pin(once(ready(Err(e)))),
        };
        BatchGetItems {
            chunks,
            items: VecDeque::new(),
        }
    }
}

type StreamedItems<O> = VecDeque<Result<Option<O>, Error>>;
type Chunks<'k, O> = Pin<Box<dyn Stream<Item = Result<StreamedItems<O>, Error>> + Send + 'k>>;

/// The plan of a chunk, and what became of its keys. Each chunk has a plan of its own, because the keys after it are not known
/// yet.
type Done = (Arc<Plan>, ChunkOutcome<(KeyId, ReceivedItem), KeyId>);

/// Plans the keys that can be sent as one chunk, and returns the error of a key that DynamoDB would refuse.
fn plan(
    db: &DynamoDb,
    member: &BatchMember,
    keys: Vec<EncodedKey>,
) -> (Arc<Plan>, Chunk, Option<Error>) {
    let mut member = member.clone();
    member.keys.extend(member.schema, keys, EncodedKey::encode);
    let fault = member.keys.check().err();
    let (plan, mut chunks) = Plan::of(db, vec![member]);
    (plan, chunks.pop().unwrap_or_default(), fault)
}

/// Reads the chunks, up to `concurrency` at a time, and yields each with its outcome, in the order of the keys.
fn requests<'k>(
    db: DynamoDb,
    keys: KeyStream<'k>,
    member: BatchMember,
    options: BatchOptions,
) -> impl Stream<Item = Done> + Send + 'k {
    let failed = Arc::new(AtomicBool::new(false));
    let chunks = gathered(keys, MAX_KEYS, failed.clone());
    let reading = chunks.map(move |keys| {
        let (plan, chunk, fault) = plan(&db, &member, keys);
        let key_ids = chunk.key_ids.clone();
        let given_up = fault.is_some() || failed.load(Ordering::Relaxed);
        let reading = (!given_up).then(|| {
            let (db, plan) = (db.clone(), plan.clone());
            let backoff = Backoff::new(options.budget);
            Background::at_once(Box::pin(async move {
                read_chunk(&db, &plan, chunk, backoff).await
            }))
        });
        let failed = failed.clone();
        async move {
            let outcome = match reading {
                Some(reading) => reading.await.unwrap_or_else(|| {
                    ChunkOutcome::undone(key_ids, Some(Background::<()>::shut_down()))
                }),
                None => ChunkOutcome::undone(key_ids, fault),
            };
            if !outcome.is_whole() {
                failed.store(true, Ordering::Relaxed);
            }
            (plan, outcome)
        }
    });
    reading.buffered(options.concurrency.max(1))
}

/// Reads the chunks, and yields the decoded items of each, or the error of the first one that was not read to its end.
fn read<'k, M: Table, O: Send + 'static, E: OnUnreadable>(
    db: DynamoDb,
    keys: KeyStream<'k>,
    batch: BatchGet<M, O>,
    member: BatchMember,
) -> impl Stream<Item = Result<StreamedItems<E::Of<O>>, Error>> + Send + 'k {
    let options = batch.options;
    let requests = Box::pin(requests(db, keys, member.clone(), options));
    unfold(Some((requests, batch, member)), move |state| async move {
        let (mut requests, batch, member) = state?;
        let (plan, outcome) = requests.next().await?;
        if outcome.is_whole() {
            let mut results = Results::of(&plan, outcome.done);
            let items = results.each::<M, O, E>(0, &batch.item_decoder).collect();
            return Some((Ok(items), Some((requests, batch, member))));
        }
        // The chunks after this one may have been read already.
        let mut unfinished = Unfinished::of([&member]);
        unfinished.add(&plan, outcome);
        while let Some((plan, outcome)) = requests.next().await {
            unfinished.add(&plan, outcome);
        }
        Some((Err(unfinished.into_error(options, true)), None))
    })
    .fuse()
}

/// The items of a [`BatchGetStream`], in the order of its keys; a [`Stream`].
///
/// Dropping it stops reading.
#[must_use = "a stream reads nothing until it is polled"]
pub struct BatchGetItems<'k, O> {
    chunks: Chunks<'k, O>,
    items: StreamedItems<O>,
}

impl<O: Send + 'static> BatchGetItems<'_, O> {
    /// Reads the next item; `None` at the end. It does what `StreamExt::next` does, without the trait.
    pub async fn next(&mut self) -> Option<Result<Option<O>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<O> Unpin for BatchGetItems<'_, O> {}

impl<O: Send + 'static> Stream for BatchGetItems<'_, O> {
    type Item = Result<Option<O>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(item));
            }
            match ready!(self.chunks.as_mut().poll_next(cx)) {
                Some(Ok(items)) => self.items = items,
                Some(Err(e)) => return Poll::Ready(Some(Err(e))),
                None => return Poll::Ready(None),
            }
        }
    }
}
