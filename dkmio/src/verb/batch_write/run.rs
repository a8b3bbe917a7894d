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

/// Is told how many writes are done.
pub(super) type BatchProgress = Arc<dyn Fn(usize) + Send + Sync>;

/// The most writes that DynamoDB takes in one request.
pub(super) const MAX_WRITES: usize = 25;
/// The most bytes that DynamoDB takes in one request.
const MAX_BYTES: usize = 16 * 1024 * 1024;

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
    pub(super) progress: Option<BatchProgress>,
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
