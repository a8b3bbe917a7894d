//! Items past the SDK's types: read from the answer's bytes, and written into the request's.
//!
//! What is around the items stays the SDK's: it writes the request with stubs where items go, signs it, sends it again,
//! and reads the answer without its items. Where the bytes never come by, as under a mock of the SDK, or are not
//! DynamoDB JSON, the items go through the SDK's types, with the same result.

mod interceptor;
mod items_in;
mod payload;
mod puts;
mod stub;
mod writes;

pub(super) use self::interceptor::{CALL, Interceptor};
use self::items_in::ItemsIn;
pub(crate) use self::items_in::{Carries, Holds};
pub(crate) use self::payload::{Payload, TableKeys};
pub(crate) use self::puts::PutRun;
use super::TableNames;
use crate::codec::wire::{Fault, Reader, UnreadItems};
use crate::value::Item;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::FrozenLayer;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

/// Takes the items of an answer, as they come.
pub(crate) trait ItemSink: Send + 'static {
    /// Returns one as it was before an answer came: each attempt has an answer of its own.
    fn for_attempt(&self) -> Self;

    /// Whether it wants any.
    fn wants_items(&self) -> bool {
        true
    }

    /// Tells that the items of an answer are about to come, and in which bytes.
    fn begin(&mut self, _body: &SdkBody) {}

    /// Tells how many items are about to come.
    fn expect(&mut self, _count: usize) {}

    /// Reads the item that the reader stands at, and leaves the reader behind it. The table is known in batches.
    fn read(&mut self, table: &str, reader: &mut Reader<'_>) -> Result<(), Fault>;

    /// Whether it takes the items of a page in the answer's bytes, without reading them.
    fn wants_unread(&self) -> bool {
        false
    }

    /// Takes the items of a page in the answer's bytes; `false` if it wants to read each of them after all.
    fn take_unread(&mut self, _items: UnreadItems) -> bool {
        false
    }

    /// Takes an item that the SDK has read; `None` where a transaction found none.
    fn push(&mut self, table: &str, item: Option<Item>);
}

/// Of a call that brings nothing back.
impl ItemSink for () {
    fn for_attempt(&self) -> Self {}

    fn wants_items(&self) -> bool {
        false
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        reader.skip_value()
    }

    fn push(&mut self, _: &str, _: Option<Item>) {}
}

/// The items as DynamoDB's values.
impl ItemSink for Vec<Option<Item>> {
    fn for_attempt(&self) -> Self {
        Vec::new()
    }

    fn expect(&mut self, count: usize) {
        self.reserve(count);
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        self.push(Some(crate::codec::wire::read_item(reader)?));
        Ok(())
    }

    fn push(&mut self, _: &str, item: Option<Item>) {
        self.push(item);
    }
}

/// What is exchanged in bytes in one call, without the type of what is received.
pub(super) trait Wire: fmt::Debug + Send + Sync {
    /// Returns the request with its items, or `None` if it has none to be filled in.
    fn fill(&self, body: Option<&[u8]>) -> Option<Result<Vec<u8>, NotFilled>>;

    /// Reads the items of an answer. Returns the answer without them, or `None` if the SDK shall read it whole.
    fn receive(&self, body: &SdkBody) -> Option<Vec<u8>>;

    /// The SDK's own reading of this operation's answers, if this call has items to receive.
    fn deserializer(&self) -> Option<&'static FrozenLayer>;
}

/// The request is not one that items can be written into: they have to go through the SDK's types.
#[derive(Debug, thiserror::Error)]
#[error("the request has no places for its items")]
pub(super) struct NotFilled;

/// What is exchanged in bytes in one call.
pub(super) struct Exchange<R> {
    payload: Option<Payload>,
    /// The names of the payload's tables in this connection.
    tables: Vec<String>,
    not_filled: AtomicBool,
    place: ItemsIn,
    deserializer: Option<&'static FrozenLayer>,
    received: Mutex<Received<R>>,
}

struct Received<R> {
    receiver: R,
    /// Whether it has read an answer.
    is_full: bool,
}

impl<R: ItemSink> Exchange<R> {
    pub(super) fn new<C: Carries>(
        payload: Option<Payload>,
        names: &TableNames,
        receiver: R,
    ) -> Self {
        Self {
            tables: payload
                .as_ref()
                .map(|p| p.tables(names))
                .unwrap_or_default(),
            payload,
            not_filled: AtomicBool::new(false),
            place: C::ITEMS,
            deserializer: if receiver.wants_items() {
                C::deserializer()
            } else {
                None
            },
            received: Mutex::new(Received {
                receiver,
                is_full: false,
            }),
        }
    }

    fn received(&self) -> MutexGuard<'_, Received<R>> {
        // A poisoned lock still holds whole values.
        self.received.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// Returns the payload that did not go into the request.
    pub(super) fn not_filled(&self) -> Option<&Payload> {
        self.payload.as_ref().filter(|_| self.is_not_filled())
    }

    fn is_not_filled(&self) -> bool {
        self.not_filled.load(Ordering::Relaxed)
    }

    /// Returns what is to read an answer, and forgets the answer before.
    fn begin(&self) -> R {
        let mut received = self.received();
        let fresh = received.receiver.for_attempt();
        if std::mem::take(&mut received.is_full) {
            received.receiver = fresh.for_attempt();
        }
        fresh
    }

    /// Returns what receives, and whether it has read the answer's bytes.
    pub(super) fn take(&self) -> (R, bool) {
        let mut received = self.received();
        let fresh = received.receiver.for_attempt();
        let is_full = std::mem::take(&mut received.is_full);
        (std::mem::replace(&mut received.receiver, fresh), is_full)
    }
}

impl<R: ItemSink> Wire for Exchange<R> {
    fn fill(&self, body: Option<&[u8]>) -> Option<Result<Vec<u8>, NotFilled>> {
        // Once not filled, the request comes with its items.
        let payload = self.payload.as_ref().filter(|_| !self.is_not_filled())?;
        let filled = body.and_then(|body| payload.fill(body, &self.tables));
        if filled.is_none() {
            self.not_filled.store(true, Ordering::Relaxed);
        }
        Some(filled.ok_or(NotFilled))
    }

    fn receive(&self, body: &SdkBody) -> Option<Vec<u8>> {
        let mut receiver = self.begin();
        receiver.begin(body);
        let rest = match self.place.hold(body, &mut receiver) {
            Some(rest) => rest,
            None => self.place.read(body.bytes()?, &mut receiver).ok()?,
        };
        *self.received() = Received {
            receiver,
            is_full: true,
        };
        Some(rest)
    }

    fn deserializer(&self) -> Option<&'static FrozenLayer> {
        self.deserializer
    }
}

/// Without items.
impl<R> fmt::Debug for Exchange<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").finish_non_exhaustive()
    }
}
