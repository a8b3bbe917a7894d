//! `ChangeRecord`: a record of a stream, read as a change.

use crate::change::Record;

/// A record of a table's stream, and what it is read as. Yielded by a [`ChangeStream`](crate::ChangeStream).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChangeRecord<C> {
    /// The change, such as a [`Change<Orders>`](crate::Change).
    pub change: C,
    /// The record itself: its sequence number, its time, and the item as it is.
    pub record: Record,
}

impl<C> ChangeRecord<C> {
    pub(super) fn new(change: C, record: Record) -> Self {
        Self { change, record }
    }
}
