//! Writes items into the bytes of a request, and reads items out of the bytes of an answer.
//!
//! The SDK does the rest: it serializes the request with stubs instead of items, signs it, sends it again, and reads the
//! answer without its items. This saves the SDK's values of the items, which cost more than all that is done here.
//! Where the bytes are not seen, as under a mock of the SDK, or are not as expected, the items are SDK values.

mod answer;
mod item;
mod keys;
mod puts;
mod stub;
mod vector;
mod writes;

use super::items::{ItemSink, ItemsIn};
use super::operation::Operation;
use super::payload::Payload;
use super::table_names::TableNames;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::FrozenLayer;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

/// A [`Splicer`] without the type of its sink. Made in `send.rs`, and called by the interceptor.
pub(super) trait Splice: fmt::Debug + Send + Sync {
    /// Returns the body of the request with its items, or `None` if the call has none to be spliced.
    fn splice_request(&self, body: Option<&[u8]>) -> Option<Result<Vec<u8>, Refused>>;

    /// Reads the items of an answer. Returns the body without them, or `None` if the SDK must read the whole body.
    fn splice_answer(&self, body: &SdkBody) -> Option<Vec<u8>>;

    /// Returns the SDK's deserializer of the operation, or `None` if the call reads no items.
    fn codec(&self) -> Option<&'static FrozenLayer>;
}

/// Returns `true` if the body is in the one protocol that can be spliced.
pub(super) fn is_json(headers: &Headers) -> bool {
    let content_type = headers.get("content-type");
    content_type.is_some_and(|kind| kind.starts_with("application/x-amz-json-1.0"))
}

/// The body of the request is not as expected, so that the items must be SDK values.
#[derive(Debug, thiserror::Error)]
#[error("the items cannot be written into the request's body")]
pub(super) struct Refused;

/// Splices the items of one call. Made in `send.rs`, and shared with the interceptor by the [`Call`](super::call::Call).
pub(super) struct Splicer<S> {
    payload: Option<Payload>,
    /// The payload's tables by their names in the connection: see [`Payload::tables`].
    tables: Vec<String>,
    /// `true` once the payload was refused.
    refused: AtomicBool,
    items_in: ItemsIn,
    codec: Option<&'static FrozenLayer>,
    attempt: Mutex<Attempt<S>>,
}

/// What the last answered attempt left.
struct Attempt<S> {
    sink: S,
    /// `true` if the sink has the items of an answer.
    has_read: bool,
}

impl<S: ItemSink> Splicer<S> {
    pub(super) fn new<O: Operation>(payload: Option<Payload>, names: &TableNames, sink: S) -> Self {
        let tables = payload.as_ref().map(|payload| payload.tables(names));
        Self {
            payload,
            tables: tables.unwrap_or_default(),
            refused: AtomicBool::new(false),
            items_in: O::ITEMS,
            codec: if sink.wants_items() { O::codec() } else { None },
            attempt: Mutex::new(Attempt {
                sink,
                has_read: false,
            }),
        }
    }

    /// Returns the payload if it was refused.
    pub(super) fn refused(&self) -> Option<&Payload> {
        self.payload.as_ref().filter(|_| self.is_refused())
    }

    fn is_refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    /// Returns the sink, and whether it has the items of the last answer.
    pub(super) fn take(&self) -> (S, bool) {
        let mut attempt = self.attempt();
        let empty = attempt.sink.for_attempt();
        let has_read = std::mem::take(&mut attempt.has_read);
        (std::mem::replace(&mut attempt.sink, empty), has_read)
    }

    /// Forgets the answer of the attempt before, and returns the sink of a new attempt.
    fn begin(&self) -> S {
        let mut attempt = self.attempt();
        let sink = attempt.sink.for_attempt();
        if std::mem::take(&mut attempt.has_read) {
            attempt.sink = sink.for_attempt();
        }
        sink
    }

    fn attempt(&self) -> MutexGuard<'_, Attempt<S>> {
        // Behind a poisoned lock the value is whole, because it is replaced in one step.
        self.attempt.lock().unwrap_or_else(|e| e.into_inner())
    }
}

impl<S: ItemSink> Splice for Splicer<S> {
    fn splice_request(&self, body: Option<&[u8]>) -> Option<Result<Vec<u8>, Refused>> {
        // Once the payload is refused, the request comes again with its items in it.
        let payload = self.payload.as_ref().filter(|_| !self.is_refused())?;
        let spliced = body.and_then(|body| spliced(payload, body, &self.tables));
        if spliced.is_none() {
            self.refused.store(true, Ordering::Relaxed);
        }
        Some(spliced.ok_or(Refused))
    }

    fn splice_answer(&self, body: &SdkBody) -> Option<Vec<u8>> {
        let mut sink = self.begin();
        sink.begin(body);
        let rest = match answer::take_unread(self.items_in, body, &mut sink) {
            Some(rest) => rest,
            None => answer::read(self.items_in, body.bytes()?, &mut sink).ok()?,
        };
        *self.attempt() = Attempt {
            sink,
            has_read: true,
        };
        Some(rest)
    }

    fn codec(&self) -> Option<&'static FrozenLayer> {
        self.codec
    }
}

/// Shows no items.
impl<S> fmt::Debug for Splicer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Splicer").finish_non_exhaustive()
    }
}

/// Returns the body of the request with the payload in it, or `None` if the body is not as expected.
fn spliced(payload: &Payload, body: &[u8], tables: &[String]) -> Option<Vec<u8>> {
    match payload {
        Payload::Item(item) => item::splice(body, item),
        Payload::Puts(items, runs) => puts::splice(body, items, runs, tables),
        Payload::Writes(writes) => writes::splice(body, writes, tables),
        Payload::Keys(of_tables) => keys::splice(body, of_tables, tables),
        Payload::Vector(vector) => vector::splice(body, vector),
    }
}
