//! What is asked for: the keys of each member, each once, and in which requests.

use super::decoded_items::{DecodeAsRead, NewDecodedItems};
use super::keys::{KeyIndex, KeyJson, KeyList, Keys};
use crate::error::Setup;
use crate::executor::{DynamoDb, TableKeys};
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
    pub(super) sheet: Option<NewDecodedItems>,
}

/// A key of a member, by its place among the member's different keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct KeyId {
    pub(super) member: usize,
    pub(super) place: usize,
}

/// All keys of a batch get.
pub(super) struct Plan {
    /// Their keys are beside them.
    pub(super) members: Vec<Member>,
    keys: Vec<KeyList>,
    pub(super) distinct: Vec<KeyIndex>,
    sheets: Vec<Option<Arc<dyn DecodeAsRead>>>,
}

impl Plan {
    pub(super) fn of(mut members: Vec<Member>) -> Self {
        let keys = members
            .iter_mut()
            .map(|m| std::mem::take(&mut m.keys).written());
        let keys: Vec<_> = keys.collect();
        let distinct: Vec<_> = keys.iter().map(KeyIndex::of).collect();
        let sheet = |(member, distinct): (&Member, &KeyIndex)| {
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
    pub(super) fn sheet(&self, member: usize) -> Option<&Arc<dyn DecodeAsRead>> {
        self.sheets[member].as_ref()
    }

    /// Returns where the key stands among the keys of its member.
    fn position(&self, key_id: KeyId) -> usize {
        self.distinct[key_id.member].firsts[key_id.place]
    }

    /// Returns the key in the SDK's types.
    pub(super) fn key(&self, key_id: KeyId) -> Item {
        self.keys[key_id.member].item(self.position(key_id))
    }

    /// Returns the keys of a member, as they go into a request.
    pub(super) fn entry(&self, member: usize, key_ids: &[KeyId]) -> TableKeys {
        let keys = &self.keys[member];
        // Most were given one behind the other.
        let runs = key_ids.chunk_by(|a, b| self.position(*a) + 1 == self.position(*b));
        let place = |run: &[KeyId]| {
            let (first, last) = (run[0], run[run.len() - 1]);
            keys.place(self.position(first), self.position(last))
        };
        TableKeys {
            table: self.members[member].table,
            json: keys.json().clone(),
            ranges: runs.map(place).collect(),
        }
    }

    /// Finds a key of a member by its values.
    pub(super) fn key_id(&self, member: usize, values: KeyJson<'_>) -> Option<KeyId> {
        let place = self.distinct[member].find(&self.keys[member], values)?;
        Some(KeyId { member, place })
    }

    /// Splits the keys into requests: up to 100 keys, and one member a table, for a request reads a table in one way.
    pub(super) fn chunks(&self, db: &DynamoDb) -> Vec<Vec<KeyId>> {
        // By its name in this connection: an override can make one table of two.
        let members = self.members.iter();
        let names: Vec<_> = members.map(|m| db.table_name(m.table)).collect();
        let mut chunks: Vec<Vec<KeyId>> = Vec::new();
        for (member, keys) in self.distinct.iter().enumerate() {
            let is_other =
                |key_id: &KeyId| key_id.member != member && names[key_id.member] == names[member];
            let mut places = 0..keys.firsts.len();
            while !places.is_empty() {
                let fits =
                    |chunk: &Vec<KeyId>| chunk.len() < MAX_KEYS && !chunk.iter().any(is_other);
                if !chunks.last().is_some_and(fits) {
                    chunks.push(Vec::with_capacity(places.len().min(MAX_KEYS)));
                }
                let Some(chunk) = chunks.last_mut() else {
                    break;
                };
                let room = MAX_KEYS - chunk.len();
                let key_id = |place| KeyId { member, place };
                chunk.extend(places.by_ref().take(room).map(key_id));
            }
        }
        chunks
    }
}
