//! `Plan`: the keys of a batch get, each different key once, and their chunks.

use super::decoded_items::{DecodeAsRead, NewDecodedItems};
use super::key_index::KeyIndex;
use super::key_list::{KeyJson, KeyList, Keys};
use crate::error::Setup;
use crate::executor::{DynamoDb, TableKeys};
use crate::schema::KeySchema;
use crate::value::Item;
use std::any::TypeId;
use std::collections::HashMap;
use std::sync::Arc;

/// The most keys that DynamoDB takes in one request.
pub(in crate::verb) const MAX_KEYS: usize = 100;

/// One batch get of a plan: the keys of one table, and how its items are read. `BatchGet` makes it.
#[doc(hidden)]
#[derive(Clone)]
pub struct BatchMember {
    pub(super) table: &'static str,
    pub(super) model: TypeId,
    /// The batch get without its keys, from which an error makes the batch get of the rest.
    pub(super) setup: Setup,
    pub(super) schema: &'static KeySchema,
    pub(super) keys: Keys,
    pub(super) consistent: bool,
    pub(super) projection: Option<String>,
    pub(super) names: Option<HashMap<String, String>>,
    /// `None` if items are decoded only when the batch is complete.
    pub(super) decoded: Option<NewDecodedItems>,
}

/// A key of a plan: its member, and its index among the member's different keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct KeyId {
    pub(super) member: usize,
    pub(super) index: usize,
}

/// All keys of a batch get. The vectors have one element a member.
pub(super) struct Plan {
    /// The members without their keys, which are in `keys`.
    pub(super) members: Vec<BatchMember>,
    keys: Vec<KeyList>,
    pub(super) index: Vec<KeyIndex>,
    decoded: Vec<Option<Arc<dyn DecodeAsRead>>>,
}

impl Plan {
    pub(super) fn of(mut members: Vec<BatchMember>) -> Self {
        let keys = members
            .iter_mut()
            .map(|m| std::mem::take(&mut m.keys).written());
        let keys: Vec<_> = keys.collect();
        let index: Vec<_> = keys.iter().map(KeyIndex::of).collect();
        let decoded = |(member, index): (&BatchMember, &KeyIndex)| {
            let new = member.decoded.as_ref()?;
            Some(new(index.len()))
        };
        Self {
            decoded: members.iter().zip(&index).map(decoded).collect(),
            keys,
            index,
            members,
        }
    }

    /// Returns the decoded items of a member.
    pub(super) fn decoded(&self, member: usize) -> Option<&Arc<dyn DecodeAsRead>> {
        self.decoded[member].as_ref()
    }

    /// Returns the first position of a key among the keys of its member.
    fn position(&self, key_id: KeyId) -> usize {
        self.index[key_id.member].firsts[key_id.index]
    }

    /// Returns a key as the SDK's values.
    pub(super) fn key(&self, key_id: KeyId) -> Item {
        self.keys[key_id.member].item(self.position(key_id))
    }

    /// Returns keys of a member as the payload of a request.
    pub(super) fn table_keys(&self, member: usize, key_ids: &[KeyId]) -> TableKeys {
        let keys = &self.keys[member];
        // Most keys of a request are adjacent in the buffer, and are copied from there at once.
        let runs = key_ids.chunk_by(|a, b| self.position(*a) + 1 == self.position(*b));
        let range = |run: &[KeyId]| {
            let (first, last) = (run[0], run[run.len() - 1]);
            keys.range(self.position(first), self.position(last))
        };
        TableKeys {
            table: self.members[member].table,
            json: keys.json().clone(),
            ranges: runs.map(range).collect(),
        }
    }

    /// Finds a key of a member by its values.
    pub(super) fn find(&self, member: usize, values: KeyJson<'_>) -> Option<KeyId> {
        let index = self.index[member].find(&self.keys[member], values)?;
        Some(KeyId { member, index })
    }

    /// Splits the keys into chunks, one for each request. A chunk has up to 100 keys, and one member a table, because a
    /// request reads all items of a table with the same options.
    pub(super) fn chunks(&self, db: &DynamoDb) -> Vec<Vec<KeyId>> {
        // Tables count by their names in the connection, because an override can make one table of two.
        let members = self.members.iter();
        let names: Vec<_> = members.map(|m| db.table_name(m.table)).collect();
        let mut chunks: Vec<Vec<KeyId>> = Vec::new();
        for (member, keys) in self.index.iter().enumerate() {
            let is_other =
                |key_id: &KeyId| key_id.member != member && names[key_id.member] == names[member];
            let mut indexes = 0..keys.len();
            while !indexes.is_empty() {
                let fits =
                    |chunk: &Vec<KeyId>| chunk.len() < MAX_KEYS && !chunk.iter().any(is_other);
                if !chunks.last().is_some_and(fits) {
                    chunks.push(Vec::with_capacity(indexes.len().min(MAX_KEYS)));
                }
                let Some(chunk) = chunks.last_mut() else {
                    break;
                };
                let room = MAX_KEYS - chunk.len();
                let key_id = |index| KeyId { member, index };
                chunk.extend(indexes.by_ref().take(room).map(key_id));
            }
        }
        chunks
    }
}
