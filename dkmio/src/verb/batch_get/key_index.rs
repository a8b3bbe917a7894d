//! `KeyIndex`: finds equal keys of a batch, and the key of an item by its values.

use super::key_list::{KeyJson, KeyList};
use crate::value::Item;
use std::ops::Range;
use std::sync::Arc;

/// The keys of a plan's member, and the numbers of the different ones: a key's number among all keys is its `position`, its
/// number among the different keys is its `index`.
pub(super) struct KeyIndex {
    keys: KeyList,
    /// For each index, the first position of its key.
    pub(super) firsts: Vec<usize>,
    /// For each position, the index of its key.
    pub(super) indexes: Vec<usize>,
    /// A hash table of the indexes: an index is in the slot that the hash of its key names, or in the next free one.
    slots: Vec<usize>,
    seed: Seed,
}

/// The content of a free slot.
const FREE: usize = usize::MAX;

impl KeyIndex {
    /// Numbers the keys.
    pub(super) fn of(keys: KeyList) -> Self {
        let count = keys.len();
        let mut this = Self {
            keys,
            firsts: Vec::with_capacity(count),
            indexes: Vec::with_capacity(count),
            slots: vec![FREE; (count * 2).next_power_of_two()],
            seed: Seed::random(),
        };
        for position in 0..count {
            let index = match this.look_up(this.keys.values(position)) {
                Ok(index) => index,
                Err(free) => {
                    this.firsts.push(position);
                    let index = this.firsts.len() - 1;
                    this.slots[free] = index;
                    index
                }
            };
            this.indexes.push(index);
        }
        this
    }

    /// Returns the number of different keys.
    pub(super) fn len(&self) -> usize {
        self.firsts.len()
    }

    /// Finds the index of the key that has these values.
    pub(super) fn find(&self, values: KeyJson<'_>) -> Option<usize> {
        self.look_up(values).ok()
    }

    /// Returns the key of an index as the SDK's values.
    pub(super) fn item(&self, index: usize) -> Item {
        self.keys.item(self.firsts[index])
    }

    /// Returns the keys in DynamoDB JSON.
    pub(super) fn json(&self) -> &Arc<Vec<u8>> {
        self.keys.json()
    }

    /// Returns the byte ranges of the keys of these indexes. Most keys of a request are adjacent in the buffer, and are one
    /// range.
    pub(super) fn ranges(&self, indexes: &[usize]) -> Vec<Range<usize>> {
        let position = |index: &usize| self.firsts[*index];
        let adjacent = indexes.chunk_by(|a, b| position(a) + 1 == position(b));
        adjacent
            .map(|run| {
                let (first, last) = (position(&run[0]), position(&run[run.len() - 1]));
                self.keys.range(first, last)
            })
            .collect()
    }

    /// Finds the index of a key, or else the free slot for it.
    fn look_up(&self, values: KeyJson<'_>) -> Result<usize, usize> {
        // The number of slots is a power of two, and at least half of them are free.
        let mask = self.slots.len() - 1;
        let mut slot = self.seed.hash(values) as usize & mask;
        loop {
            match self.slots[slot] {
                FREE => return Err(slot),
                index if self.keys.values(self.firsts[index]) == values => return Ok(index),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// Returns how often each of the different keys was given.
    pub(super) fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.firsts.len()];
        for index in &self.indexes {
            counts[*index] += 1;
        }
        counts
    }
}

/// The number of bytes that are hashed at once.
const HASH_BLOCK: usize = 16;

/// Two random words of the hash. Nobody who sends keys knows them, so that nobody can send keys with equal hashes.
struct Seed([u64; 2]);

impl Seed {
    fn random() -> Self {
        Self([fastrand::u64(..), fastrand::u64(..)])
    }

    fn hash(&self, values: KeyJson<'_>) -> u64 {
        let [seed, other] = self.0;
        let mix = |hash: u64, block: [u8; HASH_BLOCK]| {
            let block = u128::from_le_bytes(block);
            // Both halves of a product depend on both of its factors.
            let (low, high) = (block as u64 ^ hash, (block >> 64) as u64 ^ other);
            let product = u128::from(low) * u128::from(high);
            (product >> 64) as u64 ^ product as u64
        };
        values.into_iter().fold(seed, |mut hash, value| {
            let (blocks, rest) = value.as_chunks();
            for block in blocks {
                hash = mix(hash, *block);
            }
            // The last block may overlap with the one before.
            match value.last_chunk() {
                _ if rest.is_empty() => hash,
                Some(last) => mix(hash, *last),
                None => {
                    let mut short = [0; HASH_BLOCK];
                    short[..rest.len()].copy_from_slice(rest);
                    mix(hash, short)
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::super::key_list::Keys;
    use super::*;
    use crate::schema::{EncodedKey, KeyElement, KeySchema};
    use crate::value::{AttributeValue, Item, KeyKind};

    static SCHEMA: KeySchema = KeySchema::new(&[KeyElement::new("id", KeyKind::N)], &[]);

    fn keys(numbers: &[&str]) -> KeyList {
        let item = |text: &&str| Item::from([("id".to_owned(), AttributeValue::N((*text).into()))]);
        let items = numbers.iter().map(item);
        let encoded = items.map(|item| EncodedKey::of_item(&SCHEMA, &item));
        let mut keys = Keys::default();
        keys.extend(&SCHEMA, encoded, EncodedKey::encode);
        keys.written()
    }

    #[test]
    fn keys_are_the_same_by_value_and_found_in_any_order() {
        let distinct = KeyIndex::of(keys(&["3", "1.0", "3.00", "2", "1", "3", "0.1e1"]));
        assert_eq!(distinct.firsts, [0, 1, 3]);
        assert_eq!(distinct.indexes, [0, 1, 0, 2, 1, 0, 1]);
        for (position, index) in distinct.indexes.iter().enumerate() {
            assert_eq!(distinct.find(distinct.keys.values(position)), Some(*index));
        }
        assert_eq!(distinct.find([b"{\"N\":\"4\"}", b""]), None);
        let none = KeyIndex::of(Keys::default().written());
        assert_eq!(none.find([b"", b""]), None);
        let ranges = distinct.ranges(&[0, 1, 2]);
        let texts = ranges.into_iter().map(|range| &distinct.json()[range]);
        let texts: Vec<&str> = texts
            .map(|text| std::str::from_utf8(text).unwrap())
            .collect();
        let adjacent = r#"{"id":{"N":"3"}},{"id":{"N":"1"}}"#;
        assert_eq!(texts, [adjacent, r#"{"id":{"N":"2"}}"#]);
    }

    #[test]
    fn many_keys_are_each_found() {
        let numbers: Vec<String> = (0..1_000).map(|n| (n * n).to_string()).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let distinct = KeyIndex::of(keys(&numbers));
        assert_eq!(distinct.len(), 1_000);
        for index in 0..1_000 {
            assert_eq!(distinct.find(distinct.keys.values(index)), Some(index));
        }
    }
}
