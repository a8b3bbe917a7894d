//! Finds the writes that DynamoDB handed back as unprocessed.

use crate::error::PendingWrite;
use crate::executor::DynamoDb;
use crate::value::compare_scalars;
use aws_sdk_dynamodb::types::WriteRequest;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// Returns those of the pending writes that DynamoDB handed back as unprocessed.
pub(super) fn still_to_do(
    db: &DynamoDb,
    pending: Arc<Vec<PendingWrite>>,
    unprocessed: &HashMap<String, Vec<WriteRequest>>,
) -> Vec<PendingWrite> {
    let handed_back: usize = unprocessed.values().map(Vec::len).sum();
    if handed_back == 0 {
        return Vec::new();
    }
    let (left, done): (Vec<_>, Vec<_>) = Arc::unwrap_or_clone(pending)
        .into_iter()
        .partition(|write| is_among(write, unprocessed.get(&db.table_name(write.table))));
    if left.len() == handed_back || all_known(db, &left, unprocessed) {
        return left;
    }
    // A write that was handed back is not recognised, so that all writes are sent again: that does no harm, and none is lost.
    left.into_iter().chain(done).collect()
}

/// `true` if each write that was handed back is one of these; DynamoDB may hand one back twice.
fn all_known(
    db: &DynamoDb,
    writes: &[PendingWrite],
    unprocessed: &HashMap<String, Vec<WriteRequest>>,
) -> bool {
    unprocessed.iter().all(|(table, requests)| {
        requests.iter().all(|request| {
            let one = vec![request.clone()];
            let mut of_table = writes
                .iter()
                .filter(|write| db.table_name(write.table) == *table);
            of_table.any(|write| is_among(write, Some(&one)))
        })
    })
}

/// `true` if the write is one of these requests. Its key tells, because a request has each key once.
fn is_among(write: &PendingWrite, requests: Option<&Vec<WriteRequest>>) -> bool {
    requests.into_iter().flatten().any(|request| {
        let put = request.put_request().map(|put| put.item());
        let deleted = request.delete_request().map(|delete| delete.key());
        put.or(deleted).is_some_and(|item| {
            write.key().iter().all(|(name, value)| {
                let other = item.get(name);
                other.is_some_and(|other| compare_scalars(value, other) == Some(Ordering::Equal))
            })
        })
    })
}
