//! Decodes lists and sets, element by element.

use super::ValueDeserializer;
use crate::codec::error::{CodecError, PathStep};
use crate::value::AttributeValue;
use serde::de::{DeserializeSeed, SeqAccess};

/// Hands the elements of a list or set to serde.
pub(super) struct ValueList<I> {
    elements: I,
    index: usize,
}

impl<I: Iterator<Item = AttributeValue>> ValueList<I> {
    pub(super) fn new(elements: impl IntoIterator<IntoIter = I>) -> Self {
        Self {
            elements: elements.into_iter(),
            index: 0,
        }
    }
}

impl<'de, I: Iterator<Item = AttributeValue>> SeqAccess<'de> for ValueList<I> {
    type Error = CodecError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, CodecError> {
        let Some(value) = self.elements.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        seed.deserialize(ValueDeserializer::seeded::<T>(value))
            .map(Some)
            .map_err(|e| e.within(PathStep::Index(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.size_hint().0)
    }
}
