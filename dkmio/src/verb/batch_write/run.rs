//! Splits the writes of a batch into requests, and sends these until all writes are done.

use super::handed_back::still_to_do;
use crate::error::{Error, PendingWrite, Unprocessed};
use crate::executor::{Backoff, DynamoDb, Payload};
use crate::value::item_size;
use crate::verb::batch::{BatchOptions, ChunkOutcome, send_all};
use crate::verb::input::incomplete;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::types::WriteRequest;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{self, AtomicBool, AtomicUsize};

/// The user's function that is told the number of writes done.
pub(super) type BatchProgress = Arc<dyn Fn(usize) + Send + Sync>;

/// The most writes that DynamoDB takes in one request.
pub(super) const MAX_WRITES: usize = 25;
/// The most bytes that DynamoDB takes in one request.
const MAX_BATCH_BYTES: usize = 16 * 1024 * 1024;

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

/// Splits the writes into requests, by their number and their bytes.
fn chunks(writes: Vec<PendingWrite>) -> Vec<Vec<PendingWrite>> {
    if writes.len() <= MAX_WRITES && writes.iter().map(size).sum::<usize>() <= MAX_BATCH_BYTES {
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
            Some(chunk) if chunk.len() < MAX_WRITES && bytes + size <= MAX_BATCH_BYTES => {
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

/// The options with which writes are sent; an error keeps them for the rest.
#[derive(Clone, Default)]
pub(super) struct WriteSetup {
    pub(super) options: BatchOptions,
    pub(super) progress: Option<BatchProgress>,
    /// The number of writes that an earlier batch did, of which this is the rest.
    pub(super) written: usize,
}

/// Sends the requests of one batch.
pub(super) struct Writer<'a> {
    db: &'a DynamoDb,
    setup: &'a WriteSetup,
    /// The backoff that all requests share; `None` if each has its own.
    backoff: Option<Backoff>,
    written: AtomicUsize,
    /// `true` if some of the writes left may have been done.
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

    /// Makes the writer of a stream. Each request has a backoff of its own, because a stream may last longer than any budget.
    pub(super) fn endless(db: &'a DynamoDb, setup: &'a WriteSetup) -> Self {
        Self {
            backoff: None,
            ..Self::new(db, setup)
        }
    }

    /// Returns the number of writes done, or the error if some are left.
    pub(super) fn finished(
        &self,
        outcome: ChunkOutcome<usize, PendingWrite>,
    ) -> Result<usize, Error> {
        let done = outcome.done.iter().sum();
        let doubtful = self.doubtful.load(atomic::Ordering::Relaxed);
        match outcome.cause {
            None if outcome.left.is_empty() => Ok(done),
            // The cause alone is the error if nothing was written and it would end the rest too, unless the writes left were
            // taken from a stream, so that only the error has them.
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

    /// Sends one request, and sends again the writes that DynamoDB leaves unprocessed.
    pub(super) async fn write(
        &self,
        chunk: Vec<PendingWrite>,
    ) -> ChunkOutcome<usize, PendingWrite> {
        let own = || Backoff::new(self.setup.options.budget);
        let mut backoff = self.backoff.clone().unwrap_or_else(own);
        let mut outcome = ChunkOutcome::empty();
        // Shared with the request while it is under way.
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
                    // An earlier attempt without an answer may have done the writes that are handed back now.
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

/// Returns the SDK's input with the tables, but without their writes.
fn request(writes: &[PendingWrite]) -> Result<BatchWriteItemInput, Error> {
    let mut tables: HashMap<String, Vec<WriteRequest>> = HashMap::new();
    let mut last = None;
    for write in writes {
        // Most batches have one table.
        if last.replace(write.table) != Some(write.table) {
            tables.entry(write.table.to_owned()).or_default();
        }
    }
    BatchWriteItemInput::builder()
        .set_request_items(Some(tables))
        .build()
        .map_err(incomplete)
}
