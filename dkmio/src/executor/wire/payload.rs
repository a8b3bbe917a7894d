//! Items of a request, and the keys of a batch, beside the SDK's input, which has stubs in their places.

use crate::codec::wire::{self, Fault, Reader};
use crate::error::Error;
use crate::executor::TableNames;
use crate::value::{EncodedItem, Item};
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};
use std::fmt;

/// The items of a request.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    /// Each goes where the input has an empty item, in this order.
    Items(Vec<EncodedItem>),
    /// The writes of a batch; the input names their tables.
    Writes(Vec<BatchWriteEntry>),
    /// The keys of a batch; the input has how their tables are read.
    Keys(Vec<BatchGetEntry>),
}

/// The keys that a batch reads of one table.
#[derive(Clone)]
pub(crate) struct BatchGetEntry {
    /// The model's table name.
    pub(crate) table: &'static str,
    /// The keys in DynamoDB JSON, a comma between them.
    pub(crate) keys: Vec<u8>,
}

/// Without values.
impl fmt::Debug for BatchGetEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "keys of `{}`", self.table)
    }
}

impl BatchGetEntry {
    /// Returns the keys in the SDK's types.
    pub(super) fn to_keys(&self) -> Result<Vec<Item>, Error> {
        let list = [b"[", self.keys.as_slice(), b"]"].concat();
        let read = || -> Result<Vec<Item>, Fault> {
            let mut reader = Reader::new(&list)?;
            let mut keys = Vec::new();
            let mut elements = reader.array()?;
            while reader.next_element(&mut elements)? {
                keys.push(wire::read_item(&mut reader)?);
            }
            Ok(keys)
        };
        read().map_err(|fault| Error::invalid(fault.to_string()))
    }
}

/// One write of a batch.
#[derive(Clone, Debug)]
pub(crate) struct BatchWriteEntry {
    /// The model's table name.
    pub(crate) table: &'static str,
    /// The item to put, or the key to delete.
    pub(crate) item: EncodedItem,
    pub(crate) is_put: bool,
}

impl BatchWriteEntry {
    pub(super) fn to_request(&self) -> Result<WriteRequest, Error> {
        let item: Item = sdk_item(&self.item)?;
        let request = WriteRequest::builder();
        let incomplete = |e: aws_sdk_dynamodb::error::BuildError| Error::invalid(e.to_string());
        Ok(if self.is_put {
            let put = PutRequest::builder().set_item(Some(item)).build();
            request.put_request(put.map_err(incomplete)?).build()
        } else {
            let delete = DeleteRequest::builder().set_key(Some(item)).build();
            request.delete_request(delete.map_err(incomplete)?).build()
        })
    }
}

/// Returns an item in the SDK's types.
pub(super) fn sdk_item(item: &EncodedItem) -> Result<Item, Error> {
    item.to_item().map_err(|e| e.into_encode(None))
}

/// A stub: what the SDK writes of an empty item. Nothing else in a request looks so, as quotes in a string are escaped
/// and no attribute value is an empty object.
const STUB: &[u8] = b"\"Item\":{}";

impl Payload {
    /// Writes the items into the request that the SDK has written; `None` if their places are not found.
    pub(super) fn fill(&self, body: &[u8], tables: &[String]) -> Option<Vec<u8>> {
        match self {
            Self::Items(items) => fill_stubs(body, items),
            Self::Writes(writes) => fill_tables(body, writes, tables),
            Self::Keys(entries) => fill_keys(body, entries, tables),
        }
    }

    /// Returns the names of the tables in this connection, one for each write or entry of a batch.
    pub(super) fn tables(&self, names: &TableNames) -> Vec<String> {
        let resolve = |table: &str| names.resolve(table).into_owned();
        match self {
            Self::Items(_) => Vec::new(),
            Self::Writes(writes) => writes.iter().map(|write| resolve(write.table)).collect(),
            Self::Keys(entries) => entries.iter().map(|entry| resolve(entry.table)).collect(),
        }
    }
}

fn fill_stubs(body: &[u8], items: &[EncodedItem]) -> Option<Vec<u8>> {
    let length: usize = items.iter().map(|item| item.json().len()).sum();
    let mut filled = Vec::with_capacity(body.len() + length);
    let mut rest = body;
    for item in items {
        let at = rest.windows(STUB.len()).position(|window| window == STUB)?;
        let (before, after) = rest.split_at_checked(at + STUB.len())?;
        filled.extend_from_slice(before);
        filled.truncate(filled.len() - 2);
        filled.extend_from_slice(item.json());
        rest = after;
    }
    filled.extend_from_slice(rest);
    Some(filled)
}

/// Writes the keys of each table into its `Keys`, which are empty.
fn fill_keys(body: &[u8], entries: &[BatchGetEntry], tables: &[String]) -> Option<Vec<u8>> {
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
    let length: usize = entries.iter().map(|entry| entry.keys.len()).sum();
    let mut filled = Vec::with_capacity(body.len() + length);
    let mut done = 0;
    for (place, entry) in places {
        filled.extend_from_slice(body.get(done..place)?);
        filled.extend_from_slice(&entries.get(entry)?.keys);
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

/// Writes `RequestItems` anew, and leaves what is beside it.
fn fill_tables(body: &[u8], writes: &[BatchWriteEntry], tables: &[String]) -> Option<Vec<u8>> {
    let length: usize = writes
        .iter()
        .map(|write| write.item.json().len() + 40)
        .sum();
    let mut filled = Vec::with_capacity(body.len() + length);
    let mut reader = Reader::new(body).ok()?;
    let mut members = reader.object().ok()?;
    let mut found = false;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        filled.push(if filled.is_empty() { b'{' } else { b',' });
        filled.push(b'"');
        filled.extend_from_slice(name.as_bytes());
        filled.extend_from_slice(b"\":");
        let start = reader.position();
        if name == "RequestItems" {
            found = true;
            let stubs = stubs(&mut reader, tables)?;
            if request_items(&mut filled, writes, tables)? != stubs {
                return None;
            }
        } else {
            reader.skip_value().ok()?;
            let value = reader.slice(start, reader.position()).ok()?;
            filled.extend_from_slice(value.as_bytes());
        }
    }
    filled.push(b'}');
    found.then_some(filled)
}

/// Counts the tables that the SDK has written; `None` unless they are these tables without writes. An interceptor of the
/// program's may have changed them.
fn stubs(reader: &mut Reader<'_>, tables: &[String]) -> Option<usize> {
    let mut count = 0;
    let mut members = reader.object().ok()?;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        let mut writes = reader.array().ok()?;
        if reader.next_element(&mut writes).ok()? || !tables.iter().any(|table| *table == name) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// Writes `RequestItems`, and counts its tables.
fn request_items(
    out: &mut Vec<u8>,
    writes: &[BatchWriteEntry],
    tables: &[String],
) -> Option<usize> {
    out.push(b'{');
    let mut done: Vec<&str> = Vec::new();
    for table in tables {
        if done.contains(&table.as_str()) {
            continue;
        }
        // No table's name takes an escape.
        if table.contains(|c: char| c == '"' || c == '\\' || c.is_control()) {
            return None;
        }
        if !done.is_empty() {
            out.push(b',');
        }
        done.push(table);
        out.push(b'"');
        out.extend_from_slice(table.as_bytes());
        out.extend_from_slice(b"\":[");
        let of_table = writes.iter().zip(tables).filter(|(_, name)| *name == table);
        for (index, (write, _)) in of_table.enumerate() {
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(if write.is_put {
                b"{\"PutRequest\":{\"Item\":"
            } else {
                b"{\"DeleteRequest\":{\"Key\":"
            });
            out.extend_from_slice(write.item.json());
            out.extend_from_slice(b"}}");
        }
        out.push(b']');
    }
    out.push(b'}');
    Some(done.len())
}
