//! `Keys` and `KeyList`: the keys of a batch, encoded one after the other into one buffer, because a batch may have many.

use crate::codec::wire::{self, KeyWriter, Reader};
use crate::error::Error;
use crate::schema::{EncodeKey, KeyFault, KeySchema, write_key};
use crate::value::Item;
use std::ops::Range;
use std::sync::Arc;

/// By how many bytes other keys may be longer than the first before the buffer grows.
const SPARE: usize = 8;
/// The number of keys for which the buffer has room at first.
const ROOM_FOR: usize = 1_000;

/// Keys that the builder collects, in the order in which they were given.
#[derive(Clone)]
pub(super) struct Keys {
    /// The keys in DynamoDB JSON, separated by commas.
    written: KeyWriter,
    keys: Vec<WrittenKey>,
    /// Why DynamoDB would refuse the first key that it would refuse.
    refused: Option<KeyFault>,
}

/// Where a key is in the buffer.
#[derive(Clone)]
struct WrittenKey {
    range: Range<usize>,
    /// The ranges of its values; the second is empty if the table has no sort key.
    values: [Range<usize>; 2],
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            written: KeyWriter::new(),
            keys: Vec::new(),
            refused: None,
        }
    }
}

impl Keys {
    /// Encodes keys, and adds them.
    pub(super) fn extend<K>(
        &mut self,
        schema: &'static KeySchema,
        keys: impl IntoIterator<Item = K>,
        encode: EncodeKey<K>,
    ) {
        let keys = keys.into_iter();
        let count = keys.size_hint().0;
        self.keys.reserve(count);
        for (index, key) in keys.enumerate() {
            if !self.is_empty() {
                self.written.separate();
            }
            let start = self.written.length();
            match write_key(schema, key, encode, &mut self.written) {
                Ok(values) => self.keys.push(WrittenKey {
                    range: start..self.written.length(),
                    values,
                }),
                // The batch is refused as a whole, so that the buffer may hold a part of this key.
                Err(fault) => _ = self.refused.get_or_insert(fault),
            }
            if index == 0 {
                // The other keys have about its length.
                let length = self.written.length() - start + SPARE;
                self.written.reserve(count.min(ROOM_FOR) * length);
            }
        }
    }

    /// Returns the error of the first key that DynamoDB would refuse.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.refused
            .clone()
            .map_or(Ok(()), |fault| Err(fault.into_error()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Returns the keys of a plan, to which no more are added.
    pub(super) fn written(self) -> KeyList {
        KeyList {
            json: Arc::new(self.written.into_bytes()),
            keys: self.keys,
        }
    }
}

/// The keys of a plan's member. A key's number in it is its `position`.
pub(super) struct KeyList {
    /// The keys in DynamoDB JSON, separated by commas; the requests share it.
    json: Arc<Vec<u8>>,
    keys: Vec<WrittenKey>,
}

/// The JSON of a key's values, by which keys are compared; the second is empty if the table has no sort key.
pub(super) type KeyJson<'a> = [&'a [u8]; 2];

impl KeyList {
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn json(&self) -> &Arc<Vec<u8>> {
        &self.json
    }

    /// Returns the byte range of the keys from the position `first` to the position `last`, with the commas between them.
    pub(super) fn range(&self, first: usize, last: usize) -> Range<usize> {
        self.keys[first].range.start..self.keys[last].range.end
    }

    #[inline]
    pub(super) fn values(&self, position: usize) -> KeyJson<'_> {
        let [first, second] = &self.keys[position].values;
        [
            &self.json[first.start..first.end],
            &self.json[second.start..second.end],
        ]
    }

    /// Returns a key as the SDK's values.
    pub(super) fn item(&self, position: usize) -> Item {
        let mut reader = Reader::of_item(&self.json[self.range(position, position)]);
        let item = reader.as_mut().ok().and_then(|r| wire::read_item(r).ok());
        // The key was encoded by `Keys`, so that reading it succeeds.
        item.unwrap_or_default()
    }
}
