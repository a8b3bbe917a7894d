//! Finds writes of a batch that have the same key.

use super::write::{Write, WriteError};
use crate::error::{Error, PendingWrite, ValidationCause};
use crate::executor::{DynamoDb, Operation};
use crate::verb::identities::Identities;
use crate::verb::table_list::table_list;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;

/// Returns the writes, each key once, because DynamoDB refuses a request that has a key twice. If there is a fault, nothing
/// is to be sent: the error names the tables of the batch, unless it names its own.
pub(super) fn distinct(
    db: &DynamoDb,
    writes: Vec<Result<Write, WriteError>>,
    last_wins: bool,
) -> Result<Vec<PendingWrite>, Error> {
    match sendable(db, writes, last_wins) {
        (writes, None) => Ok(writes),
        (writes, Some(fault)) => {
            let tables = table_list(writes.iter().map(|write| write.table));
            Err(fault.for_request(BatchWriteItemInput::NAME, &tables))
        }
    }
}

/// Returns the writes that can be sent, each key once, and the first fault of the others.
pub(super) fn sendable(
    db: &DynamoDb,
    writes: Vec<Result<Write, WriteError>>,
    last_wins: bool,
) -> (Vec<PendingWrite>, Option<Error>) {
    let mut identities = Identities::new(db.table_names(), writes.len());
    let mut pending = Vec::with_capacity(writes.len());
    // The first fault, and the number of writes before it.
    let mut fault = None;
    for write in writes {
        match write {
            Ok(write) => {
                identities.push(write.pending.table, |bytes| write.identify(bytes));
                pending.push(write.pending);
            }
            Err(e) => {
                fault.get_or_insert((pending.len(), *e));
            }
        }
    }
    let firsts = identities.firsts();
    let mut indexes = firsts.iter().enumerate();
    let Some((again, _)) = indexes.find(|(index, first)| index != *first) else {
        return (pending, fault.map(|(_, fault)| fault));
    };
    if last_wins {
        let fault = fault.map(|(_, fault)| fault);
        return (last_of_each(pending, &firsts), fault);
    }
    let fault = match fault {
        Some((before, fault)) if before <= again => fault,
        _ => Error::invalid(
            ValidationCause::Duplicate,
            format!(
                "two writes of the batch have the same key in `{}`; keep one, or the last by `.last_wins()`",
                pending.get(again).map_or("", |write| write.table)
            ),
        ),
    };
    (pending, Some(fault))
}

/// Keeps the last of the writes with the same key, at the index of the first.
fn last_of_each(writes: Vec<PendingWrite>, firsts: &[usize]) -> Vec<PendingWrite> {
    let mut kept: Vec<Option<PendingWrite>> = writes.iter().map(|_| None).collect();
    for (write, first) in writes.into_iter().zip(firsts) {
        if let Some(slot) = kept.get_mut(*first) {
            *slot = Some(write);
        }
    }
    kept.into_iter().flatten().collect()
}
