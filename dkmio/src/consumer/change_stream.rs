//! `ChangeStream`: the changes of a table, one by one, and the checkpoint of what is handled.

use super::change_record::ChangeRecord;
use super::checkpoint::Checkpoint;
use super::running::Running;
use super::setup::Setup;
use super::start::{Started, start};
use crate::change::FromRecord;
use crate::error::{Configuration, Error};
use crate::executor::Background;
use futures_core::Stream;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The longest pause before a start that failed is tried again.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// The changes of a table, as its stream has them; a [`Stream`]. Made by [`Changes::stream`](crate::Changes::stream).
///
/// Changes of an item come in their order, and after those of earlier shards. It goes on for ever, and ends only if the table's
/// stream is switched off and all of it is read.
///
/// **Checkpoints.** [`checkpoint`](Self::checkpoint) stores that all records are handled that were handed out so far. Nothing
/// else does: not the reading, and not the asking for the next record. So call it when the work on what you took is done,
/// after each record, each hundredth, or each [batch](Self::next_batch). After a crash, what came after the last checkpoint comes
/// again.
///
/// **Errors.** An error does not end the stream: polled again, it goes on. An [`Error::Decode`] is about one record, which is
/// counted as handed out: `?` ends the program, and the record comes again after its start, while a loop that goes on passes
/// over it. Any other error is about a request, which is sent again, and nothing is passed over: throttling, outages and the
/// like are shown only if they last for longer than [`retry_budget`](crate::Changes::retry_budget).
///
/// Dropping the stream ends the requests that are under way.
///
/// # Examples
///
/// ```
/// # use dkmio::{Change, DynamoDb, DynamoTable, Error, FileCheckpoints};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String, total: u64 }
/// # async fn notify(_: Orders) -> Result<(), Error> { Ok(()) }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let mut changes = db.changes::<Orders>().checkpoints(FileCheckpoints::new("orders.json")).stream();
/// while let Some(record) = changes.next().await {
///     match record?.change {
///         Change::Insert { new } => notify(new).await?,
///         Change::Modify { .. } | Change::Remove { .. } => {}
///     }
///     changes.checkpoint().await?;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream reads nothing until it is polled"]
pub struct ChangeStream<C> {
    setup: Arc<Setup>,
    state: State,
    /// How many starts in a row failed.
    failed_starts: u32,
    change: PhantomData<fn() -> C>,
}

enum State {
    Idle,
    Starting(Background<Result<Started, Error>>),
    Running(Box<Running>),
}

impl<C: FromRecord> ChangeStream<C> {
    pub(super) fn new(setup: Setup) -> Self {
        Self {
            setup: Arc::new(setup),
            state: State::Idle,
            failed_starts: 0,
            change: PhantomData,
        }
    }

    /// Waits for the next record; `None` at the end. It does what `StreamExt::next` does, without the trait.
    ///
    /// If the future is dropped before it is done, no record is lost.
    pub async fn next(&mut self) -> Option<Result<ChangeRecord<C>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Waits for the next record, and takes with it what is there already, up to `max` records; `None` at the end.
    ///
    /// For work that is done faster together, as in a batch write. An error after the first record is the result of the next
    /// call, so that a checkpoint of the batch does not pass over it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{Change, DynamoDb, DynamoTable, Error, MemoryCheckpoints};
    /// # #[derive(Clone, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] id: String, total: u64 }
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "totals")]
    /// # struct Totals { #[pk] id: String, total: u64 }
    /// # async fn run(db: DynamoDb) -> Result<(), Error> {
    /// let mut changes = db.changes::<Orders>().checkpoints(MemoryCheckpoints::new()).stream();
    /// while let Some(batch) = changes.next_batch(100).await {
    ///     let batch = batch?;
    ///     let orders = batch.iter().filter_map(|record| record.change.after());
    ///     let totals = orders.map(|order| Totals { id: order.id.clone(), total: order.total });
    ///     Totals::batch_write().put_all(totals.collect::<Vec<_>>()).last_wins().execute(&db).await?;
    ///     changes.checkpoint().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next_batch(&mut self, max: usize) -> Option<Result<Vec<ChangeRecord<C>>, Error>> {
        let first = match self.next().await? {
            Ok(first) => first,
            Err(e) => return Some(Err(e)),
        };
        let mut batch = vec![first];
        let State::Running(running) = &mut self.state else {
            return Some(Ok(batch));
        };
        while batch.len() < max
            && let Some(record) = running.pages.front()
        {
            match C::from_record(record) {
                Ok(change) => {
                    let record = running.pages.take();
                    batch.extend(change.zip(record).map(|(c, r)| ChangeRecord::new(c, r)));
                }
                // It is read once more by the next call.
                Err(_) => break,
            }
        }
        Some(Ok(batch))
    }

    /// Stores that all records are handled that were handed out so far, in the [`Checkpoints`](crate::Checkpoints) of the builder.
    ///
    /// If nothing was handed out since the last checkpoint, nothing is stored.
    ///
    /// # Errors
    ///
    /// [`Error::Checkpoint`] and the errors of a request, if it could not be stored: then the last checkpoint counts, and the next
    /// one makes up for this one. [`Error::Configuration`] if the builder got no store.
    pub async fn checkpoint(&mut self) -> Result<(), Error> {
        let Some(store) = &self.setup.store else {
            return Err(Error::Configuration(Configuration::new(
                "there is no store for the checkpoint: set `.checkpoints(store)`",
            )));
        };
        if let State::Running(running) = &mut self.state
            && running.pages.is_ahead()
        {
            store.save(&running.checkpoint()).await?;
            running.pages.saved();
        }
        Ok(())
    }

    /// Returns the checkpoint that [`checkpoint`](Self::checkpoint) would store; `None` before the first record.
    ///
    /// For programs that store it together with what they made of the changes, in one transaction: after a crash both are there
    /// or neither is, so that each change counts exactly once.
    pub fn position(&self) -> Option<Checkpoint> {
        match &self.state {
            State::Running(running) => Some(running.checkpoint()),
            State::Idle | State::Starting(_) => None,
        }
    }

    /// Polls until the consumer is at work.
    fn poll_started(&mut self, cx: &mut Context<'_>) -> Poll<Result<&mut Running, Error>> {
        if let State::Idle = self.state {
            let setup = self.setup.clone();
            let pause = match self.failed_starts {
                0 => Duration::ZERO,
                n => Duration::from_secs(1 << (n - 1).min(4)).min(LONGEST_PAUSE),
            };
            let starting = Box::pin(async move { start(&setup, pause).await });
            self.state = State::Starting(Background::at_once(starting));
        }
        if let State::Starting(starting) = &mut self.state {
            let started = ready!(Pin::new(starting).poll(cx));
            let started = started.unwrap_or_else(|| Err(Background::<()>::shut_down()));
            self.state = State::Idle;
            match started {
                Ok(started) => self.state = State::Running(Box::new(Running::new(started))),
                Err(e) => {
                    self.failed_starts += 1;
                    return Poll::Ready(Err(e));
                }
            }
        }
        match &mut self.state {
            State::Running(running) => Poll::Ready(Ok(running)),
            State::Idle | State::Starting(_) => Poll::Pending,
        }
    }
}

impl<C> Unpin for ChangeStream<C> {}

impl<C: FromRecord> Stream for ChangeStream<C> {
    type Item = Result<ChangeRecord<C>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let setup = self.setup.clone();
        let running = match ready!(self.poll_started(cx)) {
            Ok(running) => running,
            Err(e) => return Poll::Ready(Some(Err(e))),
        };
        loop {
            running.drive(&setup, cx);
            if let Some(error) = running.take_error() {
                return Poll::Ready(Some(Err(error)));
            }
            let Some(record) = running.pages.take() else {
                // What was taken may have made room.
                running.drive(&setup, cx);
                if running.pages.len() > 0 {
                    continue;
                }
                return match running.take_error() {
                    Some(error) => Poll::Ready(Some(Err(error))),
                    None if running.is_over() => Poll::Ready(None),
                    None => Poll::Pending,
                };
            };
            match C::from_record(&record) {
                Ok(Some(change)) => {
                    return Poll::Ready(Some(Ok(ChangeRecord::new(change, record))));
                }
                Ok(None) => {}
                Err(e) => return Poll::Ready(Some(Err(e))),
            }
        }
    }
}
