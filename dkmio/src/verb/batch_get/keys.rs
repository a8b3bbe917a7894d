//! The keys that are asked for, in one buffer: a batch may have many.

use crate::codec::wire::{self, KeyWriter, Reader};
use crate::error::Error;
use crate::schema::{EncodeKey, KeyFault, KeySchema, write_key};
use crate::value::Item;
use std::ops::Range;
use std::sync::Arc;

/// How much longer than the first key others may be, and for how many room is made at first.
const SPARE: usize = 8;
const MOST: usize = 1_000;

/// Keys in the order in which they were given.
#[derive(Clone)]
pub(super) struct Keys {
    /// In DynamoDB JSON, a comma between them.
    written: KeyWriter,
    places: Vec<KeyPlace>,
    /// What is wrong with the first key that DynamoDB would refuse.
    refused: Option<KeyFault>,
}

/// Where a key stands.
#[derive(Clone)]
struct KeyPlace {
    key: Range<usize>,
    /// Where its values stand; the second is empty, if it has one.
    values: [Range<usize>; 2],
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            written: KeyWriter::new(),
            places: Vec::new(),
            refused: None,
        }
    }
}

impl Keys {
    /// Adds keys of this form.
    pub(super) fn extend<K>(
        &mut self,
        schema: &'static KeySchema,
        keys: impl IntoIterator<Item = K>,
        encode: EncodeKey<K>,
    ) {
        let keys = keys.into_iter();
        let count = keys.size_hint().0;
        self.places.reserve(count);
        for (index, key) in keys.enumerate() {
            if !self.is_empty() {
                self.written.separate();
            }
            let start = self.written.length();
            match write_key(schema, key, encode, &mut self.written) {
                Ok(values) => self.places.push(KeyPlace {
                    key: start..self.written.length(),
                    values,
                }),
                // They will not be sent.
                Err(fault) => _ = self.refused.get_or_insert(fault),
            }
            if index == 0 {
                // The others are of about its length.
                let length = self.written.length() - start + SPARE;
                self.written.reserve(count.min(MOST) * length);
            }
        }
    }

    /// Says what is wrong with a key.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.refused
            .clone()
            .map_or(Ok(()), |fault| Err(fault.into_error()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub(super) fn written(self) -> KeyList {
        KeyList {
            json: Arc::new(self.written.into_bytes()),
            places: self.places,
        }
    }
}

/// Keys of which there will be no more.
pub(super) struct KeyList {
    /// A comma between them; requests share it.
    json: Arc<Vec<u8>>,
    places: Vec<KeyPlace>,
}

/// The JSON of the values of a key; of one value, the second is empty. By them keys are told apart.
pub(super) type KeyJson<'a> = [&'a [u8]; 2];

impl KeyList {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn json(&self) -> &Arc<Vec<u8>> {
        &self.json
    }

    /// Returns where the keys from one up to another stand, a comma between them.
    pub(super) fn place(&self, first: usize, last: usize) -> Range<usize> {
        self.places[first].key.start..self.places[last].key.end
    }

    #[inline]
    pub(super) fn values(&self, place: usize) -> KeyJson<'_> {
        let [first, second] = &self.places[place].values;
        [
            &self.json[first.start..first.end],
            &self.json[second.start..second.end],
        ]
    }

    /// Returns the key at this place in the SDK's types.
    pub(super) fn item(&self, place: usize) -> Item {
        let mut reader = Reader::of_item(&self.json[self.place(place, place)]);
        let item = reader.as_mut().ok().and_then(|r| wire::read_item(r).ok());
        // It was written here.
        item.unwrap_or_default()
    }
}

/// The different ones of some keys, and at which of them each of the keys is found.
pub(super) struct KeyIndex {
    /// Where among all keys each of the different ones comes first.
    pub(super) firsts: Vec<usize>,
    /// For each of the keys, its place among the different ones.
    pub(super) places: Vec<usize>,
    /// The places of the different ones: each stands where the hash of its key says, or in the next free one after it.
    table: Vec<usize>,
    seed: Seed,
}

/// In the table, where no place stands.
const FREE: usize = usize::MAX;

impl KeyIndex {
    pub(super) fn of(keys: &KeyList) -> Self {
        let mut distinct = Self {
            firsts: Vec::with_capacity(keys.len()),
            places: Vec::with_capacity(keys.len()),
            table: vec![FREE; (keys.len() * 2).next_power_of_two()],
            seed: Seed::random(),
        };
        for position in 0..keys.len() {
            let place = match distinct.look_up(keys, keys.values(position)) {
                Ok(place) => place,
                Err(free) => {
                    distinct.firsts.push(position);
                    let place = distinct.firsts.len() - 1;
                    distinct.table[free] = place;
                    place
                }
            };
            distinct.places.push(place);
        }
        distinct
    }

    /// Finds the place of the key of these values.
    pub(super) fn find(&self, keys: &KeyList, values: KeyJson<'_>) -> Option<usize> {
        self.look_up(keys, values).ok()
    }

    /// Finds the place of a key, or where in the table it is to stand.
    fn look_up(&self, keys: &KeyList, values: KeyJson<'_>) -> Result<usize, usize> {
        // Its length is a power of two, and half of it stays free.
        let mask = self.table.len() - 1;
        let mut at = self.seed.hash(values) as usize & mask;
        loop {
            match self.table[at] {
                FREE => return Err(at),
                place if keys.values(self.firsts[place]) == values => return Ok(place),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Returns for each of the different keys how often it is asked for.
    pub(super) fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.firsts.len()];
        for place in &self.places {
            counts[*place] += 1;
        }
        counts
    }
}

/// The bytes of a key that are looked at together.
const BLOCK: usize = 16;

/// Two random words, which nobody who gives us keys knows.
struct Seed([u64; 2]);

impl Seed {
    fn random() -> Self {
        Self([fastrand::u64(..), fastrand::u64(..)])
    }

    fn hash(&self, values: KeyJson<'_>) -> u64 {
        let [seed, other] = self.0;
        let mix = |hash: u64, block: [u8; BLOCK]| {
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
            // The last block and the one before may have bytes in common.
            match value.last_chunk() {
                _ if rest.is_empty() => hash,
                Some(last) => mix(hash, *last),
                None => {
                    let mut short = [0; BLOCK];
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

    use super::*;
    use crate::schema::{EncodedKey, KeyElement};
    use crate::value::{AttributeValue, KeyKind};

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
        assert_eq!(distinct.places, [0, 1, 0, 2, 1, 0, 1]);
        for (position, place) in distinct.places.iter().enumerate() {
            assert_eq!(distinct.find(&keys, keys.values(position)), Some(*place));
        }
        assert_eq!(distinct.find(&keys, [b"{\"N\":\"4\"}", b""]), None);
        let none = Keys::default().written();
        assert_eq!(KeyIndex::of(&none).find(&none, [b"", b""]), None);
        let json = &keys.json()[keys.place(3, 4)];
        assert_eq!(json, b"{\"id\":{\"N\":\"2\"}},{\"id\":{\"N\":\"1\"}}");
    }

    #[test]
    fn many_keys_are_each_found() {
        let numbers: Vec<String> = (0..1_000).map(|n| (n * n).to_string()).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let keys = keys(&numbers);
        let distinct = KeyIndex::of(&keys);
        assert_eq!(distinct.firsts.len(), 1_000);
        for place in 0..1_000 {
            assert_eq!(distinct.find(&keys, keys.values(place)), Some(place));
        }
    }
}
