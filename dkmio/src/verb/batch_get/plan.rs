//! `Plan`: the keys of a batch get, each different key once, and their chunks.

use super::decoded_items::{DecodeAsRead, NewDecodedItems};
use super::key_index::KeyIndex;
use super::key_list::Keys;
use crate::error::Setup;
use crate::executor::{DynamoDb, TableKeys};
use crate::schema::KeySchema;
use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};
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
    pub(super) keys: Vec<KeyIndex>,
    decoded: Vec<Option<Arc<dyn DecodeAsRead>>>,
}

/// The keys of one request. `Plan` makes it; `run` sends it.
#[derive(Default)]
pub(super) struct Chunk {
    pub(super) key_ids: Vec<KeyId>,
    /// The members that are read, and their keys as the payload of the request.
    pub(super) payload: Vec<(usize, TableKeys)>,
}

impl Plan {
    /// Numbers the keys, and splits them into chunks.
    pub(super) fn of(db: &DynamoDb, mut members: Vec<BatchMember>) -> (Arc<Self>, Vec<Chunk>) {
        let keys = members
            .iter_mut()
            .map(|m| KeyIndex::of(std::mem::take(&mut m.keys).written()));
        let keys: Vec<_> = keys.collect();
        let decoded = |(member, keys): (&BatchMember, &KeyIndex)| {
            let new = member.decoded.as_ref()?;
            Some(new(keys.len()))
        };
        let plan = Self {
            decoded: members.iter().zip(&keys).map(decoded).collect(),
            keys,
            members,
        };
        let chunks = plan.chunks(db);
        (Arc::new(plan), chunks)
    }

    /// Returns the decoded items of a member.
    pub(super) fn decoded(&self, member: usize) -> Option<&Arc<dyn DecodeAsRead>> {
        self.decoded[member].as_ref()
    }

    /// Makes the chunk of these keys, which fit into one request.
    pub(super) fn chunk(&self, key_ids: Vec<KeyId>) -> Chunk {
        let mut of_members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for key_ids in key_ids.chunk_by(|a, b| a.member == b.member) {
            let indexes = of_members.entry(key_ids[0].member).or_default();
            indexes.extend(key_ids.iter().map(|key_id| key_id.index));
        }
        let table_keys = |(member, indexes): (usize, Vec<usize>)| {
            let keys = &self.keys[member];
            let table_keys = TableKeys {
                table: self.members[member].table,
                json: keys.json().clone(),
                ranges: keys.ranges(&indexes),
            };
            (member, table_keys)
        };
        Chunk {
            payload: of_members.into_iter().map(table_keys).collect(),
            key_ids,
        }
    }

    /// Splits the keys into chunks, one for each request. A chunk has up to 100 keys, and one member a table, because a
    /// request reads all items of a table with the same options.
    fn chunks(&self, db: &DynamoDb) -> Vec<Chunk> {
        // Tables count by their names in the connection, because an override can make one table of two.
        let members = self.members.iter();
        let names: Vec<_> = members.map(|m| db.table_name(m.table)).collect();
        let mut chunks: Vec<Vec<KeyId>> = Vec::new();
        for (member, keys) in self.keys.iter().enumerate() {
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
            .into_iter()
            .map(|key_ids| self.chunk(key_ids))
            .collect()
    }
}
