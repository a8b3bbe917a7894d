//! What the items of a batch are decoded to, as they come.

use crate::codec::CodecError;
use crate::codec::wire::{self, Fault, Reader};
use crate::expr::Decoder;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// Keeps the items of one member, decoded, at the places of their keys. Only the member knows their type.
pub(super) trait DecodeAsRead: Any + Send + Sync {
    /// Decodes an item, and puts it where the function says, which is asked when the reader stands behind it.
    fn read<'de>(
        &self,
        reader: &mut Reader<'de>,
        find: &mut dyn FnMut(&mut Reader<'de>) -> Result<Option<usize>, Fault>,
    ) -> Result<(), Fault>;
}

/// Makes a sheet of so many places.
pub(super) type NewDecodedItems = Arc<dyn Fn(usize) -> Arc<dyn DecodeAsRead> + Send + Sync>;

/// A sheet of what a batch get yields.
pub(super) struct DecodedItems<O> {
    decoder: Decoder<O>,
    decoded: Mutex<Decoded<O>>,
}

/// What items were decoded to.
pub(super) struct Decoded<O> {
    /// Each at the place of its key.
    pub(super) items: Vec<Option<O>>,
    /// Why others could not be decoded.
    pub(super) errors: HashMap<usize, CodecError>,
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
    /// Takes out what is at a place.
    pub(super) fn take(&mut self, place: usize) -> Option<Result<O, CodecError>> {
        let item = self.items.get_mut(place).and_then(Option::take);
        item.map(Ok).or_else(|| self.errors.remove(&place).map(Err))
    }

    #[inline]
    fn put(&mut self, place: usize, item: O) {
        if let Some(to) = self.items.get_mut(place) {
            *to = Some(item);
        }
    }

    fn put_error(&mut self, place: usize, error: CodecError) {
        if let Some(to) = self.items.get_mut(place) {
            *to = None;
        }
        self.errors.insert(place, error);
    }
}

impl<O: Send + 'static> DecodedItems<O> {
    pub(super) fn maker(decoder: Decoder<O>) -> NewDecodedItems {
        Arc::new(move |places| {
            let mut decoded = Decoded::default();
            decoded.items.resize_with(places, || None);
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

    /// Takes out all that was decoded, if it is a sheet of this type.
    pub(super) fn take(sheet: &Arc<dyn DecodeAsRead>) -> Decoded<O> {
        let sheet: &dyn Any = &**sheet;
        let sheet = sheet.downcast_ref::<Self>();
        sheet
            .map(|sheet| std::mem::take(&mut *sheet.lock()))
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
                if let Some(place) = find(reader)? {
                    self.lock().put(place, item);
                }
            }
            Err(error) => {
                // An item with a type that nobody knows is the SDK's.
                wire::read_again(reader, start)?;
                if let Some(place) = find(reader)? {
                    self.lock().put_error(place, error);
                }
            }
        }
        Ok(())
    }
}
