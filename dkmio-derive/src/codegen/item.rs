//! `OrdersByStatus`: what an index holds of an item, so that it never passes for a whole one.

use super::{doc, quiet, wire};
use crate::model::{Attribute, DefaultValue, Index, Table};
use crate::parse::serde_crate;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

/// Types nest as deep as there are fields, and rustc stops at a depth of 128.
const MOST_FIELDS: usize = 40;

pub(super) fn item(table: &Table, index: &Index) -> Option<TokenStream> {
    let item = table.item(index)?;
    let (runtime, vis, quiet) = (&table.runtime, &table.vis, quiet());
    let doc = doc(format!(
        "What index `{}` holds of [`{}`].",
        index.name,
        table.struct_name()
    ));
    let held: Vec<&Attribute> = table
        .attributes
        .iter()
        .enumerate()
        .filter(|(position, _)| table.holds(index, *position))
        .map(|(_, attribute)| attribute)
        .collect();
    let fields = held.iter().map(|attribute| field(&item, attribute));
    let defaults: Vec<_> = held
        .iter()
        .filter_map(|attribute| default_function(table, attribute))
        .collect();
    let defaults = (!defaults.is_empty())
        .then(|| quote!(#[automatically_derived] #[allow(dead_code)] impl #item { #(#defaults)* }));
    let deserialize = deserialize(table, &item, &held);
    let (derives, serde) = (derives(table, deserialize.is_none()), serde_crate(runtime));
    let rename_all = table
        .rename_all
        .as_ref()
        .map(|rule| quote!(, rename_all = #rule));
    Some(quote! {
        #doc
        #[derive(#derives)]
        #[serde(crate = #serde #rename_all)]
        #quiet
        #vis struct #item { #(#fields),* }
        #defaults
        #deserialize
    })
}

/// Emits what reads the item where serde reads each field by its type and name alone; else serde's derive does.
///
/// The derive's code takes far longer to compile; see docs/compile-time.md.
fn deserialize(table: &Table, item: &Ident, held: &[&Attribute]) -> Option<TokenStream> {
    let plain = held.iter().all(|attribute| attribute.reads_plainly);
    // The derives that the user chose may need serde's attributes, which are there for its derives only.
    if !plain || held.len() > MOST_FIELDS || table.derives.is_some() {
        return None;
    }
    let (runtime, name) = (&table.runtime, item.to_string());
    let (wires, idents) = (
        held.iter().map(|attribute| &attribute.wire),
        held.iter().map(|attribute| &attribute.ident),
    );
    let variables: Vec<_> = (0..held.len()).map(|i| format_ident!("__{i}")).collect();
    let types = held.iter().rev().fold(quote!(()), |rest, attribute| {
        let ty = &attribute.ty;
        quote!((#ty, #rest))
    });
    let values = variables
        .iter()
        .rev()
        .fold(quote!(()), |rest, variable| quote!((#variable, #rest)));
    Some(quote! {
        #[automatically_derived]
        impl<'de> #runtime::serde::Deserialize<'de> for #item {
            fn deserialize<__D: #runtime::serde::Deserializer<'de>>(deserializer: __D) -> #runtime::std::result::Result<Self, __D::Error> {
                let #values = #runtime::read_fields::<#types, __D>(deserializer, #name, &[#(#wires),*])?;
                #runtime::std::result::Result::Ok(Self { #(#idents: #variables),* })
            }
        }
    })
}

fn derives(table: &Table, deserialize: bool) -> TokenStream {
    let runtime = &table.runtime;
    let deserialize = deserialize.then(|| quote!(#runtime::serde::Deserialize));
    match &table.derives {
        Some(derives) => quote!(#(#derives,)* #deserialize),
        None => quote! {
            #runtime::std::fmt::Debug, #runtime::std::clone::Clone, #runtime::std::cmp::PartialEq,
            #runtime::serde::Serialize, #deserialize
        },
    }
}

fn field(item: &Ident, attribute: &Attribute) -> TokenStream {
    let (ident, vis, ty, serde) = (
        &attribute.ident,
        &attribute.vis,
        &attribute.ty,
        &attribute.serde,
    );
    let docs = super::attrs::accessor_docs(attribute);
    let default = of_struct(attribute).then(|| {
        let path = format!("{item}::{}", default_name(attribute));
        quote!(#[serde(default = #path)])
    });
    quote!(#docs #(#serde)* #default #vis #ident: #ty)
}

/// Tells whether the attribute's default comes from the table's struct, which the item is not.
fn of_struct(attribute: &Attribute) -> bool {
    matches!(
        attribute.default,
        Some(DefaultValue::OfStruct | DefaultValue::OfStructCall(_))
    )
}

fn default_name(attribute: &Attribute) -> Ident {
    format_ident!("__default_{}", attribute.name)
}

fn default_function(table: &Table, attribute: &Attribute) -> Option<TokenStream> {
    if !of_struct(attribute) {
        return None;
    }
    let (name, ty) = (default_name(attribute), &attribute.ty);
    let value = wire::default_value(&table.runtime, &table.ident, attribute)?;
    Some(quote!(fn #name() -> #ty { #value }))
}
