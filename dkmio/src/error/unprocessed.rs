//! What a batch left undone.

use super::Error;
use crate::value::Item;
use std::error::Error as StdError;
use std::fmt;

/// A batch whose time ran out, or that an error ended: what was done, and exactly what was not.
///
/// DynamoDB may process a part of a batch and hand the rest back. dkmio sends the rest again until its time is up; then
/// this error has the items that were read, and the keys or writes that were not processed, ready to be sent again.
pub struct Unprocessed {
    inner: Box<Inner>,
}

struct Inner {
    read: Vec<(&'static str, Item)>,
    written: usize,
    keys: Vec<(&'static str, Item)>,
    writes: Vec<PendingWrite>,
    cause: Option<Error>,
}

/// A write that is still to be done.
#[derive(Clone)]
pub struct PendingWrite {
    pub(crate) table: &'static str,
    pub(crate) key: Item,
    /// The item to put; `None` deletes.
    pub(crate) item: Option<Item>,
}

impl PendingWrite {
    /// Returns the model's table name.
    pub fn table(&self) -> &str {
        self.table
    }

    /// Returns the key of the item that is put or deleted.
    pub fn key(&self) -> &Item {
        &self.key
    }

    /// Returns the item to put; `None` for a delete.
    pub fn item(&self) -> Option<&Item> {
        self.item.as_ref()
    }
}

/// Without values.
impl fmt::Debug for PendingWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.item.is_some() { "put" } else { "delete" };
        write!(f, "{kind} in `{}`", self.table)
    }
}

impl Unprocessed {
    pub(crate) fn reads(
        read: Vec<(&'static str, Item)>,
        keys: Vec<(&'static str, Item)>,
        cause: Option<Error>,
    ) -> Self {
        Self {
            inner: Box::new(Inner {
                read,
                written: 0,
                keys,
                writes: Vec::new(),
                cause,
            }),
        }
    }

    pub(crate) fn writes(written: usize, writes: Vec<PendingWrite>, cause: Option<Error>) -> Self {
        Self {
            inner: Box::new(Inner {
                read: Vec::new(),
                written,
                keys: Vec::new(),
                writes,
                cause,
            }),
        }
    }

    /// Returns the items that were read, each with the model's table name.
    pub fn read(&self) -> &[(&'static str, Item)] {
        &self.inner.read
    }

    /// Returns how many writes were done.
    pub fn written(&self) -> usize {
        self.inner.written
    }

    /// Returns the keys that were not read, each with the model's table name.
    pub fn keys(&self) -> &[(&'static str, Item)] {
        &self.inner.keys
    }

    /// Returns the writes that were not done. With a [`cause`](Self::cause) that is ambiguous, some may have been.
    pub fn pending(&self) -> &[PendingWrite] {
        &self.inner.writes
    }

    /// Returns the error that ended the batch; `None` when its time ran out.
    pub fn cause(&self) -> Option<&Error> {
        self.inner.cause.as_ref()
    }

    pub(crate) fn into_pending(self) -> Vec<PendingWrite> {
        self.inner.writes
    }
}

impl fmt::Display for Unprocessed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            read,
            written,
            keys,
            writes,
            cause,
        } = &*self.inner;
        if writes.is_empty() {
            write!(
                f,
                "{} keys of a batch were not read ({} items were)",
                keys.len(),
                read.len()
            )?;
        } else {
            write!(
                f,
                "{} writes of a batch were not done ({written} were)",
                writes.len()
            )?;
        }
        match cause {
            Some(cause) => write!(f, ", for: {cause}"),
            None => f.write_str(" in the time allowed; send the rest again, slower"),
        }
    }
}

/// Without values.
impl fmt::Debug for Unprocessed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unprocessed")
            .field("read", &self.inner.read.len())
            .field("written", &self.inner.written)
            .field("keys", &self.inner.keys.len())
            .field("pending", &self.inner.writes.len())
            .field("cause", &self.inner.cause)
            .finish()
    }
}

impl StdError for Unprocessed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.cause.as_ref().map(|e| e as _)
    }
}
