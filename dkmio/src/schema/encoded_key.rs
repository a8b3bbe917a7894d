//! Keys of single items, as they are sent and told apart.

use super::entity_key::encode_table_key;
use super::key::KeyValues;
use super::key_limits::{check_key, check_scalar, limit, missing};
use super::{EncodeKey, KeyEncoded, KeyFault, KeyOutput, KeySchema, Table};
use crate::codec::wire::KeyWriter;
use crate::error::{Error, InvalidKey};
use crate::value::{AttributeValue, Item, Scalar};
use std::borrow::Cow;
use std::ops::Range;

/// The primary key of one item, encoded.
#[derive(Clone, Debug)]
pub(crate) struct EncodedKey {
    schema: &'static KeySchema,
    values: KeyValues,
    /// The members of which the key of an entity is made; empty if the key is fields.
    members: Vec<AttributeValue>,
}

impl EncodedKey {
    pub(crate) fn new<M: Table, K>(key: K, encode: EncodeKey<K>) -> Self {
        let mut values = Vec::with_capacity(M::KEYS.count());
        let (values, members) = match encode_table_key(&M::SCHEMA, key, encode, &mut values) {
            Ok(members) => (Ok(values), members),
            Err(fault) => (Err(fault), Vec::new()),
        };
        Self {
            schema: M::KEYS,
            values,
            members,
        }
    }

    /// Hands the values of the key to `to`.
    pub(crate) fn encode(self, to: &mut dyn KeyOutput) -> KeyEncoded {
        for value in self.values? {
            to.attribute(value);
        }
        Ok(())
    }

    /// Makes the key from an item that [`EncodedKey::to_item`] returned.
    pub(crate) fn of_item(schema: &'static KeySchema, item: &Item) -> Self {
        let values = schema
            .iter()
            .filter_map(|element| item.get(element.name()).cloned())
            .collect();
        Self {
            schema,
            values: Ok(values),
            members: Vec::new(),
        }
    }

    /// Returns the members of which the key of an entity is made.
    pub(crate) fn members(&self) -> &[AttributeValue] {
        &self.members
    }

    /// Checks the key against DynamoDB's limits.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.values {
            Ok(values) => check_key(self.schema, values),
            Err(fault) => Err(fault.clone().into_error()),
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

    /// Writes the key and returns the byte ranges of its values; writes nothing and returns `None` if it is not valid.
    fn write(&self, to: &mut KeyWriter) -> Option<[Range<usize>; 2]> {
        let values = self.values().iter().map(Scalar::of);
        to.write(self.names().zip(values))
    }

    /// Returns the [`key_identity`] of the item with this key.
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

/// Writes a key, and checks it against DynamoDB's limits. Returns the byte ranges of its values; writes nothing if
/// there is an error.
pub(crate) fn write_key<K>(
    schema: &'static KeySchema,
    key: K,
    encode: EncodeKey<K>,
    to: &mut KeyWriter,
) -> Result<[Range<usize>; 2], KeyFault> {
    let start = to.length();
    let mut writing = Writing {
        to,
        schema,
        index: 0,
        values: [0..0, 0..0],
        fault: None,
    };
    let encoded = encode(key, &mut writing);
    let missing = writing.missing();
    let Writing { values, fault, .. } = writing;
    let fault = match (encoded, fault.or(missing)) {
        (Ok(()), None) => {
            to.close();
            return Ok(values);
        }
        (Ok(()), Some(e)) => e.into(),
        (Err(fault), _) => fault,
    };
    to.truncate(start);
    Err(fault)
}

/// A key that is being written.
struct Writing<'w> {
    to: &'w mut KeyWriter,
    schema: &'static KeySchema,
    /// The index of the attribute that comes next.
    index: usize,
    values: [Range<usize>; 2],
    fault: Option<InvalidKey>,
}

impl Writing<'_> {
    #[inline]
    fn next(&mut self, value: Option<&Scalar<'_>>) {
        let Some((element, limit)) = limit(self.schema, self.index) else {
            return;
        };
        if let Err(e) = check_scalar(element.name(), value, limit) {
            self.fault.get_or_insert(e);
        } else if let Some(value) = value {
            let place = self.to.attribute(self.index, element.name(), value);
            if let Some(to) = self.values.get_mut(self.index) {
                *to = place;
            }
        }
        self.index += 1;
    }

    /// Returns the error of a missing value, if one is missing.
    fn missing(&self) -> Option<InvalidKey> {
        let (element, _) = limit(self.schema, self.index)?;
        Some(missing(element.name()))
    }
}

impl KeyOutput for Writing<'_> {
    fn text(&mut self, text: &str) {
        self.next(Some(&Scalar::S(Cow::Borrowed(text))));
    }

    fn value(&mut self, value: AttributeValue) {
        self.next(Scalar::of(&value).as_ref());
    }
}
