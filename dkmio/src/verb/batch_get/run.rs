//! How the keys are sent, and what DynamoDB leaves of them sent again.

use super::asked::{Asked, Slot};
use super::results::Found;
use super::row::{Kept, Rows};
use crate::error::{Error, ReadPart, Unprocessed, ValidationCause};
use crate::executor::{Backoff, DynamoDb, Payload, Receive};
use crate::verb::batch::{BatchOptions, Outcome, send_all};
use crate::verb::incomplete;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Reads all keys of all members.
pub(super) async fn read_all(
    db: &DynamoDb,
    asked: Asked,
    options: BatchOptions,
) -> Result<Found, Error> {
    let asked = Arc::new(asked);
    let backoff = Backoff::new(options.budget);
    let outcome = send_all(
        asked.chunks(db),
        options.concurrency,
        |chunk| read_chunk(db, &asked, chunk, backoff.clone()),
        |chunk| chunk,
    )
    .await;
    if !outcome.left.is_empty() || outcome.cause.is_some() {
        return Err(unfinished(&asked, outcome, options));
    }
    Ok(Found::of(&asked, outcome.done))
}

pub(super) async fn read_chunk(
    db: &DynamoDb,
    asked: &Arc<Asked>,
    chunk: Vec<Slot>,
    mut backoff: Backoff,
) -> Outcome<(Slot, Kept), Slot> {
    let mut outcome = Outcome::empty();
    let rows = Rows::of(db, asked, &chunk);
    let mut pending = chunk;
    loop {
        let answer = match request(asked, &pending) {
            Ok((request, keys)) => db.exchange_items(request, keys, rows.fresh()).await,
            Err(e) => Err(e),
        };
        let mut answer = match answer {
            Ok(answer) => answer,
            Err(e) => {
                outcome.left = pending;
                outcome.cause = Some(e);
                return outcome;
            }
        };
        outcome.done.append(&mut answer.received.rows);
        let mut handed_back = HashSet::new();
        let mut unrecognised = false;
        for (table, keys) in answer.output.unprocessed_keys.unwrap_or_default() {
            for key in &keys.keys {
                match answer.received.slot(&table, key) {
                    Some(slot) => {
                        handed_back.insert(slot);
                    }
                    None => unrecognised = true,
                }
            }
        }
        if handed_back.is_empty() && !unrecognised {
            return outcome;
        }
        // An answer may name a key twice, or one whose item it has too: each is asked for once.
        let done: HashSet<Slot> = outcome.done.iter().map(|(slot, _)| *slot).collect();
        // Reading too much again does no harm, losing a key would.
        let is_left =
            |slot: &&Slot| !done.contains(slot) && (unrecognised || handed_back.contains(slot));
        let left: Vec<Slot> = pending.iter().filter(is_left).copied().collect();
        if left.is_empty() {
            return outcome;
        }
        if left.len() < pending.len() {
            backoff.progress();
        }
        pending = left;
        tracing::warn!(target: "dkmio", keys = pending.len(), "BatchGetItem left keys unprocessed");
        if !backoff.wait().await {
            outcome.left = pending;
            return outcome;
        }
    }
}

/// Returns the SDK's input without keys, and the keys beside it.
fn request(asked: &Asked, slots: &[Slot]) -> Result<(BatchGetItemInput, Payload), Error> {
    let mut of_members: BTreeMap<usize, Vec<Slot>> = BTreeMap::new();
    for slots in slots.chunk_by(|a, b| a.member == b.member) {
        let of_member = of_members.entry(slots[0].member).or_default();
        of_member.extend_from_slice(slots);
    }
    let mut input = BatchGetItemInput::builder();
    let mut entries = Vec::with_capacity(of_members.len());
    for (index, slots) in of_members {
        let member = &asked.members[index];
        let stub = KeysAndAttributes::builder()
            .set_keys(Some(Vec::new()))
            .set_consistent_read(member.consistent.then_some(true))
            .set_projection_expression(member.projection.clone())
            .set_expression_attribute_names(member.names.clone())
            .build()
            .map_err(incomplete)?;
        input = input.request_items(member.table, stub);
        entries.push(asked.entry(index, &slots));
    }
    Ok((input.build().map_err(incomplete)?, Payload::Keys(entries)))
}

/// Returns the items of each key once, where an answer had one twice.
pub(super) fn once_each(done: Vec<(Slot, Kept)>) -> impl Iterator<Item = (Slot, Kept)> {
    let mut seen = HashSet::with_capacity(done.len());
    done.into_iter().filter(move |(slot, _)| seen.insert(*slot))
}

/// The error of a batch that was not read to its end.
pub(super) fn unfinished(
    asked: &Asked,
    outcome: Outcome<(Slot, Kept), Slot>,
    options: BatchOptions,
) -> Error {
    if let (true, Some(cause)) = (outcome.done.is_empty(), &outcome.cause)
        && !cause.is_retryable()
    {
        // Nothing was read and nothing will be: the error itself says more.
        return outcome
            .cause
            .unwrap_or_else(|| Error::invalid(ValidationCause::Options, "no cause"));
    }
    let mut parts: Vec<ReadPart> = asked
        .members
        .iter()
        .map(|member| ReadPart {
            table: member.table,
            model: member.model,
            read: Vec::new(),
            keys: Vec::new(),
            setup: member.setup.clone(),
        })
        .collect();
    for (slot, kept) in once_each(outcome.done) {
        parts[slot.member].read.push(kept.into_item());
    }
    for slot in outcome.left {
        parts[slot.member].keys.push(asked.key(slot));
    }
    Error::Unprocessed(Unprocessed::reads(parts, Arc::new(options), outcome.cause))
}
