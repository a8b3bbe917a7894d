//! An item in the bytes that are sent.

use std::fmt;
use std::ops::Range;

/// An item in DynamoDB JSON. Made by the codec, and sent by the executor.
#[derive(Clone)]
pub(crate) struct EncodedItem {
    json: Vec<u8>,
    size: usize,
    keys: KeyRanges,
}

impl EncodedItem {
    pub(crate) fn new(json: Vec<u8>, size: usize, keys: KeyRanges) -> Self {
        Self { json, size, keys }
    }

    pub(crate) fn json(&self) -> &[u8] {
        &self.json
    }

    /// Returns the size in bytes, as DynamoDB counts it against its limits.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Adds the attributes of a JSON object behind the item's own. The ranges in the object are those of the table's keys.
    pub(crate) fn append(&mut self, object: &[u8], keys: &[Range<usize>], size: usize) {
        let Some(attributes) = object.strip_prefix(b"{") else {
            return;
        };
        if self.json.pop_if(|last| *last == b'}').is_some() && self.json.len() > 1 {
            self.json.push(b',');
        }
        let moved = self.json.len();
        self.json.extend_from_slice(attributes);
        for (index, range) in keys.iter().enumerate() {
            let ends = range.start - 1 + moved..range.end - 1 + moved;
            self.keys.put(index, ends);
        }
        self.size += size;
    }

    /// Puts the JSON of a value in place of the one in this range, which is not empty, or adds the attribute if there is
    /// none. The name is in quotes. `size` is what the item then counts; the `index` is that among the keys, if it is one.
    pub(crate) fn put(
        &mut self,
        name: &[u8],
        value: &[u8],
        range: Option<Range<usize>>,
        index: Option<usize>,
        size: usize,
    ) {
        self.size = size;
        let start = match range {
            Some(range) => {
                self.keys.resize(&range, value.len());
                self.json.splice(range.clone(), value.iter().copied());
                range.start
            }
            None => {
                self.json.pop_if(|last| *last == b'}');
                if self.json.len() > 1 {
                    self.json.push(b',');
                }
                self.json.extend_from_slice(name);
                self.json.push(b':');
                let start = self.json.len();
                self.json.extend_from_slice(value);
                self.json.push(b'}');
                start
            }
        };
        if let Some(index) = index {
            self.keys.put(index, start..start + value.len());
        }
    }

    /// Whether the item lacks every key that [`EncodedItem::key`] does not return. If `false`, it may have one all the
    /// same.
    pub(crate) fn knows_keys(&self) -> bool {
        self.keys.is_all
    }

    /// Returns the JSON of a key with its name. Returns `None` also if the name has escapes.
    pub(crate) fn named_key(&self, index: usize, name: &str) -> Option<&[u8]> {
        let (start, end) = *self.keys.ranges.get(index)?;
        let from = (start as usize).checked_sub(name.len() + 3)?;
        let json = self.json.get(from..end as usize)?;
        let rest = json.strip_prefix(b"\"")?.strip_prefix(name.as_bytes())?;
        rest.starts_with(b"\":").then_some(json)
    }

    /// Returns the JSON of a key's value. The index is that among the keys of the table and its indexes.
    pub(crate) fn key(&self, index: usize) -> Option<&[u8]> {
        let (start, end) = *self.keys.ranges.get(index)?;
        let json = self.json.get(start as usize..end as usize)?;
        (!json.is_empty()).then_some(json)
    }
}

/// Shows the size only, because values do not belong in logs.
impl fmt::Debug for EncodedItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an item of {} bytes", self.size)
    }
}

/// The byte ranges of the keys' values in an item's JSON. Filled while the item is written, and read by
/// [`EncodedItem`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeyRanges {
    /// The starts and ends for the keys of the table and of one or two indexes. Most models have no more.
    ranges: [(u32, u32); 4],
    /// `true` if `ranges` has every key that the item has.
    is_all: bool,
}

impl KeyRanges {
    /// The ranges of an item without keys.
    pub(crate) fn all() -> Self {
        Self {
            is_all: true,
            ..Self::default()
        }
    }

    /// Moves the ranges behind a value that gets another length.
    fn resize(&mut self, value: &Range<usize>, length: usize) {
        let moved = |at: u32| {
            let at = at as usize;
            let at = if at < value.end {
                at
            } else {
                at - value.len() + length
            };
            u32::try_from(at).ok()
        };
        for (start, end) in &mut self.ranges {
            match moved(*start).zip(moved(*end)) {
                Some(ends) => (*start, *end) = ends,
                None => self.is_all = false,
            }
        }
    }

    /// Notes the range of a key's value.
    pub(crate) fn put(&mut self, index: usize, range: Range<usize>) {
        let ends = u32::try_from(range.start)
            .ok()
            .zip(u32::try_from(range.end).ok());
        match (self.ranges.get_mut(index), ends) {
            (Some(to), Some(ends)) => *to = ends,
            _ => self.is_all = false,
        }
    }
}
