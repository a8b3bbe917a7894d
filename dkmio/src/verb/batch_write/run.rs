//! How the writes are spread over requests, and sent until all are done.

use super::{Progress, Write, WriteError};
use crate::error::{Error, PendingWrite, Unprocessed};
use crate::executor::{Backoff, BatchWriteEntry, DynamoDb, Payload};
use crate::schema::key_identity;
use crate::value::{EncodedItem, compare_scalars, item_size};
use crate::verb::batch::{BatchOptions, Outcome, send_all};
use crate::verb::incomplete;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::types::WriteRequest;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::sync::atomic::{self, AtomicBool, AtomicUsize};

/// Writes of one request.
pub(super) const MAX_WRITES: usize = 25;
/// Bytes of one request.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Takes each key once: DynamoDB refuses a whole request for a key that is in it twice.
pub(super) fn distinct(
    db: &DynamoDb,
    writes: Vec<Result<Write, WriteError>>,
    last_wins: bool,
) -> Result<Vec<PendingWrite>, Error> {
    match sendable(db, writes, last_wins) {
        (writes, None) => Ok(writes),
        (_, Some(fault)) => Err(fault),
    }
}

/// Takes what can be sent of these writes, each key once, and the first fault of the others.
pub(super) fn sendable(
    db: &DynamoDb,
    writes: Vec<Result<Write, WriteError>>,
    last_wins: bool,
) -> (Vec<PendingWrite>, Option<Error>) {
    let mut places: HashMap<(Cow<'_, str>, Vec<u8>), usize> = HashMap::with_capacity(writes.len());
    let mut kept: Vec<PendingWrite> = Vec::with_capacity(writes.len());
    let mut fault = None;
    for write in writes {
        let Write { pending, keys } = match write {
            Ok(write) => write,
            Err(e) => {
                fault.get_or_insert(*e);
                continue;
            }
        };
        let identity = key_identity(keys, &pending.key).unwrap_or_default();
        match places.entry((db.table_names().resolve(pending.table), identity)) {
            Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push(pending);
            }
            Entry::Occupied(entry) if last_wins => kept[*entry.get()] = pending,
            Entry::Occupied(_) => {
                fault.get_or_insert_with(|| {
                    Error::invalid(format!(
                        "two writes of the batch have the same key in `{}`; keep one, or the last by `.last_wins()`",
                        pending.table
                    ))
                });
                kept.push(pending);
            }
        }
    }
    (kept, fault)
}

/// Sends all writes.
pub(super) async fn write_all(
    db: &DynamoDb,
    writes: Vec<PendingWrite>,
    setup: WriteSetup,
) -> Result<(), Error> {
    let writer = Writer::new(db, &setup);
    let outcome = send_all(
        chunks(writes),
        setup.options.concurrency,
        |chunk| writer.write(chunk),
        |chunk| chunk,
    )
    .await;
    writer.finished(outcome).map(drop)
}

/// Splits the writes into requests, by count and by bytes.
fn chunks(writes: Vec<PendingWrite>) -> Vec<Vec<PendingWrite>> {
    let mut chunks: Vec<Vec<PendingWrite>> = Vec::new();
    let mut bytes = 0;
    for write in writes {
        let size = match &write.item {
            Some(item) => item.size(),
            None => item_size(&write.key),
        };
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

/// How writes are sent, and who is told of them; an error keeps it for the rest.
#[derive(Clone, Default)]
pub(super) struct WriteSetup {
    pub(super) options: BatchOptions,
    pub(super) progress: Option<Progress>,
    /// What was written before, by the batch that this is the rest of.
    pub(super) written: usize,
}

/// Sends the requests of one batch.
pub(super) struct Writer<'a> {
    db: &'a DynamoDb,
    setup: &'a WriteSetup,
    /// The time of all requests; `None` where each has its own.
    backoff: Option<Backoff>,
    written: AtomicUsize,
    /// Whether some of what is left may have been done.
    doubtful: AtomicBool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(db: &'a DynamoDb, setup: &'a WriteSetup) -> Self {
        Self {
            db,
            setup,
            backoff: Some(Backoff::new(setup.options.budget)),
            written: AtomicUsize::new(setup.written),
            doubtful: AtomicBool::new(false),
        }
    }

    /// Sends the requests of a stream, which may go on for longer than any budget: each has the time for itself.
    pub(super) fn endless(db: &'a DynamoDb, setup: &'a WriteSetup) -> Self {
        Self {
            backoff: None,
            ..Self::new(db, setup)
        }
    }

    /// Returns how many writes were done, if all were.
    pub(super) fn finished(&self, outcome: Outcome<usize, PendingWrite>) -> Result<usize, Error> {
        let done = outcome.done.iter().sum();
        let doubtful = self.doubtful.load(atomic::Ordering::Relaxed);
        match outcome.cause {
            None if outcome.left.is_empty() => Ok(done),
            // Nothing was written and nothing will be: the error itself says more. But what was taken from a stream is
            // nowhere else.
            Some(cause)
                if done == 0
                    && !cause.is_retryable()
                    && !cause.is_ambiguous()
                    && !doubtful
                    && (self.backoff.is_some() || outcome.left.is_empty()) =>
            {
                Err(cause)
            }
            cause => {
                let mut setup = self.setup.clone();
                setup.written += done;
                let rest = Unprocessed::writes(done, outcome.left, Arc::new(setup), cause);
                Err(Error::Unprocessed(rest.doubtful(doubtful)))
            }
        }
    }

    /// Sends one request, and again what DynamoDB left of it.
    pub(super) async fn write(&self, chunk: Vec<PendingWrite>) -> Outcome<usize, PendingWrite> {
        let own = || Backoff::new(self.setup.options.budget);
        let mut backoff = self.backoff.clone().unwrap_or_else(own);
        let mut outcome = Outcome::empty();
        let mut pending = chunk;
        let mut doubtful = false;
        while !pending.is_empty() {
            let output = match request(&pending) {
                Ok((input, writes)) => self.db.exchange_items(input, writes, ()).await,
                Err(e) => Err(e),
            };
            let unprocessed = match output {
                Ok(answer) => {
                    // What is handed back now may have been done by an attempt that nobody answered.
                    doubtful |= answer.unanswered;
                    answer.output.unprocessed_items.unwrap_or_default()
                }
                Err(e) => {
                    outcome.cause = Some(e);
                    break;
                }
            };
            let before = pending.len();
            pending = still_to_do(self.db, pending, &unprocessed);
            if pending.len() < before {
                outcome.done.push(before - pending.len());
                backoff.progress();
                self.report(before - pending.len());
            }
            if pending.is_empty() {
                break;
            }
            tracing::warn!(target: "dkmio", writes = pending.len(), "BatchWriteItem left writes unprocessed");
            if !backoff.wait().await {
                break;
            }
        }
        if doubtful && !pending.is_empty() {
            self.doubtful.store(true, atomic::Ordering::Relaxed);
        }
        outcome.left = pending;
        outcome
    }

    fn report(&self, done: usize) {
        let written = self.written.fetch_add(done, atomic::Ordering::Relaxed) + done;
        if let Some(progress) = &self.setup.progress {
            progress(written);
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

/// Returns the SDK's input, with the tables only, and the writes beside it.
fn request(writes: &[PendingWrite]) -> Result<(BatchWriteItemInput, Payload), Error> {
    let mut tables: HashMap<String, Vec<WriteRequest>> = HashMap::new();
    let mut entries = Vec::with_capacity(writes.len());
    for write in writes {
        if !tables.contains_key(write.table) {
            tables.insert(write.table.to_owned(), Vec::new());
        }
        entries.push(BatchWriteEntry {
            table: write.table,
            is_put: write.item.is_some(),
            item: match &write.item {
                Some(item) => item.clone(),
                None => EncodedItem::of_item(&write.key),
            },
        });
    }
    let input = BatchWriteItemInput::builder()
        .set_request_items(Some(tables))
        .build()
        .map_err(incomplete)?;
    Ok((input, Payload::Writes(entries)))
}
