//! Resolves an entity as a table: its attributes, its keys' templates and its places in indexes.

use super::entity::members_of;
use super::index::distinct;
use super::{
    Attribute, Entity, Flattened, Home, Index, Key, KeySource, Lifecycle, Place, Projected, Table,
    Template,
};
use crate::parse::{self, IndexKind, KeyText, runtime};
use syn::ext::IdentExt;

impl Table {
    /// Resolves what can be resolved as a table; the rest has been reported and is left out.
    ///
    /// An entity without a text for its partition key gets one without members, so that the rest of it exists and only the
    /// fault itself is reported. Returns `None` if it lacks its table or an attribute.
    pub(crate) fn of_entity(declared: parse::Entity) -> Option<Self> {
        let record = declared.record;
        let mut attributes = Vec::new();
        let (mut ttl, mut lifecycle) = (None, Lifecycle::default());
        for field in &record.fields {
            let Some(attribute) = Attribute::resolve(&record, field) else {
                continue;
            };
            if field.ttl.is_some() {
                ttl = ttl.or(Some(attributes.len()));
            }
            lifecycle.note(field, attributes.len());
            attributes.push(attribute);
        }
        if attributes.is_empty() {
            return None;
        }
        let source = |text: &Option<KeyText>| KeySource::of(text.as_ref()?, &attributes).pop();
        let partition = source(&declared.pk).unwrap_or(KeySource::Template(Template {
            span: record.ident.span(),
            name: None,
            text: String::new(),
            parts: Vec::new(),
        }));
        let sort = source(&declared.sk);
        let places = declared.places.iter();
        let places = places.filter_map(|place| place_of(place, &partition, &attributes));
        let places = distinct(places.collect(), |(index, _): &(Index, Place)| index);
        let (indexes, places): (Vec<Index>, Vec<Place>) = places.into_iter().unzip();
        let home = Home::Shared {
            of: declared.of?,
            kind: declared.kind.map(|kind| kind.value()).unwrap_or_default(),
            was: declared.was.iter().map(syn::LitStr::value).collect(),
        };
        let entity = Entity::new(home, partition, sort, places);
        Some(Self {
            flattened: Flattened::resolve(&record),
            runtime: runtime(record.krate.as_ref()),
            vis: record.vis,
            name: String::new(),
            attributes,
            key: Key { pk: 0, sk: None },
            ttl,
            lifecycle,
            indexes,
            vector_indexes: Vec::new(),
            derives: None,
            rename_all: record.serde.rename_all.map(|(_, word)| word),
            entity: Some(entity),
            ident: record.ident,
        })
    }
}

/// Resolves the place in an index; returns `None` if it lacks something, which has been reported.
fn place_of(
    place: &parse::Place,
    partition: &KeySource,
    attributes: &[Attribute],
) -> Option<(Index, Place)> {
    let source = |text: &Option<KeyText>| match text {
        Some(text) => KeySource::of(text, attributes),
        None => Vec::new(),
    };
    let global = place.kind == IndexKind::Global;
    let pk = match global {
        true => source(&place.pk),
        false => vec![partition.clone()],
    };
    let sk = source(&place.sk);
    if pk.is_empty() || (!global && sk.is_empty()) {
        return None;
    }
    let accessor = place.accessor.clone()?;
    let of = place.of.clone()?;
    let index = Index {
        accessor_name: accessor.unraw().to_string(),
        name: of.to_string(),
        accessor,
        global,
        pk: members_of(&pk),
        sk: members_of(&sk),
        projected: Projected::of(&place.project, attributes),
    };
    let span = place.span;
    Some((index, Place { span, of, pk, sk }))
}
