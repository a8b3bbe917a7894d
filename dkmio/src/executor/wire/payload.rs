//! Items of a request, and the keys of a batch, beside the SDK's input, which has stubs in their places.

use super::puts::{self, PutRun};
use super::stub::fill_stub;
use super::writes;
use crate::codec::wire::{self, Fault, Reader};
use crate::error::{Error, PendingWrite, ValidationCause};
use crate::executor::TableNames;
use crate::value::{EncodedItem, Item};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The items of a request.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    /// It goes where the input has an empty item.
    Item(EncodedItem),
    /// Each goes where the input has an empty item, in this order; some of them go to one place.
    Puts(Arc<Vec<EncodedItem>>, Arc<[PutRun]>),
    /// The writes of a batch; the input names their tables.
    Writes(Arc<Vec<PendingWrite>>),
    /// The keys of a batch; the input has how their tables are read.
    Keys(Vec<TableKeys>),
}

/// The keys that a batch reads of one table.
#[derive(Clone)]
pub(crate) struct TableKeys {
    /// The model's table name.
    pub(crate) table: &'static str,
    /// What the keys stand in, in DynamoDB JSON, and where: one or some with a comma between them.
    pub(crate) json: Arc<Vec<u8>>,
    pub(crate) keys: Vec<Range<usize>>,
}

/// Without values.
impl fmt::Debug for TableKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "keys of `{}`", self.table)
    }
}

impl TableKeys {
    /// Writes the keys, a comma between them.
    fn write(&self, to: &mut Vec<u8>) -> Option<()> {
        for (index, place) in self.keys.iter().enumerate() {
            if index > 0 {
                to.push(b',');
            }
            to.extend_from_slice(self.json.get(place.clone())?);
        }
        Some(())
    }

    fn length(&self) -> usize {
        self.keys.iter().map(|place| place.len() + 1).sum()
    }

    /// Returns the keys in the SDK's types.
    pub(super) fn to_keys(&self) -> Result<Vec<Item>, Error> {
        let mut list = vec![b'['];
        self.write(&mut list).ok_or_else(|| {
            Error::invalid(
                ValidationCause::Options,
                "the keys of a batch are not where they were written",
            )
        })?;
        list.push(b']');
        let read = || -> Result<Vec<Item>, Fault> {
            let mut reader = Reader::new(&list)?;
            let mut keys = Vec::new();
            let mut elements = reader.array()?;
            while reader.next_element(&mut elements)? {
                keys.push(wire::read_item(&mut reader)?);
            }
            Ok(keys)
        };
        read().map_err(|fault| Error::invalid(ValidationCause::Options, fault.to_string()))
    }
}

impl Payload {
    /// Writes the items into the request that the SDK has written; `None` if their places are not found.
    pub(super) fn fill(&self, body: &[u8], tables: &[String]) -> Option<Vec<u8>> {
        match self {
            Self::Item(item) => fill_stub(body, item),
            Self::Puts(items, runs) => puts::fill(body, items, runs, tables),
            Self::Writes(writes) => writes::fill(body, writes, tables),
            Self::Keys(entries) => fill_keys(body, entries, tables),
        }
    }

    /// Returns the names of the tables in this connection, one for each table or entry of a batch, or run of a transaction.
    pub(super) fn tables(&self, names: &TableNames) -> Vec<String> {
        let resolve = |table: &str| names.resolve(table).into_owned();
        match self {
            Self::Item(_) => Vec::new(),
            Self::Puts(_, runs) => runs.iter().map(|run| resolve(run.table)).collect(),
            Self::Writes(writes) => writes::models(writes).into_iter().map(resolve).collect(),
            Self::Keys(entries) => entries.iter().map(|entry| resolve(entry.table)).collect(),
        }
    }
}

/// Writes the keys of each table into its `Keys`, which are empty.
fn fill_keys(body: &[u8], entries: &[TableKeys], tables: &[String]) -> Option<Vec<u8>> {
    let mut places = Vec::with_capacity(entries.len());
    let mut reader = Reader::new(body).ok()?;
    let mut members = reader.object().ok()?;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        if name != "RequestItems" {
            reader.skip_value().ok()?;
            continue;
        }
        let mut reads = reader.object().ok()?;
        while let Some(table) = reader.next_member(&mut reads).ok()? {
            let entry = tables.iter().position(|name| *name == table)?;
            places.push((empty_keys(&mut reader)?, entry));
        }
    }
    // An interceptor of the program's may have changed them.
    let is_there = |entry: usize| places.iter().any(|(_, other)| *other == entry);
    if places.len() != entries.len() || !(0..entries.len()).all(is_there) {
        return None;
    }
    let length: usize = entries.iter().map(TableKeys::length).sum();
    let mut filled = Vec::with_capacity(body.len() + length);
    let mut done = 0;
    for (place, entry) in places {
        filled.extend_from_slice(body.get(done..place)?);
        entries.get(entry)?.write(&mut filled)?;
        done = place;
    }
    filled.extend_from_slice(body.get(done..)?);
    Some(filled)
}

/// Goes past how a table is read. Returns where its keys are to come; `None` if there are some.
fn empty_keys(reader: &mut Reader<'_>) -> Option<usize> {
    let mut place = None;
    let mut members = reader.object().ok()?;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        if name != "Keys" {
            reader.skip_value().ok()?;
            continue;
        }
        let mut keys = reader.array().ok()?;
        let is_first = place.replace(reader.position()).is_none();
        if reader.next_element(&mut keys).ok()? || !is_first {
            return None;
        }
    }
    place
}
