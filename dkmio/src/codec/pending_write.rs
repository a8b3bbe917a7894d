//! The items of a batch's writes that DynamoDB did not take, for the user to look at.

use super::from_item::from_item;
use crate::error::{Error, PendingWrite};
use crate::value::{EncodedItem, Item};
use serde::de::DeserializeOwned;

impl PendingWrite {
    /// Returns the key of the item that is put or deleted.
    pub fn key(&self) -> &Item {
        self.key.get_or_init(|| {
            let picked = self
                .item
                .as_ref()
                .map(|item| item.pick(self.is_key, usize::MAX));
            // The key was checked when the item was encoded.
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
    /// [`Error::Decode`] never: the item was written by this library.
    pub fn raw_item(&self) -> Result<Option<Item>, Error> {
        let item = self.item.as_ref().map(EncodedItem::to_item).transpose();
        item.map_err(|e| e.into_decode(Some(self.table), None))
    }
}
