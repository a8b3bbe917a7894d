//! `DecodedItems`: the items of one member, decoded while their answers are read.

use crate::codec::CodecError;
use crate::codec::wire::{self, Fault, Reader};
use crate::expr::Decoder;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// Decodes the items of one member as they come. `Plan` has one for each member, and only the member knows its type.
pub(super) trait DecodeAsRead: Any + Send + Sync {
    /// Decodes an item, and keeps it at the index that `find` returns. `find` is called with the reader after the item.
    fn read<'de>(
        &self,
        reader: &mut Reader<'de>,
        find: &mut dyn FnMut(&mut Reader<'de>) -> Result<Option<usize>, Fault>,
    ) -> Result<(), Fault>;
}

/// Makes [`DecodedItems`] for a number of different keys.
pub(super) type NewDecodedItems = Arc<dyn Fn(usize) -> Arc<dyn DecodeAsRead> + Send + Sync>;

/// The decoded items of a member. All requests of a batch share them, because a chunk may be read by another task.
pub(super) struct DecodedItems<O> {
    decoder: Decoder<O>,
    decoded: Mutex<Decoded<O>>,
}

/// Decoded items, by the indexes of their keys.
pub(super) struct Decoded<O> {
    /// The item of each different key, if it was found and decoded.
    pub(super) items: Vec<Option<O>>,
    /// Why the items of other keys do not read as `O`.
    errors: HashMap<usize, CodecError>,
}

impl<O> Default for Decoded<O> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            errors: HashMap::new(),
        }
    }
}

impl<O> Decoded<O> {
    /// Takes what a key's item was decoded to.
    pub(super) fn take(&mut self, index: usize) -> Option<Result<O, CodecError>> {
        let item = self.items.get_mut(index).and_then(Option::take);
        item.map(Ok).or_else(|| self.errors.remove(&index).map(Err))
    }

    #[inline]
    fn put(&mut self, index: usize, item: O) {
        if let Some(to) = self.items.get_mut(index) {
            *to = Some(item);
        }
    }

    fn put_error(&mut self, index: usize, error: CodecError) {
        if let Some(to) = self.items.get_mut(index) {
            *to = None;
        }
        self.errors.insert(index, error);
    }
}

impl<O: Send + 'static> DecodedItems<O> {
    pub(super) fn maker(decoder: Decoder<O>) -> NewDecodedItems {
        Arc::new(move |count| {
            let mut decoded = Decoded::default();
            decoded.items.resize_with(count, || None);
            Arc::new(Self {
                decoder: decoder.clone(),
                decoded: Mutex::new(decoded),
            })
        })
    }

    fn lock(&self) -> MutexGuard<'_, Decoded<O>> {
        // A poisoned lock still holds whole values.
        self.decoded.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// Takes all decoded items out of `items`; none if they are not of this type.
    pub(super) fn take(items: &Arc<dyn DecodeAsRead>) -> Decoded<O> {
        let items: &dyn Any = &**items;
        let items = items.downcast_ref::<Self>();
        items
            .map(|items| std::mem::take(&mut *items.lock()))
            .unwrap_or_default()
    }
}

impl<O: Send + 'static> DecodeAsRead for DecodedItems<O> {
    fn read<'de>(
        &self,
        reader: &mut Reader<'de>,
        find: &mut dyn FnMut(&mut Reader<'de>) -> Result<Option<usize>, Fault>,
    ) -> Result<(), Fault> {
        let start = reader.position();
        match self.decoder.read(reader)? {
            Ok(item) => {
                if let Some(index) = find(reader)? {
                    self.lock().put(index, item);
                }
            }
            Err(error) => {
                // Only the SDK can read an item that has a value of an unknown type: this returns the fault.
                wire::read_again(reader, start)?;
                if let Some(index) = find(reader)? {
                    self.lock().put_error(index, error);
                }
            }
        }
        Ok(())
    }
}
