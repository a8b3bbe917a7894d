//! What the derives have rustc check of the keys of entities: each key attribute can be what the entity makes of it.

use super::const_text::same;
use super::entity_check::is_among;
use super::{EntitySchema, KeyElement, KeySchema, KeySource, TableSchema};
use crate::value::KeyKind;

/// Returns the key attribute at a position: the partition key's come first.
const fn element(keys: &KeySchema, position: usize) -> Option<&KeyElement> {
    let (partition, sort) = (keys.partition(), keys.sort());
    if position < partition.len() {
        Some(&partition[position])
    } else if position - partition.len() < sort.len() {
        Some(&sort[position - partition.len()])
    } else {
        None
    }
}

/// Returns whether a key attribute is text; `true` if there is none, which is reported by itself.
#[doc(hidden)]
pub const fn key_is_text(keys: &KeySchema, position: usize) -> bool {
    key_is_of_kind(keys, position, KeyKind::S)
}

/// Returns whether a key attribute has this name; `true` if there is none.
#[doc(hidden)]
pub const fn key_is_called(keys: &KeySchema, position: usize, name: &str) -> bool {
    match element(keys, position) {
        Some(element) => same(element.name(), name),
        None => true,
    }
}

/// Returns whether a key attribute is of this kind; `true` if there is none.
#[doc(hidden)]
pub const fn key_is_of_kind(keys: &KeySchema, position: usize, kind: KeyKind) -> bool {
    match element(keys, position) {
        Some(element) => matches!(
            (element.kind(), kind),
            (KeyKind::S, KeyKind::S) | (KeyKind::N, KeyKind::N) | (KeyKind::B, KeyKind::B)
        ),
        None => true,
    }
}

/// Returns whether an entity makes the key attributes of its index at `place` as it makes those of the same name in the
/// table's key and in the indexes before it.
#[doc(hidden)]
pub const fn place_agrees(schema: &TableSchema, place: usize) -> bool {
    let Some(entity) = schema.entity() else {
        return true;
    };
    let index = &schema.indexes[place];
    let mut position = 0;
    while position < index.sources().len() {
        let source = &index.sources()[position];
        if let Some(key) = element(index.keys(), position) {
            let name = key.name();
            let in_key = source_in_key(schema.keys(), entity, name);
            if !agree(in_key, source) {
                return false;
            }
            let mut before = 0;
            while before < place {
                let before_it = &schema.indexes[before];
                let other = source_in(before_it.keys(), before_it.sources(), name);
                if !agree(other, source) {
                    return false;
                }
                before += 1;
            }
        }
        position += 1;
    }
    true
}

const fn agree(other: Option<&KeySource>, source: &KeySource) -> bool {
    match (other, source) {
        (Some(KeySource::Template(a)), KeySource::Template(b)) => same(a.text, b.text),
        (Some(KeySource::Field(a)), KeySource::Field(b)) => *a == *b,
        (Some(_), _) => false,
        (None, _) => true,
    }
}

/// Returns what the table's key attribute of this name is made of.
const fn source_in_key<'e>(
    keys: &KeySchema,
    entity: &'e EntitySchema,
    name: &str,
) -> Option<&'e KeySource> {
    if is_among(keys.partition(), name) {
        return Some(&entity.partition);
    }
    match &entity.sort {
        Some(sort) if is_among(keys.sort(), name) => Some(sort),
        _ => None,
    }
}

/// Returns what the key attribute of this name is made of.
const fn source_in<'s>(
    keys: &KeySchema,
    sources: &'s [KeySource],
    name: &str,
) -> Option<&'s KeySource> {
    let mut position = 0;
    while position < sources.len() {
        if let Some(element) = element(keys, position)
            && same(element.name(), name)
        {
            return Some(&sources[position]);
        }
        position += 1;
    }
    None
}
