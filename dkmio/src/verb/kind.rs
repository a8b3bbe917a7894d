//! The conditions by which requests tell the items of an entity from the others of its table.

use super::attrs::Attrs;
use crate::attr::{DynAttr, Path};
use crate::expr::Condition;
use crate::schema::{Filter, ItemKind, KeySource, KindCheck, Part, Table, own_partitions};
use crate::value::KeyKind;

/// Returns the filter that leaves the items of these kinds; `None` where DynamoDB cannot tell them.
pub(super) fn kind_filter(check: KindCheck) -> Option<Condition> {
    let attribute = attr(check.attribute()?);
    let names = check.kinds().flat_map(|kind| names(&kind));
    let is_kind = is_one_of(attribute.clone(), names);
    Some(match check.kinds().any(|kind| kind.adopt) {
        true => is_kind | attribute.not_exists(),
        false => is_kind,
    })
}

/// Returns all names of a kind.
fn names(kind: &ItemKind) -> impl Iterator<Item = &'static str> + use<> {
    std::iter::once(kind.name).chain(kind.was.iter().copied())
}

/// Returns the condition that there is an item, and that it is one of the entity `M`; `None` for a model whose keys are
/// fields.
pub(super) fn kind_condition<M: Table>() -> Option<Condition> {
    let Some(kind) = M::SCHEMA.entity()?.kind else {
        return Some(is_there::<M>());
    };
    Some(match kind.attribute {
        Some(attribute) if kind.adopt => {
            let attribute = attr(attribute);
            let is_kind = is_one_of(attribute.clone(), names(&kind));
            is_kind | (attribute.not_exists() & is_there::<M>())
        }
        Some(attribute) => is_one_of(attr(attribute), names(&kind)),
        None => is_there::<M>(),
    })
}

/// Returns the condition that there is an item, one of the entity `M` if that is one.
pub(super) fn must_be<M: Table>() -> Condition {
    kind_condition::<M>().unwrap_or_else(is_there::<M>)
}

/// Returns the condition that there is no item, or one of the entity `M`.
pub(super) fn kind_or_nothing<M: Table>() -> Option<Condition> {
    let there = kind_condition::<M>()?;
    Some(!is_there::<M>() | there)
}

/// Returns the filter of a scan whose table has no attribute for the kind: the texts with which the keys begin.
pub(super) fn key_prefixes<M: Table>() -> Option<Condition> {
    let entity = M::SCHEMA.entity()?;
    if entity.kind?.attribute.is_some() {
        return None;
    }
    let keys = M::KEYS.iter().zip(entity.key_sources());
    let prefixes = keys.filter_map(|(key, source)| {
        let KeySource::Template(template) = source else {
            return None;
        };
        match template.parts.first()? {
            Part::Literal(text) => Some(attr(key.name()).begins_with(*text)),
            Part::Member(_) => None,
        }
    });
    Some(Condition::all(prefixes))
}

/// Returns the filter of a scan that leaves out dkmio's own items; `None` where the partition key is no text, so that there are
/// none.
pub(super) fn own_items<M: Table>() -> Option<Condition> {
    let key = M::KEYS.partition().first()?;
    if key.kind() != KeyKind::S {
        return None;
    }
    let own = own_partitions().map(|own| !attr(key.name()).begins_with(own));
    Some(Condition::all(own))
}

fn is_one_of(kind: DynAttr, names: impl Iterator<Item = &'static str>) -> Condition {
    match names.collect::<Vec<_>>().as_slice() {
        [only] => kind.eq(*only),
        several => kind.is_in(several.iter().copied()),
    }
}

fn is_there<M: Table>() -> Condition {
    let partition = M::KEYS.partition().iter();
    Condition::all(partition.map(|key| attr(key.name()).exists()))
}

fn attr(name: &'static str) -> DynAttr {
    DynAttr::from(Path::root(name))
}

/// Returns the condition that an item is of the entity `E`, and that this holds for it: in a filter of a set.
#[doc(hidden)]
pub fn of_entity<E: Table>(condition: impl FnOnce(&Attrs<E, Filter<E>>) -> Condition) -> Condition {
    is_entity::<E>() & condition(&Default::default())
}

/// Returns the condition that an item is of the entity `E`.
#[doc(hidden)]
pub fn is_entity<E: Table>() -> Condition {
    let kind = KindCheck::of(E::KINDS_OF_MODEL).and_then(kind_filter);
    kind.unwrap_or_else(|| key_prefixes::<E>().unwrap_or_else(is_there::<E>))
}
