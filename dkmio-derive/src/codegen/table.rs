//! Emits `impl Table`, by which the runtime finds everything else of the table.

use super::index::{entity_key_types, has_sort_key, key_types};
use crate::model::{KeySource, Table};
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn implementation(
    table: &Table,
    schema: &TokenStream,
    members: Option<TokenStream>,
) -> TokenStream {
    let (runtime, ident, key, attrs) = (
        &table.runtime,
        &table.ident,
        table.sibling("Key"),
        table.sibling("Attrs"),
    );
    let ttl = table
        .ttl
        .map(|_| quote!(#[automatically_derived] impl #runtime::HasTtl for #ident {}));
    let sort = table.key.sk.as_slice();
    let (pk, sk) = match &table.entity {
        Some(entity) => entity_key_types(table, entity, None),
        None => key_types(table, &[table.key.pk], sort),
    };
    let compared = match &table.entity {
        Some(entity) => entity
            .sort
            .as_ref()
            .map(KeySource::members)
            .unwrap_or_default(),
        None => sort.to_vec(),
    };
    let has_sort_key = has_sort_key(runtime, ident, &compared);
    quote! {
        #ttl
        #has_sort_key
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #runtime::Table for #ident {
            type Key = #key;
            type PartitionKey = #pk;
            type SortKey = #sk;
            type Attrs<Context> = #attrs<Context>;
            const SCHEMA: #runtime::TableSchema = #schema;
            fn key(&self) -> #key { #runtime::std::convert::From::from(self) }
            #members
        }
    }
}
