//! Decodes maps, entry by entry.

use super::ValueDeserializer;
use crate::codec::entry_name::EntryName;
use crate::codec::error::{CodecError, PathStep};
use crate::value::{AttributeValue, Item};
use serde::de::{DeserializeSeed, MapAccess};

/// Hands the entries of a map to serde.
pub(super) struct ValueMap {
    entries: std::collections::hash_map::IntoIter<String, AttributeValue>,
    /// The name and the value of the entry whose name serde has asked for.
    value: Option<(String, AttributeValue)>,
}

impl ValueMap {
    pub(super) fn new(entries: Item) -> Self {
        Self {
            entries: entries.into_iter(),
            value: None,
        }
    }
}

impl<'de> MapAccess<'de> for ValueMap {
    type Error = CodecError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, CodecError> {
        let Some((name, value)) = self.entries.next() else {
            return Ok(None);
        };
        let key = seed.deserialize(EntryName::Transient(&name))?;
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
        seed.deserialize(ValueDeserializer::seeded::<V>(value))
            .map_err(|e| e.within(PathStep::Name(name)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}
