//! Resolves the keys of a table of one kind that are texts made of its fields.

use super::entity::members_of;
use super::index::distinct;
use super::{
    Attribute, Entity, Home, Index, Key, KeySource, Place, Projected, Template, index_accessor,
    index_name,
};
use crate::parse::{self, IndexKey, IndexKind, NamedText};
use syn::Ident;
use syn::ext::IdentExt;

impl Entity {
    /// Resolves the keys of the table and of its indexes; a part of a key that is no text is the field in `key`.
    pub(super) fn of_table(
        declared: &parse::Table,
        attributes: &[Attribute],
        key: &Key,
    ) -> (Vec<Index>, Self) {
        let text = |key: &Option<IndexKey>| {
            let text = key.as_ref()?.text.as_ref()?;
            Some(template(text, attributes))
        };
        let own = declared.key.as_ref();
        let partition = own.and_then(|own| text(&own.pk));
        let sort = own.and_then(|own| text(&own.sk));
        let sort = sort.or(key.sk.map(KeySource::Field));
        let partition = partition.unwrap_or(KeySource::Field(key.pk));
        let places = declared.indexes.iter();
        let places = places.filter_map(|index| place(index, &partition, attributes));
        let places = distinct(places.collect(), |(index, _): &(Index, Place)| index);
        let (indexes, places) = places.into_iter().unzip();
        let home = Home::Own {
            refuses: declared.refuses.is_some(),
        };
        (indexes, Self::new(home, partition, sort, places))
    }
}

fn template(text: &NamedText, attributes: &[Attribute]) -> KeySource {
    KeySource::Template(Template::of(
        &text.template,
        Some(text.name.value()),
        attributes,
    ))
}

/// Resolves an index; returns `None` if it lacks something, which has been reported.
fn place(
    index: &parse::Index,
    partition: &KeySource,
    attributes: &[Attribute],
) -> Option<(Index, Place)> {
    let field = |name: &Ident| {
        let found = attributes.iter().position(|a| a.ident == *name);
        found.map(KeySource::Field)
    };
    let sources = |key: &Option<IndexKey>| -> Vec<KeySource> {
        let key = key.iter();
        key.flat_map(|key| {
            let text = key.text.iter().map(|text| template(text, attributes));
            text.chain(key.fields.iter().filter_map(field))
        })
        .collect()
    };
    let global = index.kind == IndexKind::Global;
    let on_field = index.on_field.as_ref().and_then(field);
    let (mut pk, mut sk) = (sources(&index.pk), sources(&index.sk));
    if global {
        pk.extend(on_field);
    } else {
        pk = vec![partition.clone()];
        sk.extend(on_field);
    }
    if pk.is_empty() || (!global && sk.is_empty()) {
        return None;
    }
    let accessor = index_accessor(index)?;
    let resolved = Index {
        accessor_name: accessor.unraw().to_string(),
        name: index_name(index)?,
        accessor: accessor.clone(),
        global,
        pk: members_of(&pk),
        sk: members_of(&sk),
        projected: Projected::of(&index.project, attributes),
    };
    let place = Place {
        span: index.span,
        of: accessor,
        pk,
        sk,
    };
    Some((resolved, place))
}
