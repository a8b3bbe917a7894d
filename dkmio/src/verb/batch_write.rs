use super::batch::{BatchOptions, Outcome, batch_options, send_all};
use super::{BoxFuture, Delete, Put, incomplete};
use crate::error::{Error, PendingWrite, Unprocessed};
use crate::executor::{Backoff, DynamoDb, Request};
use crate::schema::{KeySchema, Table, key_identity};
use crate::value::{Item, compare_scalars, item_size};
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::marker::PhantomData;

/// Writes of one request.
const MAX_WRITES: usize = 25;
/// Bytes of one request.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Puts and deletes many items: DynamoDB's `BatchWriteItem`, 25 writes a request.
///
/// Made by the model's `batch_write`, or over several tables by [`batch_write`]. Requests are sent side by side, so
/// that the writes are done in no order. What DynamoDB leaves unprocessed is sent again, with growing random waits.
/// A batch is no transaction: it can be done in part. It takes no conditions.
///
/// # Errors
///
/// - [`Error::Validation`] when two writes have the same key, unless [`last_wins`](BatchWrite::last_wins); and anything
///   else that is found wrong with a write. Nothing is sent then.
/// - [`Error::Unprocessed`] when the time runs out, or an error comes in the midst: with exactly the writes that were
///   not done.
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
    model: PhantomData<fn() -> M>,
}

type WriteError = Box<Error>;

/// A write, and the keys of its table.
#[doc(hidden)]
pub struct Write {
    pending: PendingWrite,
    keys: &'static KeySchema,
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
            model: PhantomData,
        }
    }

    /// Adds a put or delete of any table, without a condition.
    // Not `ops::Add`: it collects.
    #[allow(clippy::should_implement_trait, reason = "no sum is made")]
    pub fn add(mut self, member: impl BatchWriteMember) -> Self {
        self.writes.push(member.into_write().map_err(Box::new));
        self
    }

    /// Keeps only the last of several writes with the same key, in place of an error.
    pub fn last_wins(mut self) -> Self {
        self.last_wins = true;
        self
    }
}

impl<M: Table> BatchWrite<M> {
    /// Adds a put.
    pub fn put(self, item: &M) -> Self {
        self.add(Put::new(item))
    }

    /// Adds a put of each item.
    pub fn put_all<'a>(self, items: impl IntoIterator<Item = &'a M>) -> Self {
        items.into_iter().fold(self, Self::put)
    }

    /// Adds a delete by the full key.
    pub fn delete(self, key: impl Into<M::Key>) -> Self {
        self.add(Delete::<M>::new(M::encode_key(&key.into())))
    }

    /// Adds a delete by each full key.
    pub fn delete_all<K: Into<M::Key>>(self, keys: impl IntoIterator<Item = K>) -> Self {
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
        let options = self.options;
        let writes = distinct(self.writes, self.last_wins)
            .map_err(|e| e.for_request(BatchWriteItemInput::OPERATION, "(before sending)"))?;
        write_all(db, writes, options).await
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

/// A put or delete that returns nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a batch write",
    label = "expected a put or delete that returns nothing",
    note = "a batch returns no item: drop the `return_..()` call; for updates and conditions use `transact_write`"
)]
pub trait BatchWriteMember {
    #[doc(hidden)]
    fn into_write(self) -> Result<Write, Error>;
}

fn no_condition(condition: Option<&str>) -> Result<(), Error> {
    match condition {
        None => Ok(()),
        Some(_) => Err(Error::invalid(
            "a batch write takes no conditions; use `dkmio::transact_write()`, or a single write",
        )),
    }
}

impl<M: Table> BatchWriteMember for Put<M> {
    fn into_write(self) -> Result<Write, Error> {
        let input = self.into_input()?;
        no_condition(input.condition_expression())?;
        let item = input.item.unwrap_or_default();
        Ok(Write {
            pending: PendingWrite {
                table: M::SCHEMA.name(),
                key: M::KEYS.of(&item),
                item: Some(item),
            },
            keys: M::KEYS,
        })
    }
}

impl<M: Table> BatchWriteMember for Delete<M> {
    fn into_write(self) -> Result<Write, Error> {
        let input = self.into_input()?;
        no_condition(input.condition_expression())?;
        Ok(Write {
            pending: PendingWrite {
                table: M::SCHEMA.name(),
                key: input.key.unwrap_or_default(),
                item: None,
            },
            keys: M::KEYS,
        })
    }
}

/// Takes each key once: DynamoDB refuses a whole request for a key that is in it twice.
fn distinct(
    writes: Vec<Result<Write, WriteError>>,
    last_wins: bool,
) -> Result<Vec<PendingWrite>, Error> {
    let mut places: HashMap<(&str, Vec<u8>), usize> = HashMap::with_capacity(writes.len());
    let mut kept: Vec<PendingWrite> = Vec::with_capacity(writes.len());
    for write in writes {
        let Write { pending, keys } = write.map_err(|e| *e)?;
        let identity = key_identity(keys, &pending.key).unwrap_or_default();
        match places.entry((pending.table, identity)) {
            Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push(pending);
            }
            Entry::Occupied(entry) if last_wins => {
                kept[*entry.get()] = pending;
            }
            Entry::Occupied(_) => {
                return Err(Error::invalid(format!(
                    "two writes of the batch have the same key in `{}`; keep one, or the last by `.last_wins()`",
                    pending.table
                )));
            }
        }
    }
    Ok(kept)
}

async fn write_all(
    db: &DynamoDb,
    writes: Vec<PendingWrite>,
    options: BatchOptions,
) -> Result<(), Error> {
    let backoff = Backoff::new(options.budget);
    let outcome = send_all(
        chunks(writes),
        options.concurrency,
        |chunk| write_chunk(db, chunk, backoff.clone()),
        |chunk| chunk,
    )
    .await;
    match outcome.cause {
        None if outcome.left.is_empty() => Ok(()),
        // Nothing was written and nothing will be: the error itself says more.
        Some(cause)
            if outcome.done.is_empty() && !cause.is_retryable() && !cause.is_ambiguous() =>
        {
            Err(cause)
        }
        cause => Err(Error::Unprocessed(Unprocessed::writes(
            outcome.done.into_iter().sum(),
            outcome.left,
            cause,
        ))),
    }
}

/// Splits the writes into requests, by count and by bytes.
fn chunks(writes: Vec<PendingWrite>) -> Vec<Vec<PendingWrite>> {
    let mut chunks: Vec<Vec<PendingWrite>> = Vec::new();
    let mut bytes = 0;
    for write in writes {
        let size = item_size(write.item.as_ref().unwrap_or(&write.key));
        match chunks.last_mut() {
            Some(chunk) if chunk.len() < MAX_WRITES && bytes + size <= MAX_BYTES => {
                bytes += size;
                chunk.push(write);
            }
            _ => {
                bytes = size;
                chunks.push(vec![write]);
            }
        }
    }
    chunks
}

async fn write_chunk(
    db: &DynamoDb,
    chunk: Vec<PendingWrite>,
    mut backoff: Backoff,
) -> Outcome<usize, PendingWrite> {
    let mut outcome = Outcome::empty();
    let mut pending = chunk;
    loop {
        let output = match request(&pending) {
            Ok(request) => db.call(request).await,
            Err(e) => Err(e),
        };
        let unprocessed = match output {
            Ok(output) => output.unprocessed_items.unwrap_or_default(),
            Err(e) => {
                outcome.left = pending;
                outcome.cause = Some(e);
                return outcome;
            }
        };
        let before = pending.len();
        pending = still_to_do(db, pending, &unprocessed);
        if pending.len() < before {
            outcome.done.push(before - pending.len());
            backoff.progress();
        }
        if pending.is_empty() {
            return outcome;
        }
        tracing::warn!(target: "dkmio", writes = pending.len(), "BatchWriteItem left writes unprocessed");
        if !backoff.wait().await {
            outcome.left = pending;
            return outcome;
        }
    }
}

/// Returns the writes that DynamoDB handed back.
fn still_to_do(
    db: &DynamoDb,
    pending: Vec<PendingWrite>,
    unprocessed: &HashMap<String, Vec<WriteRequest>>,
) -> Vec<PendingWrite> {
    let handed_back: usize = unprocessed.values().map(Vec::len).sum();
    let (left, done): (Vec<_>, Vec<_>) = pending
        .into_iter()
        .partition(|write| is_among(write, unprocessed.get(&db.table_name(write.table))));
    if left.len() == handed_back {
        return left;
    }
    // What was handed back is not recognised: doing all of it again does no harm, losing some would.
    left.into_iter().chain(done).collect()
}

/// Whether the write is one of these. A key is in a request once, so that the key tells.
fn is_among(write: &PendingWrite, requests: Option<&Vec<WriteRequest>>) -> bool {
    requests.into_iter().flatten().any(|request| {
        let put = request.put_request().map(|put| put.item());
        let deleted = request.delete_request().map(|delete| delete.key());
        put.or(deleted).is_some_and(|item| {
            write.key.iter().all(|(name, value)| {
                let other = item.get(name);
                other.is_some_and(|other| compare_scalars(value, other) == Some(Ordering::Equal))
            })
        })
    })
}

fn request(writes: &[PendingWrite]) -> Result<BatchWriteItemInput, Error> {
    let mut tables: HashMap<String, Vec<WriteRequest>> = HashMap::new();
    for write in writes {
        let request = match write.item.clone() {
            Some(item) => put_request(item)?,
            None => delete_request(write.key.clone())?,
        };
        tables
            .entry(write.table.to_owned())
            .or_default()
            .push(request);
    }
    BatchWriteItemInput::builder()
        .set_request_items(Some(tables))
        .build()
        .map_err(incomplete)
}

fn put_request(item: Item) -> Result<WriteRequest, Error> {
    let put = PutRequest::builder()
        .set_item(Some(item))
        .build()
        .map_err(incomplete)?;
    Ok(WriteRequest::builder().put_request(put).build())
}

fn delete_request(key: Item) -> Result<WriteRequest, Error> {
    let delete = DeleteRequest::builder()
        .set_key(Some(key))
        .build()
        .map_err(incomplete)?;
    Ok(WriteRequest::builder().delete_request(delete).build())
}

impl Unprocessed {
    /// Sends the writes that were not done once more.
    ///
    /// # Errors
    ///
    /// As [`BatchWrite::execute`].
    pub async fn write_again(self, db: &DynamoDb) -> Result<(), Error> {
        write_all(db, self.into_pending(), BatchOptions::default()).await
    }
}
