//! What the derives have rustc check of entities, as constants of the program.

use super::const_text::same;
use super::{
    EntitySchema, IndexProjection, IndexScope, KeyElement, KeySchema, KeySource, SharedSchema,
    Source, TableSchema, may_collide, same_text,
};

/// An entity of the shared table `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity of `{T}`",
    label = "of another table, or no entity",
    note = "a set names entities of one table: `#[entities(of = ..)]`"
)]
pub trait EntityOf<T> {}

/// An entity whose partitions are named by a `P`.
#[diagnostic::on_unimplemented(
    message = "the partitions of `{Self}` are not named by a `{P}`",
    label = "in partitions of another kind",
    note = "a query reads one partition: the entities of a collection have the same template for it",
    note = "without `collection` the set can still be scanned"
)]
pub trait PartitionedBy<P> {}
#[diagnostic::do_not_recommend]
impl<S: Source<Pk = P>, P> PartitionedBy<P> for S {}

/// States that `E` is an entity of the table `T`.
#[doc(hidden)]
pub const fn assert_entity_of<E: EntityOf<T>, T>() {}

/// States that the partitions of `E` are named by a `P`.
#[doc(hidden)]
pub const fn assert_partitioned_by<E: PartitionedBy<P>, P>() {}

/// Returns whether the kinds of two entities differ.
#[doc(hidden)]
pub const fn kinds_differ(a: &TableSchema, b: &TableSchema) -> bool {
    match (a.entity(), b.entity()) {
        (Some(EntitySchema { kind: Some(a), .. }), Some(EntitySchema { kind: Some(b), .. })) => {
            !same(a.name, b.name)
        }
        _ => true,
    }
}

/// Returns whether no item can have a key of both.
#[doc(hidden)]
pub const fn keys_differ(a: &TableSchema, b: &TableSchema) -> bool {
    match (a.entity(), b.entity()) {
        (Some(a), Some(b)) => {
            !may_be_one(&a.partition, &b.partition)
                || match (&a.sort, &b.sort) {
                    (Some(a), Some(b)) => !may_be_one(a, b),
                    _ => false,
                }
        }
        _ => true,
    }
}

const fn may_be_one(a: &KeySource, b: &KeySource) -> bool {
    match (a, b) {
        (KeySource::Template(a), KeySource::Template(b)) => may_collide(a, b),
        _ => true,
    }
}

/// Returns whether two entities have the same template for their partitions.
#[doc(hidden)]
pub const fn partitions_match(a: &TableSchema, b: &TableSchema) -> bool {
    match (a.entity(), b.entity()) {
        (Some(a), Some(b)) => match (&a.partition, &b.partition) {
            (KeySource::Template(a), KeySource::Template(b)) => same_text(a, b),
            (KeySource::Field(_), KeySource::Field(_)) => true,
            _ => false,
        },
        _ => false,
    }
}

/// Returns whether the table has a sort key, as `count` of an entity says.
#[doc(hidden)]
pub const fn has_sort_keys(shared: &SharedSchema, count: usize) -> bool {
    shared.table().keys().sort().len() == count
}

/// Returns whether the attribute is a key of the table or of an index, or has the kind.
#[doc(hidden)]
pub const fn is_taken(shared: &SharedSchema, attribute: &str) -> bool {
    if let Some(kind) = shared.kind()
        && same(kind, attribute)
    {
        return true;
    }
    let mut rest = shared.table().indexes;
    let mut taken = is_key(shared.table().keys(), attribute);
    while let [index, after @ ..] = rest {
        taken |= is_key(index.keys(), attribute);
        rest = after;
    }
    taken
}

const fn is_key(keys: &KeySchema, attribute: &str) -> bool {
    is_among(keys.partition(), attribute) || is_among(keys.sort(), attribute)
}

pub(super) const fn is_among(mut elements: &[KeyElement], attribute: &str) -> bool {
    while let [element, after @ ..] = elements {
        if same(element.name(), attribute) {
            return true;
        }
        elements = after;
    }
    false
}

/// Returns whether the table has an index with this accessor, global or local.
#[doc(hidden)]
pub const fn has_index(shared: &SharedSchema, accessor: &str, global: bool) -> bool {
    match shared.find_index(accessor) {
        Some(index) => matches!(index.scope(), IndexScope::Global) == global,
        None => false,
    }
}

/// Returns whether an index has so many key attributes; `true` if there is no such index, which is reported by itself.
#[doc(hidden)]
pub const fn index_has_keys(shared: &SharedSchema, accessor: &str, pk: usize, sk: usize) -> bool {
    match shared.find_index(accessor) {
        Some(index) => index.keys().partition().len() == pk && index.keys().sort().len() == sk,
        None => true,
    }
}

/// Returns whether an index holds everything.
#[doc(hidden)]
pub const fn holds_all(shared: &SharedSchema, accessor: &str) -> bool {
    match shared.find_index(accessor) {
        Some(index) => matches!(index.projection(), IndexProjection::All),
        None => true,
    }
}

/// Returns whether an index holds the attribute.
#[doc(hidden)]
pub const fn index_holds(shared: &SharedSchema, accessor: &str, attribute: &str) -> bool {
    match shared.find_index(accessor) {
        Some(index) => match index.projection() {
            IndexProjection::All => true,
            IndexProjection::KeysOnly => false,
            IndexProjection::Include(mut names) => {
                while let [name, after @ ..] = names {
                    if same(name, attribute) {
                        return true;
                    }
                    names = after;
                }
                false
            }
        },
        None => true,
    }
}

/// Returns whether the attribute is the table's time to live.
#[doc(hidden)]
pub const fn is_ttl(shared: &SharedSchema, attribute: &str) -> bool {
    match shared.table().ttl() {
        Some(ttl) => same(ttl, attribute),
        None => false,
    }
}
