//! The keys of a query's source: how the values that a user gives become those of key attributes.

use super::entity_key::render_key;
use super::key::{KeyValues, key_values};
use super::{EntitySchema, IndexSchema, KeySource, KeyValue, Source, Table, Template};
use crate::value::AttributeValue;

/// What the key attributes of a source are made of; empty where they are fields.
#[derive(Clone, Copy)]
struct KeySources {
    partition: &'static [KeySource],
    sort: &'static [KeySource],
}

impl KeySources {
    fn of<S: Source>() -> Self {
        let none = Self {
            partition: &[],
            sort: &[],
        };
        match (S::PARTITION_OF.entity(), S::INDEX) {
            (None, _) => none,
            (Some(entity), None) => Self::of_table(entity),
            (Some(_), Some(index)) => Self::of_index(index),
        }
    }

    fn of_table(entity: &'static EntitySchema) -> Self {
        Self {
            partition: std::slice::from_ref(&entity.partition),
            sort: entity.sort.as_slice(),
        }
    }

    fn of_index(index: &'static IndexSchema) -> Self {
        let count = index.keys().partition().len();
        let (partition, sort) = index.sources().split_at_checked(count).unwrap_or_default();
        Self { partition, sort }
    }
}

/// Encodes the partition key of a query.
pub(crate) fn partition_values<S: Source>(partition: impl KeyValue<S::Pk>) -> KeyValues {
    let sources = KeySources::of::<S>().partition;
    let count = S::KEYS.partition().len();
    if sources.is_empty() {
        return key_values(partition, count);
    }
    let given = key_values(partition, sources.len())?;
    let mut members = Vec::new();
    let mut given = given.into_iter();
    for index in sources.iter().flat_map(KeySource::members) {
        if members.len() <= index {
            members.resize(index + 1, AttributeValue::Null(true));
        }
        // A member that comes twice is given once.
        if matches!(members[index], AttributeValue::Null(_))
            && let Some(value) = given.next()
        {
            members[index] = value;
        }
    }
    let mut values = Vec::with_capacity(count);
    render_key(S::KEYS, sources, &members, &mut values)?;
    Ok(values)
}

/// Returns the template of the sort key; `None` if the sort key is fields, or if there is none.
pub(crate) fn sort_template<S: Source>() -> Option<&'static Template> {
    // The items of a set have sort keys of several templates.
    S::Table::SCHEMA.entity()?;
    match KeySources::of::<S>().sort {
        [KeySource::Template(template)] => Some(template),
        _ => None,
    }
}
