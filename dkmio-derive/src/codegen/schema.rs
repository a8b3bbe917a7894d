//! `Table::SCHEMA`: names and kinds, for the runtime to read.

use super::obligations;
use crate::model::{Index, Projected, Table};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn schema(table: &Table) -> TokenStream {
    if let Some(entity) = &table.entity {
        return super::entity::schema(table, entity);
    }
    let (runtime, name) = (&table.runtime, &table.name);
    let key = keys(table, &[table.key.pk], table.key.sk.as_slice());
    let indexes = table.indexes.iter().map(|index| index_schema(table, index));
    let ttl = match table.ttl.map(|ttl| &table.attributes[ttl].wire) {
        Some(ttl) => quote!(#runtime::std::option::Option::Some(#ttl)),
        None => quote!(#runtime::std::option::Option::None),
    };
    let attributes = table.attributes.iter().map(|attribute| &attribute.wire);
    let required = table
        .attributes
        .iter()
        .filter(|attribute| !attribute.removable)
        .map(|attribute| &attribute.wire);
    let lifecycle = super::lifecycle::in_schema(table);
    quote!(#runtime::TableSchema::new(#name, #key, &[#(#indexes),*], #ttl, &[#(#attributes),*], &[#(#required),*]) #lifecycle)
}

fn index_schema(table: &Table, index: &Index) -> TokenStream {
    let (runtime, accessor, name) = (&table.runtime, &index.accessor_name, &index.name);
    let constructor = if index.global {
        quote!(global)
    } else {
        quote!(local)
    };
    let key = keys(table, &index.pk, &index.sk);
    let projection = match &index.projected {
        Projected::All => quote!(All),
        Projected::KeysOnly => quote!(KeysOnly),
        Projected::Include(attributes) => {
            let names = attributes
                .iter()
                .map(|attribute| &table.attributes[*attribute].wire);
            quote!(Include(&[#(#names),*]))
        }
    };
    quote!(#runtime::IndexSchema::#constructor(#accessor, #name, #key, #runtime::IndexProjection::#projection))
}

fn keys(table: &Table, pk: &[usize], sk: &[usize]) -> TokenStream {
    let runtime = &table.runtime;
    let element = |position: &usize| {
        let attribute = &table.attributes[*position];
        let (wire, kind) = (&attribute.wire, obligations::key_kind(table, attribute));
        quote!(#runtime::KeyElement::new(#wire, #kind))
    };
    let (pk, sk) = (pk.iter().map(element), sk.iter().map(element));
    quote!(#runtime::KeySchema::new(&[#(#pk),*], &[#(#sk),*]))
}
