//! The puts of a transaction in its request. Puts that differ in their items only stand in the SDK's input as one.

use super::stub::{EMPTY, stub};
use crate::codec::wire::Reader;
use crate::error::Error;
use crate::value::EncodedItem;
use aws_sdk_dynamodb::types::TransactWriteItem;

/// Puts of a transaction, one behind the other, that are one member of its input.
#[derive(Clone, Debug)]
pub(crate) struct PutRun {
    /// The model's table name.
    pub(crate) table: &'static str,
    /// If more than one, they have no more than their table and their items.
    pub(crate) count: usize,
}

/// Writes the items into the request that the SDK has written, and a member for each. The tables are those of the runs, by
/// their names in the connection.
pub(super) fn fill(
    body: &[u8],
    items: &[EncodedItem],
    runs: &[PutRun],
    tables: &[String],
) -> Option<Vec<u8>> {
    let length: usize = items.iter().map(|item| item.json().len() + 40).sum();
    let mut filled = Vec::with_capacity(body.len() + length);
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
            let Some((before, after)) = stub(member).and_then(|end| member.split_at_checked(end))
            else {
                continue;
            };
            let (run, table) = runs.next()?;
            // What an interceptor of the program's has changed is not for puts that it has not seen.
            if run.count > 1 && !is_put_into(member, table) {
                return None;
            }
            filled.extend_from_slice(body.get(done..start)?);
            for index in 0..run.count {
                if index > 0 {
                    filled.push(b',');
                }
                filled.extend_from_slice(before.strip_suffix(EMPTY)?);
                filled.extend_from_slice(items.next()?.json());
                filled.extend_from_slice(after);
            }
            done = reader.position();
        }
    }
    filled.extend_from_slice(body.get(done..)?);
    runs.next().is_none().then_some(filled)
}

/// Whether a member is a put of an empty item into this table, and no more than that.
fn is_put_into(member: &[u8], table: &str) -> bool {
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

/// Puts the items into their members as the SDK's values, and makes a member for each.
pub(super) fn hold(
    members: &mut Vec<TransactWriteItem>,
    items: &[EncodedItem],
    runs: &[PutRun],
) -> Result<(), Error> {
    let mut items = items.iter();
    let mut runs = runs.iter();
    for member in std::mem::take(members) {
        let Some(put) = &member.put else {
            members.push(member);
            continue;
        };
        let count = runs.next().map_or(1, |run| run.count);
        for item in items.by_ref().take(count) {
            let mut put = put.clone();
            put.item = item.sdk_item()?;
            members.push(TransactWriteItem::builder().put(put).build());
        }
    }
    Ok(())
}
