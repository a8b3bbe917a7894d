//! `KeyIndex`: finds equal keys of a batch, and the key of an item by its values.

use super::key_list::{KeyJson, KeyList};

/// Numbers the different keys of a [`KeyList`]: a key's number among all keys is its `position`, its number among the
/// different keys is its `index`.
pub(super) struct KeyIndex {
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
    pub(super) fn of(keys: &KeyList) -> Self {
        let mut this = Self {
            firsts: Vec::with_capacity(keys.len()),
            indexes: Vec::with_capacity(keys.len()),
            slots: vec![FREE; (keys.len() * 2).next_power_of_two()],
            seed: Seed::random(),
        };
        for position in 0..keys.len() {
            let index = match this.look_up(keys, keys.values(position)) {
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
    pub(super) fn find(&self, keys: &KeyList, values: KeyJson<'_>) -> Option<usize> {
        self.look_up(keys, values).ok()
    }

    /// Finds the index of a key, or else the free slot for it.
    fn look_up(&self, keys: &KeyList, values: KeyJson<'_>) -> Result<usize, usize> {
        // The number of slots is a power of two, and at least half of them are free.
        let mask = self.slots.len() - 1;
        let mut slot = self.seed.hash(values) as usize & mask;
        loop {
            match self.slots[slot] {
                FREE => return Err(slot),
                index if keys.values(self.firsts[index]) == values => return Ok(index),
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
        let keys = keys(&["3", "1.0", "3.00", "2", "1", "3", "0.1e1"]);
        let distinct = KeyIndex::of(&keys);
        assert_eq!(distinct.firsts, [0, 1, 3]);
        assert_eq!(distinct.indexes, [0, 1, 0, 2, 1, 0, 1]);
        for (position, index) in distinct.indexes.iter().enumerate() {
            assert_eq!(distinct.find(&keys, keys.values(position)), Some(*index));
        }
        assert_eq!(distinct.find(&keys, [b"{\"N\":\"4\"}", b""]), None);
        let none = Keys::default().written();
        assert_eq!(KeyIndex::of(&none).find(&none, [b"", b""]), None);
        let json = &keys.json()[keys.range(3, 4)];
        assert_eq!(json, b"{\"id\":{\"N\":\"2\"}},{\"id\":{\"N\":\"1\"}}");
    }

    #[test]
    fn many_keys_are_each_found() {
        let numbers: Vec<String> = (0..1_000).map(|n| (n * n).to_string()).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let keys = keys(&numbers);
        let distinct = KeyIndex::of(&keys);
        assert_eq!(distinct.len(), 1_000);
        for index in 0..1_000 {
            assert_eq!(distinct.find(&keys, keys.values(index)), Some(index));
        }
    }
}
