//! What is asked for: the keys of each member, each once, and in which requests.

use super::keys::{Distinct, Keys, Values, WrittenKeys};
use super::sheet::{MakeSheet, Sheet};
use crate::error::Setup;
use crate::executor::{BatchGetEntry, DynamoDb};
use crate::schema::KeySchema;
use crate::value::Item;
use std::any::TypeId;
use std::collections::HashMap;
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
    pub(super) keys: Keys,
    pub(super) consistent: bool,
    pub(super) projection: Option<String>,
    pub(super) names: Option<HashMap<String, String>>,
    /// Makes what decodes items as they come, and keeps them.
    pub(super) sheet: Option<MakeSheet>,
}

/// A key of a member, by its place among the member's different keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) member: usize,
    pub(super) place: usize,
}

/// All keys of a batch get.
pub(super) struct Asked {
    /// Their keys are beside them.
    pub(super) members: Vec<Member>,
    keys: Vec<WrittenKeys>,
    pub(super) distinct: Vec<Distinct>,
    sheets: Vec<Option<Arc<dyn Sheet>>>,
}

impl Asked {
    pub(super) fn of(mut members: Vec<Member>) -> Self {
        let keys = members
            .iter_mut()
            .map(|m| std::mem::take(&mut m.keys).written());
        let keys: Vec<_> = keys.collect();
        let distinct: Vec<_> = keys.iter().map(Distinct::of).collect();
        let sheet = |(member, distinct): (&Member, &Distinct)| {
            let make = member.sheet.as_ref()?;
            Some(make(distinct.firsts.len()))
        };
        Self {
            sheets: members.iter().zip(&distinct).map(sheet).collect(),
            keys,
            distinct,
            members,
        }
    }

    /// Returns what keeps the decoded items of a member.
    pub(super) fn sheet(&self, member: usize) -> Option<&Arc<dyn Sheet>> {
        self.sheets[member].as_ref()
    }

    /// Returns where the key stands among the keys of its member.
    fn position(&self, slot: Slot) -> usize {
        self.distinct[slot.member].firsts[slot.place]
    }

    /// Returns the key in the SDK's types.
    pub(super) fn key(&self, slot: Slot) -> Item {
        self.keys[slot.member].item(self.position(slot))
    }

    /// Returns the keys of a member, as they go into a request.
    pub(super) fn entry(&self, member: usize, slots: &[Slot]) -> BatchGetEntry {
        let keys = &self.keys[member];
        // Most were given one behind the other.
        let runs = slots.chunk_by(|a, b| self.position(*a) + 1 == self.position(*b));
        let place = |run: &[Slot]| {
            let (first, last) = (run[0], run[run.len() - 1]);
            keys.place(self.position(first), self.position(last))
        };
        BatchGetEntry {
            table: self.members[member].table,
            json: keys.json().clone(),
            keys: runs.map(place).collect(),
        }
    }

    /// Finds a key of a member by its values.
    pub(super) fn slot(&self, member: usize, values: Values<'_>) -> Option<Slot> {
        let place = self.distinct[member].find(&self.keys[member], values)?;
        Some(Slot { member, place })
    }

    /// Splits the keys into requests: up to 100 keys, and one member a table, for a request reads a table in one way.
    pub(super) fn chunks(&self, db: &DynamoDb) -> Vec<Vec<Slot>> {
        // By its name in this connection: an override can make one table of two.
        let members = self.members.iter();
        let names: Vec<_> = members.map(|m| db.table_name(m.table)).collect();
        let mut chunks: Vec<Vec<Slot>> = Vec::new();
        for (member, keys) in self.distinct.iter().enumerate() {
            let is_other =
                |slot: &Slot| slot.member != member && names[slot.member] == names[member];
            let mut places = 0..keys.firsts.len();
            while !places.is_empty() {
                let fits =
                    |chunk: &Vec<Slot>| chunk.len() < MAX_KEYS && !chunk.iter().any(is_other);
                if !chunks.last().is_some_and(fits) {
                    chunks.push(Vec::with_capacity(places.len().min(MAX_KEYS)));
                }
                let Some(chunk) = chunks.last_mut() else {
                    break;
                };
                let room = MAX_KEYS - chunk.len();
                let slot = |place| Slot { member, place };
                chunk.extend(places.by_ref().take(room).map(slot));
            }
        }
        chunks
    }
}
