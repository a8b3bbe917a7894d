//! The items or keys that a request carries, next to the SDK's input, which has stubs instead of them.

use super::table_names::TableNames;
use crate::error::PendingWrite;
use crate::value::{EncodedItem, EncodedVector};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The items or keys of a request. Made by the verbs; written by `splice` into the request's bytes, or by
/// [`PayloadOperation`](super::PayloadOperation) into the SDK's input.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    /// The item of a put, whose input has an empty item.
    Item(EncodedItem),
    /// The items of a transaction's puts, in their order. A run of puts is one put with an empty item in the input.
    Puts(Arc<Vec<EncodedItem>>, Arc<[PutRun]>),
    /// The writes of a batch, whose input has the tables without writes.
    Writes(Arc<Vec<PendingWrite>>),
    /// The keys of a batch, whose input has everything else about the tables.
    Keys(Vec<TableKeys>),
    /// The vector of a search, whose input has an empty one.
    Vector(EncodedVector),
}

impl Payload {
    /// Returns the tables by their names in the connection: one for each run of puts, table of the writes, or entry of the
    /// keys; none for an item or a vector.
    pub(super) fn tables(&self, names: &TableNames) -> Vec<String> {
        let resolve = |table: &str| names.resolve(table).into_owned();
        match self {
            Self::Item(_) | Self::Vector(_) => Vec::new(),
            Self::Puts(_, runs) => runs.iter().map(|run| resolve(run.table)).collect(),
            Self::Writes(writes) => tables_of(writes).into_iter().map(resolve).collect(),
            Self::Keys(of_tables) => of_tables.iter().map(|keys| resolve(keys.table)).collect(),
        }
    }
}

/// Returns the tables of writes by their names in the models, each once.
pub(super) fn tables_of(writes: &[PendingWrite]) -> Vec<&'static str> {
    let mut tables: Vec<&'static str> = Vec::new();
    for write in writes {
        // The first comparison is enough for most batches, because they write to one table.
        if tables.last() != Some(&write.table) && !tables.contains(&write.table) {
            tables.push(write.table);
        }
    }
    tables
}

/// Successive puts of a transaction that are one member of the SDK's input. Made by the write transaction.
#[derive(Clone, Debug)]
pub(crate) struct PutRun {
    /// The table's name in the model.
    pub(crate) table: &'static str,
    /// How many puts. If it is more than 1, the puts have only a table and an item: no condition.
    pub(crate) count: usize,
}

/// The keys that a batch reads from one table. Made by the batch get.
#[derive(Clone)]
pub(crate) struct TableKeys {
    /// The table's name in the model.
    pub(crate) table: &'static str,
    /// Keys in DynamoDB JSON.
    pub(crate) json: Arc<Vec<u8>>,
    /// Ranges of `json`. Each has one key, or several with commas between them.
    pub(crate) ranges: Vec<Range<usize>>,
}

/// Shows no keys.
impl fmt::Debug for TableKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "keys of `{}`", self.table)
    }
}

impl TableKeys {
    /// Appends the keys with commas between them. Returns `None` if a range is outside of `json`.
    pub(super) fn write(&self, to: &mut Vec<u8>) -> Option<()> {
        for (index, range) in self.ranges.iter().enumerate() {
            if index > 0 {
                to.push(b',');
            }
            to.extend_from_slice(self.json.get(range.clone())?);
        }
        Some(())
    }

    /// Returns how many bytes [`TableKeys::write`] appends, or one more.
    pub(super) fn length(&self) -> usize {
        self.ranges.iter().map(|range| range.len() + 1).sum()
    }
}
