//! `Table::SCHEMA`: names and kinds, for the runtime to read.

use super::obligations;
use crate::model::{Index, Projected, Table};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn schema(table: &Table) -> TokenStream {
    let key = keys(table, &[table.key.pk], table.key.sk.as_slice());
    let indexes = table.indexes.iter().map(|index| {
        let key = keys(table, &index.pk, &index.sk);
        index_schema(table, index, &key)
    });
    table_schema(table, &key, indexes)
}

/// Emits the schema of a table with these keys and indexes.
pub(super) fn table_schema(
    table: &Table,
    key: &TokenStream,
    indexes: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let (runtime, name) = (&table.runtime, &table.name);
    let ttl = match table.ttl.map(|ttl| &table.attributes[ttl].wire) {
        Some(ttl) => quote!(#runtime::std::option::Option::Some(#ttl)),
        None => quote!(#runtime::std::option::Option::None),
    };
    let (attributes, required) = (attributes(table), required(table));
    let lifecycle = super::lifecycle::in_schema(table);
    quote!(#runtime::TableSchema::new(#name, #key, &[#(#indexes),*], #ttl, &[#attributes], &[#required]) #lifecycle)
}

/// Emits the names of all attributes.
pub(super) fn attributes(table: &Table) -> TokenStream {
    let attributes = table.attributes.iter().map(|attribute| &attribute.wire);
    quote!(#(#attributes),*)
}

/// Emits the names of the attributes without which an item does not read.
pub(super) fn required(table: &Table) -> TokenStream {
    let attributes = table.attributes.iter();
    let required = attributes.filter(|attribute| !attribute.removable);
    let required = required.map(|attribute| &attribute.wire);
    quote!(#(#required),*)
}

/// Emits the schema of an index with these keys.
pub(super) fn index_schema(table: &Table, index: &Index, key: &TokenStream) -> TokenStream {
    let (runtime, accessor, name) = (&table.runtime, &index.accessor_name, &index.name);
    let constructor = if index.global {
        quote!(global)
    } else {
        quote!(local)
    };
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
    let element = |position: &usize| element(table, *position);
    let (pk, sk) = (pk.iter().map(element), sk.iter().map(element));
    quote!(#runtime::KeySchema::new(&[#(#pk),*], &[#(#sk),*]))
}

/// Emits a key attribute that is a field.
pub(super) fn element(table: &Table, position: usize) -> TokenStream {
    let (runtime, attribute) = (&table.runtime, &table.attributes[position]);
    let (wire, kind) = (&attribute.wire, obligations::key_kind(table, attribute));
    quote!(#runtime::KeyElement::new(#wire, #kind))
}
