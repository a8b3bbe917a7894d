//! `OrdersByStatus`: what an index holds of an item, so that it never passes for a whole one.

use super::{doc, quiet, wire};
use crate::model::{Attribute, DefaultValue, Index, Table};
use crate::parse::serde_crate;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

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
    let (derives, serde) = (derives(table), serde_crate(runtime));
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
    })
}

fn derives(table: &Table) -> TokenStream {
    let runtime = &table.runtime;
    match &table.derives {
        Some(derives) => quote!(#(#derives,)* #runtime::serde::Deserialize),
        None => quote! {
            #runtime::std::fmt::Debug, #runtime::std::clone::Clone, #runtime::std::cmp::PartialEq,
            #runtime::serde::Serialize, #runtime::serde::Deserialize
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
