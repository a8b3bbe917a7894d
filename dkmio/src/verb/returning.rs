//! `Returning`: what a put, an update or a delete asks DynamoDB to return.

use crate::codec::CodecError;
use crate::codec::wire::{Fault, Reader};
use crate::error::Error;
use crate::executor::ItemSink;
use crate::expr::Decoder;
use crate::schema::Table;
use crate::value::Item;
use aws_sdk_dynamodb::types::ReturnValue;

/// The `ReturnValues` of a write, and how the returned item is decoded.
pub(super) struct Returning<R> {
    pub(super) values: Option<ReturnValue>,
    decoder: Decoder<R>,
}

impl<R> Clone for Returning<R> {
    fn clone(&self) -> Self {
        Self {
            values: self.values.clone(),
            decoder: self.decoder.clone(),
        }
    }
}

impl Returning<()> {
    pub(super) fn nothing() -> Self {
        Self {
            values: None,
            decoder: Decoder::nothing(),
        }
    }
}

impl<M: Table> Returning<Option<M>> {
    /// `ALL_OLD`: the item before the write, or `None` if there was none.
    pub(super) fn old() -> Self {
        Self::of(ReturnValue::AllOld, Decoder::optional())
    }
}

impl<M: Table> Returning<M> {
    /// `ALL_NEW`: the item after the write.
    pub(super) fn new() -> Self {
        Self::of(ReturnValue::AllNew, Decoder::whole::<M>().of_kind::<M>())
    }
}

impl<R> Returning<R> {
    pub(super) fn of(values: ReturnValue, decoder: Decoder<R>) -> Self {
        Self {
            values: Some(values),
            decoder,
        }
    }

    /// Returns the sink of the write's answer.
    pub(super) fn sink(self) -> ReturnedItem<R> {
        ReturnedItem {
            returning: self,
            value: None,
        }
    }
}

/// Receives the item that a write returns.
pub(super) struct ReturnedItem<R> {
    returning: Returning<R>,
    value: Option<Result<R, CodecError>>,
}

impl<R> ReturnedItem<R> {
    /// Returns the decoded item. Its error names the item's key, and says that the write was done.
    pub(super) fn finish<M: Table>(self, key: impl FnOnce() -> Option<Item>) -> Result<R, Error> {
        let decoder = self.returning.decoder;
        // An answer without an item reads as an item without attributes.
        let value = self.value.unwrap_or_else(|| decoder.decode(Item::new()));
        value.map_err(|e| e.into_decode(Some(M::SCHEMA.name()), key()).after_write())
    }
}

impl<R: Send + 'static> ItemSink for ReturnedItem<R> {
    fn for_attempt(&self) -> Self {
        self.returning.clone().sink()
    }

    fn wants_items(&self) -> bool {
        self.returning.values.is_some()
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        self.value = Some(self.returning.decoder.read(reader)?);
        Ok(())
    }

    fn push(&mut self, _: &str, item: Option<Item>) {
        self.value = Some(self.returning.decoder.decode(item.unwrap_or_default()));
    }
}
