//! Writes the puts and deletes of a batch into its request.

use crate::codec::wire::Reader;
use crate::error::PendingWrite;
use crate::executor::payload::tables_of;
use crate::value::EncodedItem;

/// Replaces `RequestItems`, and copies the other members. Returns `None` unless `RequestItems` has exactly these tables,
/// without writes.
///
/// `tables` are the names in the connection of [`tables_of`] the writes.
pub(super) fn splice(body: &[u8], writes: &[PendingWrite], tables: &[String]) -> Option<Vec<u8>> {
    let length: usize = writes
        .iter()
        .map(|write| write.item.as_ref().map_or(100, |item| item.json().len()) + 40)
        .sum();
    let mut spliced = Vec::with_capacity(body.len() + length);
    let mut reader = Reader::new(body).ok()?;
    let mut members = reader.object().ok()?;
    let mut found = false;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        spliced.push(if spliced.is_empty() { b'{' } else { b',' });
        spliced.push(b'"');
        spliced.extend_from_slice(name.as_bytes());
        spliced.extend_from_slice(b"\":");
        let start = reader.position();
        if name == "RequestItems" {
            found = true;
            let stubs = stubs(&mut reader, tables)?;
            if request_items(&mut spliced, writes, tables)? != stubs {
                return None;
            }
        } else {
            reader.skip_value().ok()?;
            let value = reader.slice(start, reader.position()).ok()?;
            spliced.extend_from_slice(value.as_bytes());
        }
    }
    spliced.push(b'}');
    found.then_some(spliced)
}

/// Counts the tables in `RequestItems`. Returns `None` if one has writes or is not in `tables`, because the user's
/// interceptor must have changed it.
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

/// Appends the value of `RequestItems`, and counts its tables. Returns `None` if a table's name needs escapes.
fn request_items(out: &mut Vec<u8>, writes: &[PendingWrite], tables: &[String]) -> Option<usize> {
    out.push(b'{');
    let models = tables_of(writes);
    let mut done: Vec<&str> = Vec::new();
    for table in tables {
        if done.contains(&table.as_str()) {
            continue;
        }
        // DynamoDB allows no such character in a table's name.
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
        // Two tables of the models can have one name in the connection.
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
