//! How the keys are sent, and what DynamoDB leaves of them sent again.

use super::item_matcher::{ItemMatcher, ReceivedItem};
use super::plan::{KeyId, Plan};
use super::results::Results;
use crate::error::{Error, ReadPart, Unprocessed, ValidationCause};
use crate::executor::{Backoff, DynamoDb, ItemSink, Payload};
use crate::verb::batch::{BatchOptions, Outcome, send_all};
use crate::verb::incomplete;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Reads all keys of all members.
pub(super) async fn read_all(
    db: &DynamoDb,
    plan: Plan,
    options: BatchOptions,
) -> Result<Results, Error> {
    let plan = Arc::new(plan);
    let backoff = Backoff::new(options.budget);
    let outcome = send_all(
        plan.chunks(db),
        options.concurrency,
        |chunk| read_chunk(db, &plan, chunk, backoff.clone()),
        |chunk| chunk,
    )
    .await;
    if !outcome.left.is_empty() || outcome.cause.is_some() {
        return Err(unfinished(&plan, outcome, options));
    }
    Ok(Results::of(&plan, outcome.done))
}

pub(super) async fn read_chunk(
    db: &DynamoDb,
    plan: &Arc<Plan>,
    chunk: Vec<KeyId>,
    mut backoff: Backoff,
) -> Outcome<(KeyId, ReceivedItem), KeyId> {
    let mut outcome = Outcome::empty();
    let rows = ItemMatcher::of(db, plan, &chunk);
    let mut pending = chunk;
    loop {
        let answer = match request(plan, &pending) {
            Ok((request, keys)) => {
                let build = move || Ok(request.clone());
                db.send_writing(build, keys, rows.for_attempt()).await
            }
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
        outcome.done.append(&mut answer.sink.rows);
        let mut handed_back = HashSet::new();
        let mut unrecognised = false;
        for (table, keys) in answer.output.unprocessed_keys.unwrap_or_default() {
            for key in &keys.keys {
                match answer.sink.key_id(&table, key) {
                    Some(key_id) => {
                        handed_back.insert(key_id);
                    }
                    None => unrecognised = true,
                }
            }
        }
        if handed_back.is_empty() && !unrecognised {
            return outcome;
        }
        // An answer may name a key twice, or one whose item it has too: each is asked for once.
        let done: HashSet<KeyId> = outcome.done.iter().map(|(key_id, _)| *key_id).collect();
        // Background too much again does no harm, losing a key would.
        let is_left = |key_id: &&KeyId| {
            !done.contains(key_id) && (unrecognised || handed_back.contains(key_id))
        };
        let left: Vec<KeyId> = pending.iter().filter(is_left).copied().collect();
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
fn request(plan: &Plan, key_ids: &[KeyId]) -> Result<(BatchGetItemInput, Payload), Error> {
    let mut of_members: BTreeMap<usize, Vec<KeyId>> = BTreeMap::new();
    for key_ids in key_ids.chunk_by(|a, b| a.member == b.member) {
        let of_member = of_members.entry(key_ids[0].member).or_default();
        of_member.extend_from_slice(key_ids);
    }
    let mut input = BatchGetItemInput::builder();
    let mut entries = Vec::with_capacity(of_members.len());
    for (index, key_ids) in of_members {
        let member = &plan.members[index];
        let stub = KeysAndAttributes::builder()
            .set_keys(Some(Vec::new()))
            .set_consistent_read(member.consistent.then_some(true))
            .set_projection_expression(member.projection.clone())
            .set_expression_attribute_names(member.names.clone())
            .build()
            .map_err(incomplete)?;
        input = input.request_items(member.table, stub);
        entries.push(plan.entry(index, &key_ids));
    }
    Ok((input.build().map_err(incomplete)?, Payload::Keys(entries)))
}

/// Returns the items of each key once, where an answer had one twice.
pub(super) fn once_each(
    done: Vec<(KeyId, ReceivedItem)>,
) -> impl Iterator<Item = (KeyId, ReceivedItem)> {
    let mut seen = HashSet::with_capacity(done.len());
    done.into_iter()
        .filter(move |(key_id, _)| seen.insert(*key_id))
}

/// The error of a batch that was not read to its end.
pub(super) fn unfinished(
    plan: &Plan,
    outcome: Outcome<(KeyId, ReceivedItem), KeyId>,
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
    let mut parts: Vec<ReadPart> = plan
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
    for (key_id, kept) in once_each(outcome.done) {
        parts[key_id.member].read.push(kept.into_item());
    }
    for key_id in outcome.left {
        parts[key_id.member].keys.push(plan.key(key_id));
    }
    Error::Unprocessed(Unprocessed::reads(parts, Arc::new(options), outcome.cause))
}
