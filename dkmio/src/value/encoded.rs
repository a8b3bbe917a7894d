//! An item that is encoded already, as it goes into a request, with the byte ranges of its keys.

use std::fmt;
use std::ops::Range;

/// An item in DynamoDB JSON, as it is sent.
#[derive(Clone)]
pub(crate) struct EncodedItem {
    json: Vec<u8>,
    size: usize,
    keys: KeyPlaces,
}

impl EncodedItem {
    pub(crate) fn new(json: Vec<u8>, size: usize, keys: KeyPlaces) -> Self {
        Self { json, size, keys }
    }

    pub(crate) fn json(&self) -> &[u8] {
        &self.json
    }

    /// Returns the size in bytes, as DynamoDB counts it against its limits.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Returns `true` if the item lacks every key attribute for which [`EncodedItem::key`] returns `None`.
    pub(crate) fn knows_keys(&self) -> bool {
        self.keys.is_all
    }

    /// Returns the JSON of a key attribute with its name; `None` also if the name has escapes.
    pub(crate) fn named_key(&self, place: usize, name: &str) -> Option<&[u8]> {
        let (start, end) = *self.keys.places.get(place)?;
        let from = (start as usize).checked_sub(name.len() + 3)?;
        let json = self.json.get(from..end as usize)?;
        let rest = json.strip_prefix(b"\"")?.strip_prefix(name.as_bytes())?;
        rest.starts_with(b"\":").then_some(json)
    }

    /// Returns the JSON of a key attribute's value, by its index among the keys of the table and its indexes.
    pub(crate) fn key(&self, place: usize) -> Option<&[u8]> {
        let (start, end) = *self.keys.places.get(place)?;
        let json = self.json.get(start as usize..end as usize)?;
        (!json.is_empty()).then_some(json)
    }
}

/// Prints no values.
impl fmt::Debug for EncodedItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an item of {} bytes", self.size)
    }
}

/// The byte ranges of the key attributes' values in an item's JSON.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeyPlaces {
    /// Start and end of each value. Four are enough for a table and one or two indexes, and most models have no more.
    places: [(u32, u32); 4],
    /// `true` if each key attribute of the item has its range here.
    is_all: bool,
}

impl KeyPlaces {
    /// Returns the ranges of an item without key attributes.
    pub(crate) fn all() -> Self {
        Self {
            is_all: true,
            ..Self::default()
        }
    }

    /// Records the range of a key attribute's value.
    pub(crate) fn put(&mut self, place: usize, range: Range<usize>) {
        let ends = u32::try_from(range.start)
            .ok()
            .zip(u32::try_from(range.end).ok());
        match (self.places.get_mut(place), ends) {
            (Some(place), Some(ends)) => *place = ends,
            _ => self.is_all = false,
        }
    }
}
