//! Encodes items once, to bytes that are sent as they are, and reads keys and items back from those bytes.

use super::check::check_reads_back;
use super::{CodecError, from_item, wire};
use crate::error::{Error, PendingWrite};
use crate::value::{EncodedItem, Item, KeyPlaces, item_size};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl EncodedItem {
    /// Encodes a struct or map, and records the byte ranges of its keys.
    #[cfg(test)]
    pub(crate) fn of<T: Serialize + ?Sized>(
        value: &T,
        keys: wire::KeyNames,
    ) -> Result<Self, CodecError> {
        Ok(Self::encode(value, keys)?.0)
    }

    /// Encodes a model with the byte ranges of its keys, and refuses a value that would not read back.
    pub(crate) fn of_model<T: Serialize + DeserializeOwned>(
        value: &T,
        keys: wire::KeyNames,
    ) -> Result<Self, CodecError> {
        let (item, is_doubtful) = Self::encode(value, keys)?;
        if is_doubtful {
            check_reads_back(value)?;
        }
        Ok(item)
    }

    /// Encodes a struct or map; returns `true` with it if a value may not read back.
    fn encode<T: Serialize + ?Sized>(
        value: &T,
        keys: wire::KeyNames,
    ) -> Result<(Self, bool), CodecError> {
        let mut json = Vec::with_capacity(1024);
        let written = wire::encode_keyed_item(value, keys, &mut json)?;
        let item = Self::new(json, written.size, written.keys);
        Ok((item, written.is_doubtful))
    }

    pub(crate) fn of_item(item: &Item) -> Self {
        let mut json = Vec::with_capacity(64);
        wire::write_item(item, &mut json);
        Self::new(json, item_size(item), KeyPlaces::default())
    }

    /// Returns the item in the SDK's types.
    pub(crate) fn to_item(&self) -> Result<Item, CodecError> {
        let read = || wire::read_item(&mut wire::Reader::of_item(self.json())?);
        read().map_err(|fault| CodecError::new(fault.to_string()))
    }

    /// The same, with the error of a request.
    pub(crate) fn sdk_item(&self) -> Result<Item, Error> {
        self.to_item().map_err(|e| e.into_encode(None))
    }

    /// Returns the attributes whose names are `wanted`; reads no further once it has `count` of them.
    pub(crate) fn pick(
        &self,
        wanted: impl Fn(&str) -> bool,
        count: usize,
    ) -> Result<Item, CodecError> {
        let pick = || -> Result<Item, wire::Fault> {
            let mut reader = wire::Reader::of_item(self.json())?;
            let found = wire::peek_attributes(&mut reader, wanted, count)?;
            let found = found.into_iter();
            found
                .map(|(name, value)| Ok((name.into_owned(), value.read()?)))
                .collect()
        };
        pick().map_err(|fault| CodecError::new(fault.to_string()))
    }
}

impl PendingWrite {
    /// Returns the key of the item that is put or deleted.
    pub fn key(&self) -> &Item {
        self.key.get_or_init(|| {
            let picked = self
                .item
                .as_ref()
                .map(|item| item.pick(self.is_key, usize::MAX));
            // Its key was checked when it was encoded.
            picked.and_then(Result::ok).unwrap_or_default()
        })
    }

    /// Returns the item to put, as a `T`; `None` for a delete.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the item does not read as `T`.
    pub fn item<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        self.raw_item()?.map(from_item).transpose()
    }

    /// Returns the item to put, without the model; `None` for a delete.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] never, because dkmio wrote the item itself.
    pub fn raw_item(&self) -> Result<Option<Item>, Error> {
        let item = self.item.as_ref().map(EncodedItem::to_item).transpose();
        item.map_err(|e| e.into_decode(Some(self.table), None))
    }
}
