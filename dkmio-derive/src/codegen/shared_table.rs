//! Emits `impl SharedTable`: the table's names, for its entities and for the runtime.

use super::{doc, quiet};
use crate::model::{KeyName, SharedTable};
use crate::parse::{KeyKind, SharedProjection};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

pub(crate) fn shared_table(table: &SharedTable) -> TokenStream {
    let SharedTable {
        runtime,
        ident,
        name,
        ..
    } = table;
    let keys = keys(runtime, &table.pk, &table.sk);
    let indexes = table.indexes.iter().map(|index| {
        let constructor = match index.global {
            true => quote!(global),
            false => quote!(local),
        };
        let (accessor, name) = (&index.accessor, &index.name);
        let keys = self::keys(runtime, &index.pk, &index.sk);
        let projection = match &index.projection {
            SharedProjection::All => quote!(All),
            SharedProjection::KeysOnly => quote!(KeysOnly),
            SharedProjection::Include(names) => quote!(Include(&[#(#names),*])),
        };
        quote!(#runtime::IndexSchema::#constructor(#accessor, #name, #keys, #runtime::IndexProjection::#projection))
    });
    let (ttl, kind) = (option(runtime, &table.ttl), option(runtime, &table.kind));
    let (escape, ended) = match table.refuses {
        true => (quote!(Refuse), quote!(Unsorted)),
        false => (quote!(Percent), quote!(Terminated)),
    };
    let adopts = table.adopts;
    let (vis, quiet) = (&table.vis, quiet());
    let sequence_doc =
        doc("The sequence of this name: numbers that rise, from an item of its own in the table.");
    quote! {
        #[automatically_derived]
        impl #runtime::SharedTable for #ident {
            const SCHEMA: #runtime::SharedSchema = #runtime::SharedSchema::new(
                #runtime::TableSchema::new(#name, #keys, &[#(#indexes),*], #ttl, &[], &[]),
                #kind,
                #runtime::Escape::#escape,
                #adopts,
            );
            type Ended = #runtime::#ended;
        }
        #[automatically_derived]
        #quiet
        impl #ident {
            #sequence_doc
            #[inline]
            #vis fn sequence(name: impl #runtime::std::convert::Into<#runtime::std::string::String>) -> #runtime::Sequence<#ident> {
                #runtime::Sequence::new(#runtime::std::convert::Into::into(name))
            }
        }
        #[automatically_derived]
        impl #runtime::TableDefinition for #ident {
            const DEFINITION: #runtime::TableSchema = *<Self as #runtime::SharedTable>::SCHEMA.table();
        }
    }
}

fn option(runtime: &Path, text: &Option<String>) -> TokenStream {
    match text {
        Some(text) => quote!(#runtime::std::option::Option::Some(#text)),
        None => quote!(#runtime::std::option::Option::None),
    }
}

fn keys(runtime: &Path, pk: &[KeyName], sk: &[KeyName]) -> TokenStream {
    let element = |key: &KeyName| {
        let name = &key.name;
        let kind = match key.kind {
            KeyKind::S => quote!(S),
            KeyKind::N => quote!(N),
            KeyKind::B => quote!(B),
        };
        quote!(#runtime::KeyElement::new(#name, #runtime::KeyKind::#kind))
    };
    let (pk, sk) = (pk.iter().map(element), sk.iter().map(element));
    quote!(#runtime::KeySchema::new(&[#(#pk),*], &[#(#sk),*]))
}
