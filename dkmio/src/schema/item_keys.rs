//! Checks and compares the keys of items that are to be written, in the items' JSON.

use super::entity_item::complete;
use super::key_limits::{check_keys, limits};
use super::key_places::{all_keys, key_count, key_place};
use super::{KeyElement, KeyFault, KeySchema, Stamps, Table, TableSchema};
use crate::codec::wire::KeyLookup;
use crate::error::Error;
use crate::value::{EncodedItem, Item, Number};
use std::marker::PhantomData;

/// Encodes an item, with the keys that are made of its fields and what dkmio keeps itself.
pub(crate) fn encode_model<M: Table>(item: &M, stamps: &Stamps) -> Result<EncodedItem, KeyFault> {
    let index_of = |name: &str| {
        // Most attributes are no keys, and few of those have a key's length.
        if KeyLengths::<M>::ALL & bit(name) == 0 {
            return None;
        }
        key_place(&M::SCHEMA, name)
    };
    let count = key_count(&M::SCHEMA);
    let mut encoded = EncodedItem::of_model(item, KeyLookup { index_of, count })?;
    stamps.write::<M>(&mut encoded)?;
    match M::SCHEMA.entity() {
        None => Ok(encoded),
        Some(entity) => complete(item, encoded, entity, stamps),
    }
}

struct KeyLengths<M>(PhantomData<M>);

impl<M: Table> KeyLengths<M> {
    /// The lengths of the names of all keys, as bits.
    const ALL: u64 = {
        let schema = M::SCHEMA;
        let mut bits = lengths(schema.keys());
        let mut rest = schema.indexes();
        while let [index, after @ ..] = rest {
            bits |= lengths(index.keys());
            rest = after;
        }
        bits
    };
}

const fn lengths(keys: &KeySchema) -> u64 {
    of_elements(keys.partition()) | of_elements(keys.sort())
}

const fn of_elements(mut elements: &[KeyElement]) -> u64 {
    let mut bits = 0;
    while let [element, after @ ..] = elements {
        bits |= bit(element.name());
        elements = after;
    }
    bits
}

const fn bit(name: &str) -> u64 {
    1 << (name.len() % 64)
}

/// Returns whether an attribute is a key of the table.
pub(crate) fn is_table_key<M: Table>(name: &str) -> bool {
    M::KEYS.contains(name)
}

/// Checks the keys of an item that is to be written: the table's, and those of indexes where the item has them.
pub(crate) fn check_item_keys<M: Table>(item: &EncodedItem) -> Result<(), Error> {
    if are_plain(&M::SCHEMA, item) {
        return Ok(());
    }
    check(&M::SCHEMA, item)
}

fn check(schema: &TableSchema, item: &EncodedItem) -> Result<(), Error> {
    let is_key = |name: &str| key_place(schema, name).is_some();
    let values = item.pick(is_key, key_count(schema));
    let values = values.map_err(|e| e.into_encode(Some(schema.name())))?;
    for (index, keys) in all_keys(schema).enumerate() {
        check_keys(keys, &values, index == 0)?;
    }
    Ok(())
}

/// Returns `true` if the keys are certainly valid, `false` if they need a closer look.
fn are_plain(schema: &TableSchema, item: &EncodedItem) -> bool {
    let table = limits(schema.keys()).enumerate();
    let mut table =
        table.map(|(place, (_, limit))| item.key(place).is_some_and(|k| fits(k, limit)));
    let mut indexes = schema
        .indexes()
        .iter()
        .flat_map(|index| limits(index.keys()));
    item.knows_keys()
        && table.all(|fits| fits)
        && indexes.all(|(element, limit)| {
            let place = key_place(schema, element.name());
            let key = place.and_then(|place| item.key(place));
            key.is_none_or(|key| fits(key, limit))
        })
}

/// Returns whether a key can have this value even if each byte of its JSON counts.
fn fits(json: &[u8], limit: usize) -> bool {
    match parts(json) {
        Some((b'N', _)) => true,
        Some((_, content)) => (1..=limit).contains(&content.len()),
        None => false,
    }
}

/// Splits the JSON of a string, number or binary value into its type and what is between the quotes.
fn parts(json: &[u8]) -> Option<(u8, &[u8])> {
    match json {
        [
            b'{',
            b'"',
            kind @ (b'S' | b'N' | b'B'),
            b'"',
            b':',
            b'"',
            content @ ..,
            b'"',
            b'}',
        ] => Some((*kind, content)),
        _ => None,
    }
}

/// Returns the key of an item that was checked.
pub(crate) fn key_of<M: Table>(item: &EncodedItem) -> Item {
    let key = item.pick(is_table_key::<M>, M::KEYS.count());
    key.unwrap_or_default()
}

/// Writes the item's [`key_identity`](super::key_identity).
pub(crate) fn identify_item(keys: &KeySchema, item: &EncodedItem, bytes: &mut Vec<u8>) {
    let start = bytes.len();
    if identify_plain(keys, item, bytes).is_none() {
        bytes.truncate(start);
        let key = item.pick(|name| keys.contains(name), keys.count());
        let identity = key.ok().and_then(|key| super::key_identity(keys, &key));
        bytes.extend(identity.unwrap_or_default());
    }
}

/// Copies the identity from the item's JSON, where only numbers may look different; returns `None` if that is not
/// possible.
fn identify_plain(keys: &KeySchema, item: &EncodedItem, bytes: &mut Vec<u8>) -> Option<()> {
    let mut before = b'{';
    for (place, element) in keys.iter().enumerate() {
        bytes.push(before);
        before = b',';
        let named = item.named_key(place, element.name())?;
        let (kind, content) = parts(item.key(place)?)?;
        if kind != b'N' {
            bytes.extend_from_slice(named);
            continue;
        }
        let number: Number = std::str::from_utf8(content).ok()?.parse().ok()?;
        bytes.extend_from_slice(named.strip_suffix(b"\"}")?.strip_suffix(content)?);
        bytes.extend_from_slice(number.as_str().as_bytes());
        bytes.extend_from_slice(b"\"}");
    }
    bytes.push(b'}');
    Some(())
}

#[cfg(test)]
mod tests;
