//! How the keys are spread over requests, and the answers brought back into order.

use super::row::{ReadRow, Row, Rows};
use crate::error::{Error, ReadPart, Setup, Unprocessed};
use crate::executor::{Backoff, DynamoDb};
use crate::schema::{KeySchema, key_identity};
use crate::value::Item;
use crate::verb::batch::{BatchOptions, Outcome, send_all};
use crate::verb::incomplete;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use std::any::TypeId;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Keys of one request.
pub(super) const MAX_KEYS: usize = 100;

/// The keys of one table, and how its items are read.
#[doc(hidden)]
#[derive(Clone)]
pub struct Member {
    pub(super) table: &'static str,
    pub(super) model: TypeId,
    pub(super) setup: Setup,
    pub(super) schema: &'static KeySchema,
    pub(super) keys: Vec<Item>,
    pub(super) consistent: bool,
    pub(super) projection: Option<String>,
    pub(super) names: Option<HashMap<String, String>>,
    /// Decodes an item as it comes.
    pub(super) read: Option<ReadRow>,
}

/// A key of a member, by its place among the member's different keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    member: usize,
    place: usize,
}

impl Slot {
    pub(super) fn key<'a>(self, members: &'a [Member], distinct: &[Distinct]) -> &'a Item {
        &members[self.member].keys[distinct[self.member].firsts[self.place]]
    }
}

/// The different keys of a member: their identities, and at which of them each of the keys is found.
pub(super) struct Distinct {
    identities: HashMap<Vec<u8>, usize>,
    firsts: Vec<usize>,
    places: Vec<usize>,
}

impl Distinct {
    pub(super) fn of(member: &Member) -> Self {
        let mut distinct = Self {
            identities: HashMap::with_capacity(member.keys.len()),
            firsts: Vec::new(),
            places: Vec::with_capacity(member.keys.len()),
        };
        for (position, key) in member.keys.iter().enumerate() {
            // A key that has no identity is none; DynamoDB will say so.
            let identity = key_identity(member.schema, key).unwrap_or_default();
            let next = distinct.firsts.len();
            let place = *distinct.identities.entry(identity).or_insert(next);
            if place == next {
                distinct.firsts.push(position);
            }
            distinct.places.push(place);
        }
        distinct
    }
}

/// Reads all keys of all members; for each member its items in the order of its keys.
pub(super) async fn read_all(
    db: &DynamoDb,
    members: &[Member],
    options: BatchOptions,
) -> Result<Vec<Vec<Option<Row>>>, Error> {
    let distinct: Vec<Distinct> = members.iter().map(Distinct::of).collect();
    let backoff = Backoff::new(options.budget);
    let outcome = send_all(
        chunks(db, members, &distinct),
        options.concurrency,
        |chunk| read_chunk(db, members, &distinct, chunk, backoff.clone()),
        |chunk| chunk,
    )
    .await;
    if !outcome.left.is_empty() || outcome.cause.is_some() {
        return Err(unfinished(members, &distinct, outcome, options));
    }
    Ok(in_order(&distinct, outcome.done))
}

/// Returns for each member its items in the order of its keys.
pub(super) fn in_order(distinct: &[Distinct], done: Vec<(Slot, Row)>) -> Vec<Vec<Option<Row>>> {
    let nothing = |distinct: &Distinct| distinct.firsts.iter().map(|_| None).collect();
    let mut found: Vec<Vec<Option<Row>>> = distinct.iter().map(nothing).collect();
    for (slot, row) in done {
        found[slot.member][slot.place] = Some(row);
    }
    let members = distinct.iter().zip(found);
    members
        .map(|(distinct, mut found)| {
            let mut wanted = vec![0usize; distinct.firsts.len()];
            for place in &distinct.places {
                wanted[*place] += 1;
            }
            let places = distinct.places.iter();
            places
                .map(|&place| {
                    wanted[place] -= 1;
                    // The last to ask gets the item itself.
                    match wanted[place] {
                        0 => found[place].take(),
                        _ => found[place].clone(),
                    }
                })
                .collect()
        })
        .collect()
}

/// Splits the keys into requests: up to 100 keys, and one member a table, for a request reads a table in one way.
pub(super) fn chunks(db: &DynamoDb, members: &[Member], distinct: &[Distinct]) -> Vec<Vec<Slot>> {
    // By its name in this connection: an override can make one table of two.
    let names: Vec<_> = members.iter().map(|m| db.table_name(m.table)).collect();
    let mut chunks: Vec<Vec<Slot>> = Vec::new();
    for (member, keys) in distinct.iter().enumerate() {
        for place in 0..keys.firsts.len() {
            let slot = Slot { member, place };
            let fits = |chunk: &&mut Vec<Slot>| {
                chunk.len() < MAX_KEYS
                    && chunk
                        .iter()
                        .all(|other| other.member == member || names[other.member] != names[member])
            };
            match chunks.last_mut().filter(fits) {
                Some(chunk) => chunk.push(slot),
                None => chunks.push(vec![slot]),
            }
        }
    }
    chunks
}

pub(super) async fn read_chunk(
    db: &DynamoDb,
    members: &[Member],
    distinct: &[Distinct],
    chunk: Vec<Slot>,
    mut backoff: Backoff,
) -> Outcome<(Slot, Row), Slot> {
    let mut outcome = Outcome::empty();
    // In a chunk a table belongs to one member.
    let asked = |(place, _): &(usize, &Member)| chunk.iter().any(|slot| slot.member == *place);
    let rows = Rows::of(db, members.iter().enumerate().filter(asked), chunk.len());
    let slot = |member: usize, identity: &[u8]| {
        let place = *distinct[member].identities.get(identity)?;
        Some(Slot { member, place })
    };
    let mut pending = chunk;
    loop {
        let answer = match request(members, distinct, &pending) {
            Ok(request) => db.exchange(request, rows.clone()).await,
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
        for (member, identity, row) in std::mem::take(&mut answer.received.rows) {
            if let Some(slot) = slot(member, &identity) {
                outcome.done.push((slot, row));
            }
        }
        let mut left = Vec::new();
        let mut unrecognised = false;
        for (table, keys) in answer.output.unprocessed_keys.unwrap_or_default() {
            for key in &keys.keys {
                let owner = answer.received.owner(&table, key);
                match owner.and_then(|(member, identity)| slot(member, &identity)) {
                    Some(slot) => left.push(slot),
                    None => unrecognised = true,
                }
            }
        }
        if unrecognised {
            // Reading too much again does no harm, losing a key would.
            let done: HashSet<Slot> = outcome.done.iter().map(|(slot, _)| *slot).collect();
            left = pending
                .iter()
                .copied()
                .filter(|slot| !done.contains(slot))
                .collect();
        }
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

fn request(
    members: &[Member],
    distinct: &[Distinct],
    slots: &[Slot],
) -> Result<BatchGetItemInput, Error> {
    let mut tables: HashMap<usize, Vec<Item>> = HashMap::new();
    for slot in slots {
        let key = slot.key(members, distinct).clone();
        tables.entry(slot.member).or_default().push(key);
    }
    let mut input = BatchGetItemInput::builder();
    for (member, keys) in tables {
        let member = &members[member];
        let keys = KeysAndAttributes::builder()
            .set_keys(Some(keys))
            .set_consistent_read(member.consistent.then_some(true))
            .set_projection_expression(member.projection.clone())
            .set_expression_attribute_names(member.names.clone())
            .build()
            .map_err(incomplete)?;
        input = input.request_items(member.table, keys);
    }
    input.build().map_err(incomplete)
}

/// The error of a batch that was not read to its end.
pub(super) fn unfinished(
    members: &[Member],
    distinct: &[Distinct],
    outcome: Outcome<(Slot, Row), Slot>,
    options: BatchOptions,
) -> Error {
    if let (true, Some(cause)) = (outcome.done.is_empty(), &outcome.cause)
        && !cause.is_retryable()
    {
        // Nothing was read and nothing will be: the error itself says more.
        return outcome.cause.unwrap_or_else(|| Error::invalid("no cause"));
    }
    let mut parts: Vec<ReadPart> = members
        .iter()
        .map(|member| ReadPart {
            table: member.table,
            model: member.model,
            read: Vec::new(),
            keys: Vec::new(),
            setup: member.setup.clone(),
        })
        .collect();
    for (slot, row) in outcome.done {
        parts[slot.member].read.push(row.into_item());
    }
    for slot in outcome.left {
        let key = slot.key(members, distinct).clone();
        parts[slot.member].keys.push(key);
    }
    Error::Unprocessed(Unprocessed::reads(parts, Arc::new(options), outcome.cause))
}
