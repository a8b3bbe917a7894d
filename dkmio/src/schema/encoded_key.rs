//! Keys of single items, as they are sent and told apart.

use super::key::{KeyValues, check_key, key_values};
use super::{KeySchema, KeyValue, Table};
use crate::codec::wire;
use crate::error::Error;
use crate::value::{AttributeValue, Item, Number, Scalar};

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

    /// Writes the key in DynamoDB JSON.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        wire::write_attributes(self.names().zip(self.values()), out);
    }

    /// Writes what [`key_identity`] returns of the item with this key.
    pub(crate) fn identify(&self, bytes: &mut Vec<u8>) -> Option<()> {
        let mut values = self.values().iter();
        values.try_for_each(|value| identify(&Scalar::of(value)?, bytes))
    }

    /// Returns what [`key_identity`] returns of the item with this key.
    pub(crate) fn identity(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64);
        match self.identify(&mut bytes) {
            Some(()) => bytes,
            None => Vec::new(),
        }
    }
}

/// Returns the same bytes for two items if and only if they have the same key: numbers compare by value. `None` if the
/// item lacks a part of the key.
pub(crate) fn key_identity(keys: &KeySchema, item: &Item) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64);
    for element in keys.iter() {
        identify(&Scalar::of(item.get(element.name())?)?, &mut bytes)?;
    }
    Some(bytes)
}

/// Adds one part of a key to its identity, in the order of the key's attributes.
pub(crate) fn identify(value: &Scalar<'_>, bytes: &mut Vec<u8>) -> Option<()> {
    let mut part = |part: &[u8]| {
        bytes.extend_from_slice(&part.len().to_be_bytes());
        bytes.extend_from_slice(part);
    };
    match value {
        Scalar::S(text) => part(text.as_bytes()),
        Scalar::N(text) => part(text.parse::<Number>().ok()?.as_str().as_bytes()),
        Scalar::B(data) => part(data),
    }
    Some(())
}
