//! Emits the schema of an entity, and of a table whose keys are texts.

use super::schema::{attributes, element, index_schema, required, table_schema};
use super::template::key_source;
use crate::model::{Entity, Home, KeySource, Table};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

pub(super) fn schema(table: &Table, entity: &Entity) -> TokenStream {
    let (runtime, none) = (&table.runtime, none(table));
    let (schema, kind) = match &entity.home {
        Home::Shared { of, kind, was } => {
            let shared = quote!(<#of as #runtime::SharedTable>::SCHEMA);
            let kind = quote! {
                #runtime::std::option::Option::Some(#runtime::ItemKind {
                    attribute: #shared.kind(),
                    name: #kind,
                    was: &[#(#was),*],
                    adopt: #shared.adopts(),
                })
            };
            (of_shared(table, entity, of), kind)
        }
        Home::Own { .. } => (own(table, entity), none.clone()),
    };
    let members = entity.members.iter().map(|member| {
        let attribute = &table.attributes[*member];
        let (wire, name, optional) = (&attribute.wire, &attribute.name, attribute.is_optional());
        quote!(#runtime::MemberSchema { attribute: #wire, name: #name, optional: #optional })
    });
    let partition = key_source(table, entity, &entity.partition);
    let sort = match &entity.sort {
        Some(sort) => {
            let sort = key_source(table, entity, sort);
            quote!(#runtime::std::option::Option::Some(#sort))
        }
        None => none,
    };
    let count = entity.key_members;
    let has_flattened_map = table.flattened.iter().any(|field| field.is_map);
    quote! {
        #schema
        .with_entity(&#runtime::EntitySchema {
            kind: #kind,
            members: &[#(#members),*],
            key_members: #count,
            partition: #partition,
            sort: #sort,
            has_flattened_map: #has_flattened_map,
        })
    }
}

fn none(table: &Table) -> TokenStream {
    let runtime = &table.runtime;
    quote!(#runtime::std::option::Option::None)
}

/// Emits the schema of an entity, with the keys and indexes of its table.
fn of_shared(table: &Table, entity: &Entity, of: &Path) -> TokenStream {
    let runtime = &table.runtime;
    let shared = quote!(<#of as #runtime::SharedTable>::SCHEMA);
    let places = table.indexes.iter().zip(&entity.places);
    let indexes = places.map(|(index, place)| {
        let (of, accessor) = (place.of.to_string(), &index.accessor_name);
        let sources = sources(table, entity, place.pk.iter().chain(&place.sk));
        quote!(#shared.index(#of).of_entity(#accessor, #sources))
    });
    let (attributes, required) = (attributes(table), required(table));
    let lifecycle = super::lifecycle::in_schema(table);
    quote! {
        #runtime::TableSchema::new(
            #shared.table().name(),
            *#shared.table().keys(),
            &[#(#indexes),*],
            #shared.table().ttl(),
            &[#attributes],
            &[#required],
        )
        #lifecycle
    }
}

/// Emits the schema of a table of one kind, with the keys and indexes that the struct itself declares.
fn own(table: &Table, entity: &Entity) -> TokenStream {
    let keys = keys(
        table,
        std::slice::from_ref(&entity.partition),
        entity.sort.as_slice(),
    );
    let places = table.indexes.iter().zip(&entity.places);
    let indexes = places.map(|(index, place)| {
        let keys = self::keys(table, &place.pk, &place.sk);
        let schema = index_schema(table, index, &keys);
        let accessor = &index.accessor_name;
        let sources = sources(table, entity, place.pk.iter().chain(&place.sk));
        quote!(#schema.of_entity(#accessor, #sources))
    });
    table_schema(table, &keys, indexes)
}

fn sources<'s>(
    table: &Table,
    entity: &Entity,
    sources: impl Iterator<Item = &'s KeySource>,
) -> TokenStream {
    let sources = sources.map(|source| key_source(table, entity, source));
    quote!(&[#(#sources),*])
}

/// Emits the key attributes: those that texts make have the texts' names.
fn keys(table: &Table, pk: &[KeySource], sk: &[KeySource]) -> TokenStream {
    let runtime = &table.runtime;
    let element = |source: &KeySource| match source {
        KeySource::Template(template) => {
            let name = template.name.as_deref().unwrap_or_default();
            quote!(#runtime::KeyElement::new(#name, #runtime::KeyKind::S))
        }
        KeySource::Field(field) => element(table, *field),
    };
    let (pk, sk) = (pk.iter().map(element), sk.iter().map(element));
    quote!(#runtime::KeySchema::new(&[#(#pk),*], &[#(#sk),*]))
}
