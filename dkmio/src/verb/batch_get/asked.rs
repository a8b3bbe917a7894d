//! What is asked for: the keys of each member, each once, and in which requests.

use super::keys::{Distinct, Keys};
use super::row::{ReadRow, Row};
use crate::error::Setup;
use crate::executor::DynamoDb;
use crate::schema::KeySchema;
use crate::value::Item;
use std::any::TypeId;
use std::collections::HashMap;

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
    pub(super) keys: Keys,
    pub(super) consistent: bool,
    pub(super) projection: Option<String>,
    pub(super) names: Option<HashMap<String, String>>,
    /// Decodes an item as it comes.
    pub(super) read: Option<ReadRow>,
}

/// A key of a member, by its place among the member's different keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) member: usize,
    place: usize,
}

/// All keys of a batch get.
pub(super) struct Asked {
    pub(super) members: Vec<Member>,
    distinct: Vec<Distinct>,
}

impl Asked {
    pub(super) fn of(members: Vec<Member>) -> Self {
        Self {
            distinct: members.iter().map(|m| Distinct::of(&m.keys)).collect(),
            members,
        }
    }

    fn first(&self, slot: Slot) -> (&Keys, usize) {
        let first = self.distinct[slot.member].firsts[slot.place];
        (&self.members[slot.member].keys, first)
    }

    /// Returns the key in DynamoDB JSON.
    pub(super) fn json(&self, slot: Slot) -> &[u8] {
        let (keys, first) = self.first(slot);
        keys.json(first)
    }

    /// Returns the key in the SDK's types.
    pub(super) fn key(&self, slot: Slot) -> Item {
        let (keys, first) = self.first(slot);
        keys.item(first)
    }

    /// Finds a key of a member.
    pub(super) fn slot(&self, member: usize, key: &[u8]) -> Option<Slot> {
        let place = self.distinct[member].find(&self.members[member].keys, key)?;
        Some(Slot { member, place })
    }

    /// Splits the keys into requests: up to 100 keys, and one member a table, for a request reads a table in one way.
    pub(super) fn chunks(&self, db: &DynamoDb) -> Vec<Vec<Slot>> {
        // By its name in this connection: an override can make one table of two.
        let members = self.members.iter();
        let names: Vec<_> = members.map(|m| db.table_name(m.table)).collect();
        let mut chunks: Vec<Vec<Slot>> = Vec::new();
        for (member, keys) in self.distinct.iter().enumerate() {
            let name = &names[member];
            for place in 0..keys.firsts.len() {
                let slot = Slot { member, place };
                let fits = |chunk: &&mut Vec<Slot>| {
                    let of_other = |other: &Slot| other.member != member;
                    chunk.len() < MAX_KEYS
                        && (chunk.last().is_none_or(|last| last.member == member)
                            || !chunk
                                .iter()
                                .any(|other| of_other(other) && names[other.member] == *name))
                };
                match chunks.last_mut().filter(fits) {
                    Some(chunk) => chunk.push(slot),
                    None => {
                        let mut chunk = Vec::with_capacity(MAX_KEYS);
                        chunk.push(slot);
                        chunks.push(chunk);
                    }
                }
            }
        }
        chunks
    }

    /// Returns for each member its items in the order of its keys.
    pub(super) fn in_order(&self, done: Vec<(Slot, Row)>) -> Vec<Vec<Option<Row>>> {
        let nothing = |distinct: &Distinct| distinct.firsts.iter().map(|_| None).collect();
        let mut found: Vec<Vec<Option<Row>>> = self.distinct.iter().map(nothing).collect();
        for (slot, row) in done {
            found[slot.member][slot.place] = Some(row);
        }
        let members = self.distinct.iter().zip(found);
        members
            .map(|(distinct, found)| in_order(distinct, found))
            .collect()
    }
}

/// Brings what was found into the order of the keys.
fn in_order(distinct: &Distinct, mut found: Vec<Option<Row>>) -> Vec<Option<Row>> {
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
}
