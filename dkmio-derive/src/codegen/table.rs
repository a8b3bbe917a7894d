//! `impl Table`.

use crate::model::Table;
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn implementation(table: &Table, schema: &TokenStream) -> TokenStream {
    let (runtime, ident, key, attrs, into_key) = (
        &table.runtime,
        &table.ident,
        table.sibling("Key"),
        table.sibling("Attrs"),
        table.key_trait(),
    );
    let ttl = table
        .ttl
        .map(|_| quote!(#[automatically_derived] impl #runtime::HasTtl for #ident {}));
    quote! {
        #ttl
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #runtime::Table for #ident {
            type Key = #key;
            type Attrs<Context> = #attrs<Context>;
            const SCHEMA: #runtime::TableSchema = #schema;
            fn key(&self) -> #key { #runtime::std::convert::From::from(self) }
            fn encode_key(key: &#key) -> #runtime::EncodedKey { #into_key::into_key(key) }
        }
    }
}
