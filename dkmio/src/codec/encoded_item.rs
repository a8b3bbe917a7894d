//! Items that are encoded once, into the bytes that are sent.

use super::check_reads_back::check_reads_back;
use super::error::CodecError;
use super::wire::{self, KeyLookup, Reader};
use crate::error::Error;
use crate::value::{AttributeValue, EncodedItem, Item, KeyRanges, item_size, value_size};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl EncodedItem {
    /// Encodes a struct or map, and notes the ranges of its keys.
    #[cfg(test)]
    pub(crate) fn of<T: Serialize + ?Sized>(
        value: &T,
        keys: KeyLookup,
    ) -> Result<Self, CodecError> {
        Ok(Self::encode(value, keys)?.0)
    }

    /// Encodes a model, and refuses it if it would not read back.
    pub(crate) fn of_model<T: Serialize + DeserializeOwned>(
        value: &T,
        keys: KeyLookup,
    ) -> Result<Self, CodecError> {
        let (item, is_doubtful) = Self::encode(value, keys)?;
        if is_doubtful {
            check_reads_back(value)?;
        }
        Ok(item)
    }

    /// Returns the item, and `true` if it may not read back.
    fn encode<T: Serialize + ?Sized>(
        value: &T,
        keys: KeyLookup,
    ) -> Result<(Self, bool), CodecError> {
        let mut json = Vec::with_capacity(1024);
        let written = wire::encode_keyed_item(value, keys, &mut json)?;
        let item = Self::new(json, written.size, written.keys);
        Ok((item, written.is_doubtful))
    }

    /// Sets an attribute, in place of the item's own if it has it. The `index` is that among the keys, if it is one.
    pub(crate) fn set(
        &mut self,
        name: &str,
        value: &AttributeValue,
        index: Option<usize>,
    ) -> Result<(), CodecError> {
        let range = wire::attribute_range(self.json(), name)?;
        let mut json = Vec::with_capacity(64);
        wire::write_value(value, &mut json);
        let size = match &range {
            Some(_) => {
                let before = self.pick(|other| other == name, 1)?;
                let before = before.values().map(value_size).sum();
                self.size().saturating_sub(before) + value_size(value)
            }
            None => self.size() + name.len() + value_size(value),
        };
        let name = serde_json::to_vec(name).map_err(|e| CodecError::new(e.to_string()))?;
        self.put(&name, &json, range, index, size);
        Ok(())
    }

    /// Writes an item of the SDK's values.
    pub(crate) fn of_item(item: &Item) -> Self {
        let mut json = Vec::with_capacity(64);
        wire::write_item(item, &mut json);
        Self::new(json, item_size(item), KeyRanges::default())
    }

    /// Reads the item into the SDK's values.
    pub(crate) fn to_item(&self) -> Result<Item, CodecError> {
        Ok(wire::read_item(&mut Reader::of_item(self.json())?)?)
    }

    /// Reads the item into the SDK's values, with an error for the user.
    pub(crate) fn sdk_item(&self) -> Result<Item, Error> {
        self.to_item().map_err(|e| e.into_encode(None))
    }

    /// Returns the first `count` wanted attributes.
    pub(crate) fn pick(
        &self,
        wanted: impl Fn(&str) -> bool,
        count: usize,
    ) -> Result<Item, CodecError> {
        let mut reader = Reader::of_item(self.json())?;
        let found = wire::peek_attributes(&mut reader, wanted, count)?;
        let found = found.into_iter();
        found
            .map(|(name, value)| Ok((name.into_owned(), value.read()?)))
            .collect()
    }
}
