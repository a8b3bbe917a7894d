//! Keys of single items, as they are sent and told apart.

use super::key::{KeyValues, check_key, key_values};
use super::{KeySchema, KeyValue, Table};
use crate::codec::wire::KeyWriter;
use crate::error::Error;
use crate::value::{AttributeValue, Item, Scalar};

/// The primary key of one item, encoded.
#[derive(Clone, Debug)]
pub struct EncodedKey {
    schema: &'static KeySchema,
    values: KeyValues,
}

impl EncodedKey {
    #[doc(hidden)]
    pub fn new<M: Table, T>(value: impl KeyValue<T>) -> Self {
        Self {
            schema: M::KEYS,
            values: key_values(value, M::KEYS.count()),
        }
    }

    /// Makes the key again of what [`EncodedKey::to_item`] returned.
    pub(crate) fn of_item(schema: &'static KeySchema, item: &Item) -> Self {
        let values = schema
            .iter()
            .filter_map(|element| item.get(element.name()).cloned())
            .collect();
        Self {
            schema,
            values: Ok(values),
        }
    }

    /// Checks the key against DynamoDB's limits.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.values {
            Ok(values) => check_key(self.schema, values),
            Err(e) => Err(e.clone().into_encode(None)),
        }
    }

    fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.schema.iter().map(|element| element.name())
    }

    fn values(&self) -> &[AttributeValue] {
        self.values.as_deref().unwrap_or_default()
    }

    /// Returns the key as DynamoDB takes it, checked.
    pub(crate) fn to_item(&self) -> Result<Item, Error> {
        self.clone().into_item()
    }

    /// Returns the key as DynamoDB takes it, checked.
    pub(crate) fn into_item(self) -> Result<Item, Error> {
        self.check()?;
        let names = self.names().map(str::to_owned);
        Ok(names.zip(self.values.unwrap_or_default()).collect())
    }

    /// Writes the key; nothing, if it is none.
    pub(crate) fn write(&self, to: &mut KeyWriter) -> Option<()> {
        let values = self.values().iter().map(Scalar::of);
        to.write(self.names().zip(values))
    }

    /// Returns what [`key_identity`] returns of the item with this key.
    pub(crate) fn identity(&self) -> Option<Vec<u8>> {
        let mut writer = KeyWriter::new();
        self.write(&mut writer)?;
        Some(writer.into_bytes())
    }
}

/// Returns the same bytes for two items if and only if they have the same key: numbers compare by value. `None` if the
/// item lacks a part of the key.
pub(crate) fn key_identity(keys: &KeySchema, item: &Item) -> Option<Vec<u8>> {
    let mut writer = KeyWriter::new();
    writer.write(keys.iter().map(|element| {
        let name = element.name();
        (name, item.get(name).and_then(Scalar::of))
    }))?;
    Some(writer.into_bytes())
}
