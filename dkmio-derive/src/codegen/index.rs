//! Emits the table and its indexes as sources of reads, and what may be done with each attribute there.

use super::obligations::key_type;
use super::{hidden, projected, template_sort};
use crate::model::{Entity, Index, KeySource, Place, Table};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

/// Emits `Source` for the indexes; without `schema` they refer to no index of the schema, because that may lack them.
pub(crate) fn sources(table: &Table, schema: bool) -> TokenStream {
    let (runtime, ident, module) = (&table.runtime, &table.ident, table.module());
    let indexes = table.indexes.iter().enumerate().map(|(position, index)| {
        let accessor = &index.accessor;
        let source = quote!(#module::index::#accessor);
        let item = table.item(index).unwrap_or_else(|| ident.clone());
        let place = if schema {
            quote!(#runtime::std::option::Option::Some(&<#ident as #runtime::Table>::SCHEMA.indexes[#position]))
        } else {
            quote!(#runtime::std::option::Option::None)
        };
        let (pk, sk) = match &table.entity {
            Some(entity) => entity_key_types(table, entity, Some((index, &entity.places[position]))),
            None => key_types(table, &index.pk, &index.sk),
        };
        let has_sort_key = has_sort_key(runtime, &source, &index.sk);
        quote! {
            #[automatically_derived]
            impl #runtime::Source for #source {
                type Table = #ident;
                type Item = #item;
                type Pk = #pk;
                type Sk = #sk;
                const INDEX: #runtime::std::option::Option<&'static #runtime::IndexSchema> = #place;
            }
            #has_sort_key
        }
    });
    let vector_indexes = super::vector_index::sources(table, schema);
    quote!(#(#indexes)* #vector_indexes)
}

/// Returns the types of the members of an entity's partition key, and the sort key's: a marker if a template makes it.
pub(super) fn entity_key_types(
    table: &Table,
    entity: &Entity,
    place: Option<(&Index, &Place)>,
) -> (TokenStream, TokenStream) {
    let (runtime, module) = (&table.runtime, table.module());
    let (pk, sources): (Vec<usize>, &[KeySource]) = match place {
        Some((index, place)) => (index.pk.clone(), &place.sk),
        None => (entity.partition_members(), entity.sort.as_slice()),
    };
    let pk = match pk.as_slice() {
        [] => quote!(()),
        members => key_types(table, members, &[]).0,
    };
    let sk = match sources {
        [source @ KeySource::Template(_)] => match source.members().as_slice() {
            [] => quote!(#runtime::NoSortKey),
            _ => {
                let marker = template_sort::marker(place.map(|(index, _)| index));
                quote!(#module::sk::#marker)
            }
        },
        fields => {
            let fields: Vec<usize> = fields.iter().flat_map(KeySource::members).collect();
            key_types(table, &[], &fields).1
        }
    };
    (pk, sk)
}

/// Returns the types of the partition key and of the sort key.
pub(super) fn key_types(table: &Table, pk: &[usize], sk: &[usize]) -> (TokenStream, TokenStream) {
    let runtime = &table.runtime;
    let value = |position: &usize| key_type(&table.attributes[*position]);
    let pk = match pk {
        [only] => value(only),
        many => {
            let types = many.iter().map(value);
            quote!((#(#types),*))
        }
    };
    let sk = match sk {
        [] => quote!(#runtime::NoSortKey),
        many => many.iter().map(value).rev().fold(
            quote!(#runtime::End),
            |rest, ty| quote!(#runtime::Then<#ty, #rest>),
        ),
    };
    (pk, sk)
}

/// Emits that the table or index has a sort key, if it has one.
pub(super) fn has_sort_key(
    runtime: &Path,
    source: &impl ToTokens,
    sk: &[usize],
) -> Option<TokenStream> {
    (!sk.is_empty()).then(|| quote!(#[automatically_derived] #[diagnostic::do_not_recommend] impl #runtime::HasSortKey for #source {}))
}

/// Emits which attributes may be selected and filtered where.
pub(super) fn permissions(table: &Table) -> TokenStream {
    let (runtime, ident, module) = (&table.runtime, &table.ident, table.module());
    let (non_key, changeable) = (hidden::non_key(), hidden::changeable());
    let indexes = table
        .indexes
        .iter()
        .map(|index| index_permissions(table, index));
    // Of a text, no attribute is a key: it is made of them.
    let keys = table.has_own_keys().then(|| {
        quote! {
            #[automatically_derived]
            impl<__Attribute: #module::#non_key> #runtime::NonKey<__Attribute> for #ident {}
            #[automatically_derived]
            impl<__Attribute: #module::#changeable> #runtime::Changes<__Attribute> for #ident {}
        }
    });
    quote! {
        #keys
        #[automatically_derived]
        impl<__Attribute> #runtime::Projects<__Attribute> for #ident {}
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #runtime::StronglyConsistent for #ident {}
        #(#indexes)*
    }
}

fn index_permissions(table: &Table, index: &Index) -> TokenStream {
    let (runtime, module, accessor) = (&table.runtime, table.module(), &index.accessor);
    let source = quote!(#module::index::#accessor);
    let non_key = hidden::non_key_of(index);
    let bound = (!index.projects_everything()).then(|| {
        let projected = projected::projected_into(index);
        quote!(: #module::#projected)
    });
    let consistent = (!index.global).then(|| quote!(#[automatically_derived] #[diagnostic::do_not_recommend] impl #runtime::StronglyConsistent for #source {}));
    let non_key = table.has_own_keys().then(|| {
        quote! {
            #[automatically_derived]
            impl<__Attribute: #module::#non_key> #runtime::NonKey<__Attribute> for #source {}
        }
    });
    quote! {
        #non_key
        #[automatically_derived]
        impl<__Attribute #bound> #runtime::Projects<__Attribute> for #source {}
        #consistent
    }
}
