//! The keys that are asked for, in one buffer: a batch may have many.

use crate::codec::wire::{self, Reader};
use crate::error::Error;
use crate::schema::EncodedKey;
use crate::value::Item;

/// Keys in the order in which they were given.
#[derive(Clone, Default)]
pub(super) struct Keys {
    /// In DynamoDB JSON, one behind the other.
    json: Vec<u8>,
    /// What tells them apart, in the same way.
    identities: Vec<u8>,
    /// Where each key ends in both.
    ends: Vec<(usize, usize)>,
    /// The first key that DynamoDB would refuse.
    refused: Option<EncodedKey>,
}

impl Keys {
    pub(super) fn push(&mut self, key: EncodedKey) {
        if key.check().is_err() {
            self.refused.get_or_insert(key);
            return;
        }
        key.write(&mut self.json);
        // A key that has no identity is none; DynamoDB will say so.
        let _ = key.identify(&mut self.identities);
        self.ends.push((self.json.len(), self.identities.len()));
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

    /// Returns the key at this place in DynamoDB JSON.
    pub(super) fn json(&self, place: usize) -> &[u8] {
        let (start, end) = (self.start(place).0, self.end(place).0);
        self.json.get(start..end).unwrap_or_default()
    }

    /// Returns what tells the key at this place from others.
    pub(super) fn identity(&self, place: usize) -> &[u8] {
        let (start, end) = (self.start(place).1, self.end(place).1);
        self.identities.get(start..end).unwrap_or_default()
    }

    /// Returns the key at this place in the SDK's types.
    pub(super) fn item(&self, place: usize) -> Item {
        let mut reader = Reader::of_item(self.json(place));
        let item = reader.as_mut().ok().and_then(|r| wire::read_item(r).ok());
        // It was written here.
        item.unwrap_or_default()
    }

    fn start(&self, place: usize) -> (usize, usize) {
        match place.checked_sub(1) {
            Some(before) => self.end(before),
            None => (0, 0),
        }
    }

    fn end(&self, place: usize) -> (usize, usize) {
        self.ends.get(place).copied().unwrap_or_default()
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
    /// The different ones in the order of their identities.
    sorted: Vec<usize>,
}

impl Distinct {
    pub(super) fn of(keys: &Keys) -> Self {
        let mut sorted: Vec<usize> = (0..keys.len()).collect();
        let order = |a: &usize, b: &usize| keys.identity(*a).cmp(keys.identity(*b));
        sorted.sort_unstable_by(|a, b| order(a, b).then(a.cmp(b)));
        // Where each key comes first.
        let mut first_of = vec![0; keys.len()];
        let mut same = None;
        for &position in &sorted {
            let first = *same
                .filter(|first| order(first, &position).is_eq())
                .get_or_insert(position);
            first_of[position] = first;
            same = Some(first);
        }
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
        sorted.retain(|position| first_of[*position] == *position);
        for place in &mut sorted {
            *place = places[*place];
        }
        Self {
            firsts,
            places,
            sorted,
        }
    }

    /// Finds the place of the key of this identity.
    pub(super) fn find(&self, keys: &Keys, identity: &[u8]) -> Option<usize> {
        let compare = |place: &usize| keys.identity(self.firsts[*place]).cmp(identity);
        let found = self.sorted.binary_search_by(compare).ok()?;
        Some(self.sorted[found])
    }
}
