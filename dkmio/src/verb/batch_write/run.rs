//! How the writes are spread over requests, and sent until all are done.

use super::{Progress, Write, WriteError};
use crate::error::{Error, PendingWrite, Unprocessed, ValidationCause};
use crate::executor::{Backoff, DynamoDb, Payload};
use crate::value::{compare_scalars, item_size};
use crate::verb::batch::{BatchOptions, ChunkOutcome, send_all};
use crate::verb::identities::Identities;
use crate::verb::incomplete;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::types::WriteRequest;
use std::cmp::Ordering;
use std::collections::HashMap;
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
    let mut identities = Identities::new(db.table_names(), writes.len());
    let mut pending = Vec::with_capacity(writes.len());
    // The first fault, and how many writes were before it.
    let mut fault = None;
    for write in writes {
        match write {
            Ok(write) => {
                identities.push(write.pending.table, |bytes| write.identify(bytes));
                pending.push(write.pending);
            }
            Err(e) => {
                fault.get_or_insert((pending.len(), *e));
            }
        }
    }
    let firsts = identities.firsts();
    let mut places = firsts.iter().enumerate();
    let Some((again, _)) = places.find(|(place, first)| place != *first) else {
        return (pending, fault.map(|(_, fault)| fault));
    };
    if last_wins {
        let fault = fault.map(|(_, fault)| fault);
        return (last_of_each(pending, &firsts), fault);
    }
    let fault = match fault {
        Some((before, fault)) if before <= again => fault,
        _ => Error::invalid(
            ValidationCause::Duplicate,
            format!(
                "two writes of the batch have the same key in `{}`; keep one, or the last by `.last_wins()`",
                pending.get(again).map_or("", |write| write.table)
            ),
        ),
    };
    (pending, Some(fault))
}

/// Keeps the last of the writes with the same key, in the place of the first.
fn last_of_each(writes: Vec<PendingWrite>, firsts: &[usize]) -> Vec<PendingWrite> {
    let mut kept: Vec<Option<PendingWrite>> = writes.iter().map(|_| None).collect();
    for (write, first) in writes.into_iter().zip(firsts) {
        if let Some(slot) = kept.get_mut(*first) {
            *slot = Some(write);
        }
    }
    kept.into_iter().flatten().collect()
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
    if writes.len() <= MAX_WRITES && writes.iter().map(size).sum::<usize>() <= MAX_BYTES {
        return match writes.is_empty() {
            true => Vec::new(),
            false => vec![writes],
        };
    }
    let mut chunks: Vec<Vec<PendingWrite>> = Vec::new();
    let mut bytes = 0;
    for write in writes {
        let size = size(&write);
        match chunks.last_mut() {
            Some(chunk) if chunk.len() < MAX_WRITES && bytes + size <= MAX_BYTES => {
                bytes += size;
                chunk.push(write);
            }
            _ => {
                bytes = size;
                let mut chunk = Vec::with_capacity(MAX_WRITES);
                chunk.push(write);
                chunks.push(chunk);
            }
        }
    }
    chunks
}

fn size(write: &PendingWrite) -> usize {
    match &write.item {
        Some(item) => item.size(),
        None => item_size(write.key()),
    }
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
    pub(super) fn finished(
        &self,
        outcome: ChunkOutcome<usize, PendingWrite>,
    ) -> Result<usize, Error> {
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
    pub(super) async fn write(
        &self,
        chunk: Vec<PendingWrite>,
    ) -> ChunkOutcome<usize, PendingWrite> {
        let own = || Backoff::new(self.setup.options.budget);
        let mut backoff = self.backoff.clone().unwrap_or_else(own);
        let mut outcome = ChunkOutcome::empty();
        // Shared with the request that is under way.
        let mut pending = Arc::new(chunk);
        let mut doubtful = false;
        while !pending.is_empty() {
            let writes = pending.clone();
            let build = move || request(&writes);
            let made = self
                .db
                .send_writing(build, Payload::Writes(pending.clone()), ());
            let output = made.await;
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
            let left = still_to_do(self.db, pending, &unprocessed);
            pending = Arc::new(left);
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
        outcome.left = Arc::unwrap_or_clone(pending);
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
    pending: Arc<Vec<PendingWrite>>,
    unprocessed: &HashMap<String, Vec<WriteRequest>>,
) -> Vec<PendingWrite> {
    let handed_back: usize = unprocessed.values().map(Vec::len).sum();
    if handed_back == 0 {
        return Vec::new();
    }
    let (left, done): (Vec<_>, Vec<_>) = Arc::unwrap_or_clone(pending)
        .into_iter()
        .partition(|write| is_among(write, unprocessed.get(&db.table_name(write.table))));
    if left.len() == handed_back || all_known(db, &left, unprocessed) {
        return left;
    }
    // What was handed back is not recognised: doing all of it again does no harm, losing some would.
    left.into_iter().chain(done).collect()
}

/// Whether everything that was handed back is one of these writes: DynamoDB may name one twice.
fn all_known(
    db: &DynamoDb,
    writes: &[PendingWrite],
    unprocessed: &HashMap<String, Vec<WriteRequest>>,
) -> bool {
    unprocessed.iter().all(|(table, requests)| {
        requests.iter().all(|request| {
            let one = vec![request.clone()];
            let mut of_table = writes
                .iter()
                .filter(|write| db.table_name(write.table) == *table);
            of_table.any(|write| is_among(write, Some(&one)))
        })
    })
}

/// Whether the write is one of these. A key is in a request once, so that the key tells.
fn is_among(write: &PendingWrite, requests: Option<&Vec<WriteRequest>>) -> bool {
    requests.into_iter().flatten().any(|request| {
        let put = request.put_request().map(|put| put.item());
        let deleted = request.delete_request().map(|delete| delete.key());
        put.or(deleted).is_some_and(|item| {
            write.key().iter().all(|(name, value)| {
                let other = item.get(name);
                other.is_some_and(|other| compare_scalars(value, other) == Some(Ordering::Equal))
            })
        })
    })
}

/// Returns the SDK's input, with the tables only.
fn request(writes: &[PendingWrite]) -> Result<BatchWriteItemInput, Error> {
    let mut tables: HashMap<String, Vec<WriteRequest>> = HashMap::new();
    let mut last = None;
    for write in writes {
        // Most batches have one.
        if last.replace(write.table) != Some(write.table) {
            tables.entry(write.table.to_owned()).or_default();
        }
    }
    BatchWriteItemInput::builder()
        .set_request_items(Some(tables))
        .build()
        .map_err(incomplete)
}
