//! `BatchWrite`: the builder of a batch write.

use super::distinct::{distinct, sendable};
use super::run::{BatchProgress, MAX_WRITES, WriteSetup, Writer, write_all};
use super::write::{BatchWriteMember, Write, WriteError, put_write};
use crate::error::{Error, Unprocessed};
use crate::executor::DynamoDb;
use crate::schema::{HasVersion, PrimaryKey, PutInBatch, Table};
use crate::verb::batch::{BatchOptions, ChunkOutcome, batch_options, send_stream};
use crate::verb::terminals::BoxFuture;
use crate::verb::{Delete, Put};
use futures_util::StreamExt;
use futures_util::stream::{Stream, iter};
use std::borrow::Borrow;
use std::marker::PhantomData;
use std::sync::Arc;

/// Puts and deletes many items: DynamoDB's `BatchWriteItem`, 25 writes a request.
///
/// Made by the model's `batch_write`, or over several tables by [`batch_write`]. Several requests are under way at the same
/// time, so that the writes have no order. dkmio sends again what DynamoDB leaves unprocessed, with growing random waits.
/// A batch is not a transaction: a part of it can be done. It takes no conditions.
///
/// # Errors
///
/// - [`Error::Validation`] if two writes have the same key, unless [`last_wins`](BatchWrite::last_wins), and any error of a
///   single write. Then nothing is sent.
/// - [`Error::Unprocessed`] if the time runs out, or a request fails: with exactly the writes that were not done.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String }
/// # async fn run(db: DynamoDb, orders: Vec<Orders>) -> Result<(), Error> {
/// Orders::batch_write()
///     .put_all(&orders)
///     .delete(("usr_1", "ord_0"))
///     .execute(&db)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch write does nothing until `.execute(&db)` or `.await`"]
pub struct BatchWrite<M = ()> {
    writes: Vec<Result<Write, WriteError>>,
    last_wins: bool,
    options: BatchOptions,
    progress: Option<BatchProgress>,
    model: PhantomData<fn() -> M>,
}

/// Makes a batch write over several tables, of puts and deletes without conditions.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String }
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String }
/// # async fn run(db: DynamoDb, order: Orders) -> Result<(), Error> {
/// dkmio::batch_write().add(Orders::put(&order)).add(Users::delete("usr_1")).execute(&db).await?;
/// # Ok(())
/// # }
/// ```
pub fn batch_write() -> BatchWrite {
    BatchWrite::new()
}

impl<M> BatchWrite<M> {
    #[doc(hidden)]
    #[allow(clippy::new_without_default, reason = "made by functions with a name")]
    pub fn new() -> Self {
        Self {
            writes: Vec::new(),
            last_wins: false,
            options: BatchOptions::default(),
            progress: None,
            model: PhantomData,
        }
    }

    /// Calls the function after writes were done, with the number of writes done in all.
    pub fn on_progress(mut self, progress: impl Fn(usize) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// Adds a put or delete of any table, without a condition.
    // Not `ops::Add`, because it collects.
    #[allow(clippy::should_implement_trait, reason = "no sum is made")]
    pub fn add(mut self, member: impl BatchWriteMember) -> Self {
        self.writes.push(member.into_write().map_err(Box::new));
        self
    }

    /// Adds a put of an item with a version, without a check of the version that it has: such as when items are imported. What is
    /// there is replaced, and the version that is written is the one after the item's.
    pub fn put_unlocked<N: Table + HasVersion>(mut self, item: &N) -> Self {
        self.writes.push(put_write(item));
        self
    }

    /// Keeps only the last of several writes with the same key, instead of an error.
    pub fn last_wins(mut self) -> Self {
        self.last_wins = true;
        self
    }
}

impl<M: Table> BatchWrite<M> {
    /// Adds a put.
    pub fn put(self, item: &M) -> Self
    where
        M: PutInBatch,
    {
        self.add(Put::new(item))
    }

    /// Adds a put of each item: of a collection by reference, or of an iterator that makes the items.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] id: String }
    /// # async fn run(db: DynamoDb, orders: Vec<Orders>) -> Result<(), Error> {
    /// let more = (0..100).map(|n| Orders { id: format!("ord_{n}") });
    /// Orders::batch_write().put_all(&orders).put_all(more).execute(&db).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn put_all<I: Borrow<M>>(self, items: impl IntoIterator<Item = I>) -> Self
    where
        M: PutInBatch,
    {
        self.put_each(items)
    }

    /// Adds a put of each item without a check of the versions that they have; see [`put_unlocked`](BatchWrite::put_unlocked).
    pub fn put_all_unlocked<I: Borrow<M>>(self, items: impl IntoIterator<Item = I>) -> Self
    where
        M: HasVersion,
    {
        self.put_each(items)
    }

    /// Adds a put of each item, whatever versions they have.
    pub(crate) fn put_each<I: Borrow<M>>(mut self, items: impl IntoIterator<Item = I>) -> Self {
        let writes = items.into_iter().map(|item| put_write(item.borrow()));
        self.writes.extend(writes);
        self
    }

    /// Adds a delete by the full key.
    pub fn delete(self, key: impl Into<M::Key>) -> Self
    where
        M::Key: PrimaryKey,
    {
        self.add(Delete::<M>::new(&key.into(), M::Key::encode))
    }

    /// Adds a delete by each full key.
    pub fn delete_all<K: Into<M::Key>>(self, keys: impl IntoIterator<Item = K>) -> Self
    where
        M::Key: PrimaryKey,
    {
        keys.into_iter().fold(self, Self::delete)
    }
}

batch_options!([M] BatchWrite<M>);

impl<M: 'static> BatchWrite<M> {
    /// Sends the requests.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] before anything is sent, [`Error::Unprocessed`], and any other error of this operation when
    /// nothing was written.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<(), Error>> + Send + 'static + use<M> {
        let db = db.clone();
        async move { self.run(&db).await }
    }

    async fn run(self, db: &DynamoDb) -> Result<(), Error> {
        let writes = distinct(db, self.writes, self.last_wins)?;
        let setup = WriteSetup {
            options: self.options,
            progress: self.progress,
            written: 0,
        };
        write_all(db, writes, setup).await
    }
}

impl<M: Table> BatchWrite<M> {
    /// Puts the items of a stream as they come, with the items of only a few requests in memory; then does the writes that were
    /// added to the batch. Yields the number of writes that were done.
    ///
    /// Two items of one request with the same key are an error, or the last one wins. Items of different requests may have the
    /// same key, and either of them may be written last.
    ///
    /// # Errors
    ///
    /// [`Error::Unprocessed`] with the writes that were taken from the stream and not done, if a request failed or its time ran
    /// out. No more items are taken then: give the stream as `&mut stream` to go on with the rest of it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] id: String }
    /// # async fn run(db: DynamoDb) -> Result<(), Error> {
    /// let orders = (0..1_000_000).map(|n| Orders { id: format!("ord_{n}") });
    /// let written = Orders::batch_write()
    ///     .on_progress(|written| println!("{written}"))
    ///     .put_stream(&db, futures_util::stream::iter(orders))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn put_stream<I: Stream<Item = M> + Send>(
        self,
        db: &DynamoDb,
        items: I,
    ) -> impl Future<Output = Result<usize, Error>> + Send + use<M, I>
    where
        M: PutInBatch,
    {
        let db = db.clone();
        async move { self.run_stream(&db, items).await }
    }

    async fn run_stream(
        self,
        db: &DynamoDb,
        items: impl Stream<Item = M> + Send,
    ) -> Result<usize, Error> {
        let last_wins = self.last_wins;
        let setup = WriteSetup {
            options: self.options,
            progress: self.progress,
            written: 0,
        };
        let writer = Writer::endless(db, &setup);
        let put = items.map(|item| put_write(&item));
        let outcome = send_stream(
            put.chain(iter(self.writes)),
            MAX_WRITES,
            setup.options.concurrency,
            |chunk| {
                let writer = &writer;
                async move {
                    match sendable(db, chunk, last_wins) {
                        (writes, None) => writer.write(writes).await,
                        (writes, fault) => ChunkOutcome::undone(writes, fault),
                    }
                }
            },
            |chunk| {
                let (writes, fault) = sendable(db, chunk, last_wins);
                ChunkOutcome::undone(writes, fault)
            },
        )
        .await;
        writer.finished(outcome)
    }
}

/// Sends the requests on the [default connection](DynamoDb::set_default).
impl<M: 'static> IntoFuture for BatchWrite<M> {
    type Output = Result<(), Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(&DynamoDb::default_connection()?).await })
    }
}

impl Unprocessed {
    /// Sends the writes that were not done again, with the concurrency, the retry budget and the progress function of the batch.
    /// The function goes on counting.
    ///
    /// # Errors
    ///
    /// As [`BatchWrite::execute`].
    pub async fn write_again(self, db: &DynamoDb) -> Result<(), Error> {
        let setup = self.setup().downcast_ref::<WriteSetup>().cloned();
        write_all(db, self.into_pending(), setup.unwrap_or_default()).await
    }
}
