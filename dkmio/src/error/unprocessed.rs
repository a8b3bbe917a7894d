//! The error of a batch that was not done to its end: what was done, and what is left to send again.

use super::Error;
use crate::value::{EncodedItem, Item};
use std::any::{Any, TypeId};
use std::error::Error as StdError;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

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
    parts: Vec<Part>,
    writes: Vec<PendingWrite>,
    setup: Setup,
    cause: Option<Error>,
    /// `true` if an unanswered attempt had these writes too, so that they may have been done.
    doubtful: bool,
}

/// The options of a batch or of one of its members, so that a resumed batch has them too. Only its verb knows the type.
pub(crate) type Setup = Arc<dyn Any + Send + Sync>;

/// What became of one member of a batch get.
pub(crate) struct ReadPart {
    pub(crate) table: &'static str,
    pub(crate) model: TypeId,
    pub(crate) read: Vec<Item>,
    pub(crate) keys: Vec<Item>,
    pub(crate) setup: Setup,
}

/// A [`ReadPart`] whose items and keys are ranges of the error's lists.
struct Part {
    model: TypeId,
    read: Range<usize>,
    keys: Range<usize>,
    setup: Setup,
}

/// A [`ReadPart`] of an error.
pub(crate) struct PartRef<'a> {
    pub(crate) read: &'a [(&'static str, Item)],
    pub(crate) keys: &'a [(&'static str, Item)],
    pub(crate) setup: &'a (dyn Any + Send + Sync),
}

/// A write that is still to be done.
#[derive(Clone)]
pub struct PendingWrite {
    pub(crate) table: &'static str,
    /// The key of a put is read from the item on first use.
    pub(crate) key: OnceLock<Item>,
    pub(crate) is_key: fn(&str) -> bool,
    /// The item to put; `None` deletes.
    pub(crate) item: Option<EncodedItem>,
}

impl PendingWrite {
    /// Returns the model's table name.
    pub fn table(&self) -> &str {
        self.table
    }

    /// Returns whether it puts an item; otherwise it deletes one.
    pub fn is_put(&self) -> bool {
        self.item.is_some()
    }
}

/// Prints no values.
impl fmt::Debug for PendingWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.item.is_some() { "put" } else { "delete" };
        write!(f, "{kind} in `{}`", self.table)
    }
}

impl Unprocessed {
    pub(crate) fn reads(members: Vec<ReadPart>, setup: Setup, cause: Option<Error>) -> Self {
        let (mut read, mut keys, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        let add = |all: &mut Vec<_>, table, items: Vec<Item>| {
            let start = all.len();
            all.extend(items.into_iter().map(|item| (table, item)));
            start..all.len()
        };
        for member in members {
            parts.push(Part {
                model: member.model,
                read: add(&mut read, member.table, member.read),
                keys: add(&mut keys, member.table, member.keys),
                setup: member.setup,
            });
        }
        Self {
            inner: Box::new(Inner {
                read,
                written: 0,
                keys,
                parts,
                writes: Vec::new(),
                setup,
                cause,
                doubtful: false,
            }),
        }
    }

    /// Records whether the writes that are left may have been done all the same.
    pub(crate) fn doubtful(mut self, doubtful: bool) -> Self {
        self.inner.doubtful = doubtful;
        self
    }

    pub(super) fn is_ambiguous(&self) -> bool {
        self.inner.doubtful || self.cause().is_some_and(Error::is_ambiguous)
    }

    pub(crate) fn writes(
        written: usize,
        writes: Vec<PendingWrite>,
        setup: Setup,
        cause: Option<Error>,
    ) -> Self {
        Self {
            inner: Box::new(Inner {
                read: Vec::new(),
                written,
                keys: Vec::new(),
                parts: Vec::new(),
                writes,
                setup,
                cause,
                doubtful: false,
            }),
        }
    }

    /// Returns the members of a batch get that read this model: two models can have one table.
    pub(crate) fn parts(&self, model: TypeId) -> impl Iterator<Item = PartRef<'_>> {
        let parts = self.inner.parts.iter();
        parts
            .filter(move |part| part.model == model)
            .map(|part| PartRef {
                read: self.inner.read.get(part.read.clone()).unwrap_or_default(),
                keys: self.inner.keys.get(part.keys.clone()).unwrap_or_default(),
                setup: &*part.setup,
            })
    }

    pub(crate) fn setup(&self) -> &(dyn Any + Send + Sync) {
        &*self.inner.setup
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

    /// Returns the writes that were not done; some may have been, if [`Error::is_ambiguous`] says so.
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
            ..
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
        }?;
        if self.inner.doubtful {
            f.write_str("; some of them may have been done")?;
        }
        Ok(())
    }
}

/// Prints no values.
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
