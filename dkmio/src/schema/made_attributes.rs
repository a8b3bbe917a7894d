//! Which attributes of an entity's items dkmio makes: the keys, and the kind.

use super::{KeyElement, KeySource, Table, TableSchema};

/// Returns the key attributes of the table and its indexes, with what those of an entity are made of.
fn key_attributes(
    schema: &TableSchema,
) -> impl Iterator<Item = (&'static KeyElement, Option<&KeySource>)> {
    let entity = schema.entity().into_iter();
    let sources = entity.flat_map(|entity| entity.key_sources()).map(Some);
    let table = schema
        .keys()
        .iter()
        .zip(sources.chain(std::iter::repeat(None)));
    let indexes = schema.indexes().iter().flat_map(|index| {
        let sources = index.sources().iter().map(Some);
        index
            .keys()
            .iter()
            .zip(sources.chain(std::iter::repeat(None)))
    });
    table.chain(indexes)
}

/// `true` if the items of `M` have a map that would take the attributes which [`is_made_of_fields`].
pub(crate) fn hides_keys<M: Table>() -> bool {
    M::SCHEMA
        .entity()
        .is_some_and(|entity| entity.has_flattened_map)
}

/// Returns whether an attribute is a key that is made of an entity's fields, or the entity's kind.
pub(crate) fn is_made_of_fields<M: Table>(name: &str) -> bool {
    let kind = M::SCHEMA.entity().and_then(|entity| entity.kind);
    kind.is_some_and(|kind| kind.attribute == Some(name))
        || key_attributes(&M::SCHEMA).any(|(element, source)| {
            element.name() == name && matches!(source, Some(KeySource::Template(_)))
        })
}
