//! Writes the items of a transaction's puts into its request.

use super::stub;
use crate::codec::wire::Reader;
use crate::executor::payload::PutRun;
use crate::value::EncodedItem;

/// Writes the items into the body, and repeats the put of a run for each of its items. Returns `None` if the body does not
/// have a put with a stub for each run.
///
/// `tables` are the names of the runs' tables in the connection.
pub(super) fn splice(
    body: &[u8],
    items: &[EncodedItem],
    runs: &[PutRun],
    tables: &[String],
) -> Option<Vec<u8>> {
    let length: usize = items.iter().map(|item| item.json().len() + 40).sum();
    let mut spliced = Vec::with_capacity(body.len() + length);
    let mut items = items.iter();
    let mut runs = runs.iter().zip(tables);
    let mut done = 0;
    let mut reader = Reader::new(body).ok()?;
    let mut members = reader.object().ok()?;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        if name != "TransactItems" {
            reader.skip_value().ok()?;
            continue;
        }
        let mut elements = reader.array().ok()?;
        while reader.next_element(&mut elements).ok()? {
            let start = reader.position();
            reader.skip_value().ok()?;
            let member = body.get(start..reader.position())?;
            let Some((before, after)) = stub::split(member) else {
                continue;
            };
            let (run, table) = runs.next()?;
            // If the user's interceptor changed this put, the change must not be copied to puts it never saw.
            if run.count > 1 && !is_plain_put(member, table) {
                return None;
            }
            spliced.extend_from_slice(body.get(done..start)?);
            for index in 0..run.count {
                if index > 0 {
                    spliced.push(b',');
                }
                spliced.extend_from_slice(before);
                spliced.extend_from_slice(items.next()?.json());
                spliced.extend_from_slice(after);
            }
            done = reader.position();
        }
    }
    spliced.extend_from_slice(body.get(done..)?);
    runs.next().is_none().then_some(spliced)
}

/// Returns whether a member is a put into this table that has only a table and an item.
fn is_plain_put(member: &[u8], table: &str) -> bool {
    let is_put = || {
        let mut reader = Reader::new(member).ok()?;
        let mut kinds = reader.object().ok()?;
        (reader.next_member(&mut kinds).ok()?? == "Put").then_some(())?;
        let mut members = reader.object().ok()?;
        let (mut has_table, mut has_item) = (false, false);
        while let Some(name) = reader.next_member(&mut members).ok()? {
            if name == "TableName" && reader.string().ok()? == table {
                has_table = true;
            } else if name == "Item" {
                reader.skip_value().ok()?;
                has_item = true;
            } else {
                return None;
            }
        }
        let is_all = reader.next_member(&mut kinds).ok()?.is_none();
        (has_table && has_item && is_all).then_some(())
    };
    is_put().is_some()
}
