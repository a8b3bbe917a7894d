//! The places of the key attributes among all keys of a table and its indexes.

use super::{IndexSchema, KeySchema, TableSchema};

/// The keys of the table and of its indexes.
pub(super) fn all_keys(schema: &TableSchema) -> impl Iterator<Item = &KeySchema> {
    let indexes = schema.indexes().iter().map(IndexSchema::keys);
    std::iter::once(schema.keys()).chain(indexes)
}

/// Returns the number of key attributes. An attribute that is a key of the table and of an index counts twice.
pub(super) fn key_count(schema: &TableSchema) -> usize {
    all_keys(schema).map(KeySchema::count).sum()
}

/// Returns the index of an attribute among the keys; the table's come first.
pub(super) fn key_place(schema: &TableSchema, name: &str) -> Option<usize> {
    let mut place = 0;
    // Loops over slices, which is fast: this runs for each attribute of each item that is written.
    for keys in all_keys(schema) {
        for elements in [keys.partition(), keys.sort()] {
            if let Some(at) = elements.iter().position(|element| element.name() == name) {
                return Some(place + at);
            }
            place += elements.len();
        }
    }
    None
}
