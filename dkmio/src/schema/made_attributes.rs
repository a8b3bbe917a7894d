//! Which attributes of an entity's items dkmio makes: the keys, and the kind.

use super::{EntitySchema, KeyElement, KeySource, Table, TableSchema};

/// Returns the key attributes of the table and its indexes, with what they are made of; none of a model whose keys are fields.
fn sources(schema: &TableSchema) -> impl Iterator<Item = (&'static KeyElement, &KeySource)> {
    let entity = schema.entity().into_iter();
    let table = schema
        .keys()
        .iter()
        .zip(entity.flat_map(EntitySchema::key_sources));
    let indexes = schema.indexes().iter();
    table.chain(indexes.flat_map(|index| index.keys().iter().zip(index.sources())))
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
        || sources(&M::SCHEMA).any(|(element, source)| {
            element.name() == name && matches!(source, KeySource::Template(_))
        })
}
