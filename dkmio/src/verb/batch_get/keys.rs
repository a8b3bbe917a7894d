//! The keys that are asked for, in one buffer: a batch may have many.

use crate::codec::wire::{self, KeyWriter, Reader};
use crate::error::Error;
use crate::schema::EncodedKey;
use crate::value::Item;
use crate::verb::identities::first_of_each;

/// Keys in the order in which they were given.
#[derive(Clone)]
pub(super) struct Keys {
    /// One behind the other.
    written: KeyWriter,
    /// Where each key ends.
    ends: Vec<usize>,
    /// The first key that DynamoDB would refuse.
    refused: Option<EncodedKey>,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            written: KeyWriter::new(),
            ends: Vec::new(),
            refused: None,
        }
    }
}

impl Keys {
    fn push(&mut self, key: EncodedKey) {
        if key.check().is_err() || key.write(&mut self.written).is_none() {
            self.refused.get_or_insert(key);
            return;
        }
        self.ends.push(self.written.length());
    }

    /// Says what is wrong with a key.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.refused.as_ref().map_or(Ok(()), EncodedKey::check)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the key at this place in DynamoDB JSON, by which it is told from others.
    pub(super) fn json(&self, place: usize) -> &[u8] {
        let end = |place: usize| self.ends.get(place).copied().unwrap_or_default();
        let start = place.checked_sub(1).map_or(0, end);
        self.written.part(start..end(place))
    }

    /// Returns the key at this place in the SDK's types.
    pub(super) fn item(&self, place: usize) -> Item {
        let mut reader = Reader::of_item(self.json(place));
        let item = reader.as_mut().ok().and_then(|r| wire::read_item(r).ok());
        // It was written here.
        item.unwrap_or_default()
    }
}

impl Extend<EncodedKey> for Keys {
    fn extend<I: IntoIterator<Item = EncodedKey>>(&mut self, keys: I) {
        let keys = keys.into_iter();
        self.ends.reserve(keys.size_hint().0);
        keys.for_each(|key| self.push(key));
    }
}

impl FromIterator<EncodedKey> for Keys {
    fn from_iter<I: IntoIterator<Item = EncodedKey>>(keys: I) -> Self {
        let mut all = Self::default();
        all.extend(keys);
        all
    }
}

/// The different ones of some keys, and at which of them each of the keys is found.
pub(super) struct Distinct {
    /// Where among all keys each of the different ones comes first.
    pub(super) firsts: Vec<usize>,
    /// For each of the keys, its place among the different ones.
    pub(super) places: Vec<usize>,
    /// The different ones in the order of their hashes, for them to be found.
    sorted: Vec<(u64, usize)>,
}

impl Distinct {
    pub(super) fn of(keys: &Keys) -> Self {
        let hashed = (0..keys.len()).map(|position| {
            let key = keys.json(position);
            ((hash(key), key), position)
        });
        let mut sorted: Vec<_> = hashed.collect();
        sorted.sort_unstable();
        let first_of = first_of_each(&sorted);
        let mut firsts = Vec::with_capacity(keys.len());
        let mut places = vec![0; keys.len()];
        for (position, &first) in first_of.iter().enumerate() {
            if first == position {
                places[position] = firsts.len();
                firsts.push(position);
            } else {
                places[position] = places[first];
            }
        }
        let different = sorted.into_iter();
        let different = different.filter(|(_, position)| first_of[*position] == *position);
        let sorted = different.map(|((hash, _), position)| (hash, places[position]));
        let sorted = sorted.collect();
        Self {
            firsts,
            places,
            sorted,
        }
    }

    /// Finds the place of a key.
    pub(super) fn find(&self, keys: &Keys, key: &[u8]) -> Option<usize> {
        let wanted = hash(key);
        let compare = |(hash, place): &(u64, usize)| {
            let hashes = hash.cmp(&wanted);
            hashes.then_with(|| keys.json(self.firsts[*place]).cmp(key))
        };
        let found = self.sorted.binary_search_by(compare).ok()?;
        Some(self.sorted[found].1)
    }
}

/// Returns a number that differs for most keys. Keys of the same number are compared, so that it need not be a good one.
fn hash(key: &[u8]) -> u64 {
    let mix =
        |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let (words, rest) = key.as_chunks();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let hash = words.fold(0, mix);
    rest.iter().map(|byte| u64::from(*byte)).fold(hash, mix)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::schema::{KeyElement, KeySchema};
    use crate::value::{AttributeValue, KeyKind};

    static SCHEMA: KeySchema = KeySchema::new(&[KeyElement::new("id", KeyKind::N)], &[]);

    fn keys(numbers: &[&str]) -> Keys {
        let item = |text: &&str| Item::from([("id".to_owned(), AttributeValue::N((*text).into()))]);
        let keys = numbers
            .iter()
            .map(|text| EncodedKey::of_item(&SCHEMA, &item(text)));
        keys.collect()
    }

    #[test]
    fn keys_are_the_same_by_value_and_found_in_any_order() {
        let keys = keys(&["3", "1.0", "3.00", "2", "1", "3", "0.1e1"]);
        let distinct = Distinct::of(&keys);
        assert_eq!(distinct.firsts, [0, 1, 3]);
        assert_eq!(distinct.places, [0, 1, 0, 2, 1, 0, 1]);
        for (position, place) in distinct.places.iter().enumerate() {
            assert_eq!(distinct.find(&keys, keys.json(position)), Some(*place));
        }
        assert_eq!(distinct.find(&keys, b"{\"id\":{\"N\":\"4\"}}"), None);
        assert_eq!(Distinct::of(&Keys::default()).find(&keys, b""), None);
    }

    #[test]
    fn many_keys_are_each_found() {
        let numbers: Vec<String> = (0..1_000).map(|n| (n * n).to_string()).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let keys = keys(&numbers);
        let distinct = Distinct::of(&keys);
        assert_eq!(distinct.firsts.len(), 1_000);
        for place in 0..1_000 {
            assert_eq!(distinct.find(&keys, keys.json(place)), Some(place));
        }
    }
}
