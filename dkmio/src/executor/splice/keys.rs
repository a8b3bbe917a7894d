//! Writes the keys of a batch get into its request.

use crate::codec::wire::Reader;
use crate::executor::payload::TableKeys;

/// Writes the keys of each table into its `Keys`. Returns `None` unless the body has exactly these tables, without keys.
///
/// `tables` are the names of `of_tables` in the connection.
pub(super) fn splice(body: &[u8], of_tables: &[TableKeys], tables: &[String]) -> Option<Vec<u8>> {
    // Pairs of an offset in the body, and the index of the keys that belong there.
    let mut insertions = Vec::with_capacity(of_tables.len());
    let mut reader = Reader::new(body).ok()?;
    let mut members = reader.object().ok()?;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        if name != "RequestItems" {
            reader.skip_value().ok()?;
            continue;
        }
        let mut reads = reader.object().ok()?;
        while let Some(table) = reader.next_member(&mut reads).ok()? {
            let index = tables.iter().position(|name| *name == table)?;
            insertions.push((offset_of_keys(&mut reader)?, index));
        }
    }
    // If the user's interceptor changed the tables, the keys must not be written.
    let is_found = |index: usize| insertions.iter().any(|(_, other)| *other == index);
    if insertions.len() != of_tables.len() || !(0..of_tables.len()).all(is_found) {
        return None;
    }
    let length: usize = of_tables.iter().map(TableKeys::length).sum();
    let mut spliced = Vec::with_capacity(body.len() + length);
    let mut done = 0;
    for (offset, index) in insertions {
        spliced.extend_from_slice(body.get(done..offset)?);
        of_tables.get(index)?.write(&mut spliced)?;
        done = offset;
    }
    spliced.extend_from_slice(body.get(done..)?);
    Some(spliced)
}

/// Skips one table's `KeysAndAttributes`. Returns the offset at which to insert its keys, or `None` if it already has keys.
fn offset_of_keys(reader: &mut Reader<'_>) -> Option<usize> {
    let mut offset = None;
    let mut members = reader.object().ok()?;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        if name != "Keys" {
            reader.skip_value().ok()?;
            continue;
        }
        let mut keys = reader.array().ok()?;
        let is_first = offset.replace(reader.position()).is_none();
        if reader.next_element(&mut keys).ok()? || !is_first {
            return None;
        }
    }
    offset
}
