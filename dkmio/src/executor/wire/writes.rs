//! The writes of a batch in its request.

use crate::codec::wire::Reader;
use crate::error::{Error, PendingWrite, ValidationCause};
use crate::value::EncodedItem;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};

/// Returns a write in the SDK's types.
pub(super) fn sdk_write(write: &PendingWrite) -> Result<WriteRequest, Error> {
    let request = WriteRequest::builder();
    let incomplete = |e: BuildError| Error::invalid(ValidationCause::Options, e.to_string());
    Ok(match &write.item {
        Some(item) => {
            let put = PutRequest::builder().set_item(Some(item.sdk_item()?));
            let put = put.build().map_err(incomplete)?;
            request.put_request(put).build()
        }
        None => {
            let delete = DeleteRequest::builder().set_key(Some(write.key().clone()));
            let delete = delete.build().map_err(incomplete)?;
            request.delete_request(delete).build()
        }
    })
}

/// Returns the tables by their names in the models, each once.
pub(super) fn models(writes: &[PendingWrite]) -> Vec<&'static str> {
    let mut models: Vec<&'static str> = Vec::new();
    for write in writes {
        // Most batches have one.
        if models.last() != Some(&write.table) && !models.contains(&write.table) {
            models.push(write.table);
        }
    }
    models
}

/// Writes `RequestItems` anew, and leaves what is beside it. The tables are those of the models, by their names in the
/// connection.
pub(super) fn fill(body: &[u8], writes: &[PendingWrite], tables: &[String]) -> Option<Vec<u8>> {
    let length: usize = writes
        .iter()
        .map(|write| write.item.as_ref().map_or(100, |item| item.json().len()) + 40)
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
fn request_items(out: &mut Vec<u8>, writes: &[PendingWrite], tables: &[String]) -> Option<usize> {
    out.push(b'{');
    let models = models(writes);
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
        // Two tables of the models may be one table of the connection.
        let is_of = |write: &&PendingWrite| {
            let mut names = models.iter().zip(tables);
            names.any(|(model, name)| *model == write.table && name == table)
        };
        for (index, write) in writes.iter().filter(is_of).enumerate() {
            if index > 0 {
                out.push(b',');
            }
            match &write.item {
                Some(item) => {
                    out.extend_from_slice(b"{\"PutRequest\":{\"Item\":");
                    out.extend_from_slice(item.json());
                }
                None => {
                    out.extend_from_slice(b"{\"DeleteRequest\":{\"Key\":");
                    out.extend_from_slice(EncodedItem::of_item(write.key()).json());
                }
            }
            out.extend_from_slice(b"}}");
        }
        out.push(b']');
    }
    out.push(b'}');
    Some(done.len())
}
