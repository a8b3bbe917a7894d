//! Sends the chunks of a plan, and sends again the keys that DynamoDB leaves unprocessed.

use super::failure::Unfinished;
use super::item_matcher::ItemMatcher;
use super::plan::{BatchMember, Chunk, KeyId, Plan};
use super::received_item::ReceivedItem;
use super::results::Results;
use crate::error::Error;
use crate::executor::{Backoff, DynamoDb, ItemSink, Payload, TableKeys};
use crate::verb::batch::{BatchOptions, ChunkOutcome, send_all};
use crate::verb::input::incomplete;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use std::collections::HashSet;
use std::sync::Arc;

/// Reads all keys of all members.
pub(super) async fn read_all(
    db: &DynamoDb,
    members: Vec<BatchMember>,
    options: BatchOptions,
) -> Result<Results, Error> {
    let (plan, chunks) = Plan::of(db, members);
    let backoff = Backoff::new(options.budget);
    let outcome = send_all(
        chunks,
        options.concurrency,
        |chunk| read_chunk(db, &plan, chunk, backoff.clone()),
        |chunk| chunk.key_ids,
    )
    .await;
    if !outcome.is_whole() {
        let mut unfinished = Unfinished::of(&plan.members);
        unfinished.add(&plan, outcome);
        return Err(unfinished.into_error(options, false));
    }
    Ok(Results::of(&plan, outcome.done))
}

/// Reads the keys of one chunk, for as long as the backoff allows.
pub(super) async fn read_chunk(
    db: &DynamoDb,
    plan: &Arc<Plan>,
    chunk: Chunk,
    mut backoff: Backoff,
) -> ChunkOutcome<(KeyId, ReceivedItem), KeyId> {
    let mut outcome = ChunkOutcome::empty();
    let items = ItemMatcher::of(db, plan, &chunk);
    let Chunk {
        key_ids: mut pending,
        mut payload,
    } = chunk;
    loop {
        let answer = match request(plan, payload) {
            Ok((request, keys)) => {
                let build = move || Ok(request.clone());
                db.send_writing(build, keys, items.for_attempt()).await
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
        outcome.done.append(&mut answer.sink.items);
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
        // An answer may hand a key back twice, or one whose item it has too: such a key is sent again once, or not at all.
        let done: HashSet<KeyId> = outcome.done.iter().map(|(key_id, _)| *key_id).collect();
        // If the answer hands back a key that is not recognised, all keys without an item are sent again: that does no harm,
        // and no key is lost.
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
        Chunk {
            key_ids: pending,
            payload,
        } = plan.chunk(left);
        tracing::warn!(target: "dkmio", keys = pending.len(), "BatchGetItem left keys unprocessed");
        if !backoff.wait().await {
            outcome.left = pending;
            return outcome;
        }
    }
}

/// Returns the SDK's input without keys, and the keys as its payload.
fn request(
    plan: &Plan,
    payload: Vec<(usize, TableKeys)>,
) -> Result<(BatchGetItemInput, Payload), Error> {
    let mut input = BatchGetItemInput::builder();
    let mut entries = Vec::with_capacity(payload.len());
    for (member, table_keys) in payload {
        let of = &plan.members[member];
        let stub = KeysAndAttributes::builder()
            .set_keys(Some(Vec::new()))
            .set_consistent_read(of.consistent.then_some(true))
            .set_projection_expression(of.projection.clone())
            .set_expression_attribute_names(of.names.clone())
            .build()
            .map_err(incomplete)?;
        input = input.request_items(of.table, stub);
        entries.push(table_keys);
    }
    Ok((input.build().map_err(incomplete)?, Payload::Keys(entries)))
}
