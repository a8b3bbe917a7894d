//! Hands the elements of lists, sets and maps to serde, and adds the path to their errors.

use super::Deserializer;
use crate::codec::error::{CodecError, Step};
use crate::codec::name::Name;
use crate::value::{AttributeValue, Item};
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

/// The elements of a list or set; an error in one gets its index.
pub(super) struct Sequence<I> {
    elements: I,
    index: usize,
}

impl<I: Iterator<Item = AttributeValue>> Sequence<I> {
    pub(super) fn new(elements: impl IntoIterator<IntoIter = I>) -> Self {
        Self {
            elements: elements.into_iter(),
            index: 0,
        }
    }
}

impl<'de, I: Iterator<Item = AttributeValue>> SeqAccess<'de> for Sequence<I> {
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
        seed.deserialize(Deserializer::seeded::<T>(value))
            .map(Some)
            .map_err(|e| e.within(Step::Index(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.size_hint().0)
    }
}

/// The entries of a map; an error in a value gets its name.
pub(super) struct Entries {
    entries: std::collections::hash_map::IntoIter<String, AttributeValue>,
    value: Option<(String, AttributeValue)>,
}

impl Entries {
    pub(super) fn new(entries: Item) -> Self {
        Self {
            entries: entries.into_iter(),
            value: None,
        }
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = CodecError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, CodecError> {
        let Some((name, value)) = self.entries.next() else {
            return Ok(None);
        };
        let key = seed.deserialize(Name::Passing(&name))?;
        self.value = Some((name, value));
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, CodecError> {
        let Some((name, value)) = self.value.take() else {
            return Err(CodecError::new("a map value was read before its name"));
        };
        seed.deserialize(Deserializer::seeded::<V>(value))
            .map_err(|e| e.within(Step::Name(name)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}
