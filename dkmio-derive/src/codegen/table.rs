//! `impl Table`.

use crate::model::Table;
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn implementation(table: &Table, schema: &TokenStream) -> TokenStream {
    let (runtime, ident, key, attrs) = (
        &table.runtime,
        &table.ident,
        table.sibling("Key"),
        table.sibling("Attrs"),
    );
    quote! {
        #[automatically_derived]
        impl #runtime::Table for #ident {
            type Key = #key;
            type Attrs<Context> = #attrs<Context>;
            const SCHEMA: #runtime::TableSchema = #schema;
            fn key(&self) -> #key { #runtime::std::convert::From::from(self) }
        }
    }
}
