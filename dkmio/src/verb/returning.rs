//! What writes return.

use crate::codec::wire::{self, Fault, ReadItem, Reader, WireError};
use crate::codec::{self, CodecError};
use crate::error::Error;
use crate::executor::ItemSink;
use crate::schema::Table;
use crate::value::Item;
use aws_sdk_dynamodb::types::ReturnValue;
use serde::de::DeserializeOwned;

/// What a write asks DynamoDB to return, and how that is read.
pub(super) struct Returning<R> {
    pub(super) values: Option<ReturnValue>,
    decode: fn(Option<Item>) -> Result<R, CodecError>,
    /// The same from bytes, where that is more than reading the item and decoding it.
    read: Option<ReadItem<R>>,
}

impl<R> Clone for Returning<R> {
    fn clone(&self) -> Self {
        Self {
            values: self.values.clone(),
            ..*self
        }
    }
}

impl Returning<()> {
    pub(super) fn nothing() -> Self {
        Self {
            values: None,
            decode: |_| Ok(()),
            read: None,
        }
    }
}

impl<M: DeserializeOwned> Returning<Option<M>> {
    /// `ALL_OLD`: the item as it was, or `None` if there was none.
    pub(super) fn old() -> Self {
        Self {
            values: Some(ReturnValue::AllOld),
            decode: |item| item.map(codec::decode_item).transpose(),
            read: Some(|reader| wire::decode_item(reader).map(Some)),
        }
    }
}

impl<M: DeserializeOwned> Returning<M> {
    /// `ALL_NEW`: the item as it is now.
    pub(super) fn new() -> Self {
        Self {
            values: Some(ReturnValue::AllNew),
            decode: |item| codec::decode_item(item.unwrap_or_default()),
            read: Some(|reader| wire::decode_item(reader)),
        }
    }
}

impl<R> Returning<R> {
    /// Some attributes of the item.
    pub(super) fn some(
        values: ReturnValue,
        decode: fn(Option<Item>) -> Result<R, CodecError>,
    ) -> Self {
        Self {
            values: Some(values),
            decode,
            read: None,
        }
    }

    pub(super) fn receive(self) -> Returned<R> {
        Returned {
            returning: self,
            value: None,
        }
    }
}

/// Receives what a write returns.
pub(super) struct Returned<R> {
    returning: Returning<R>,
    value: Option<Result<R, CodecError>>,
}

impl<R> Returned<R> {
    /// Returns it; an error in it names the item's key, and says that the write was done.
    pub(super) fn finish<M: Table>(self, key: impl FnOnce() -> Option<Item>) -> Result<R, Error> {
        let value = self.value.unwrap_or_else(|| (self.returning.decode)(None));
        value.map_err(|e| e.into_decode(Some(M::SCHEMA.name()), key()).after_write())
    }
}

impl<R: Send + 'static> ItemSink for Returned<R> {
    fn for_attempt(&self) -> Self {
        self.returning.clone().receive()
    }

    fn wants_items(&self) -> bool {
        self.returning.values.is_some()
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let Some(read) = self.returning.read else {
            let item = wire::read_item(reader)?;
            self.push("", Some(item));
            return Ok(());
        };
        let start = reader.position();
        let result = read(reader);
        // Some engines return an item without attributes where there is none.
        let json = reader.slice(start, reader.position())?;
        let inner = json.trim().strip_prefix('{');
        if inner.is_some_and(|inner| inner.trim() == "}") {
            return Ok(());
        }
        match result {
            Ok(value) => self.value = Some(Ok(value)),
            Err(WireError::Json(fault)) => return Err(fault),
            Err(WireError::Value(error)) => self.value = Some(Err(error)),
        }
        Ok(())
    }

    fn push(&mut self, _: &str, item: Option<Item>) {
        let item = item.filter(|item| !item.is_empty());
        self.value = Some((self.returning.decode)(item));
    }
}
