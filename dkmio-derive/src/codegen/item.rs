//! `OrdersByStatus`: what an index holds of an item, so that it never passes for a whole one.

use super::{doc, quiet, wire};
use crate::model::{Attribute, DefaultValue, Index, Table};
use crate::parse::serde_crate;
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

/// The type of the fields nests as deep as there are fields, and rustc stops at a depth of 128.
const MOST_FIELDS: usize = 40;

pub(super) fn item(table: &Table, index: &Index) -> Option<TokenStream> {
    let item = table.item(index)?;
    let (vis, quiet) = (&table.vis, quiet());
    let doc = doc(format!(
        "An item of index `{}`: what it holds of [`{}`].",
        index.name,
        table.struct_name()
    ));
    let held = table.held(index).into_iter();
    let held: Vec<&Attribute> = held.map(|position| &table.attributes[position]).collect();
    let serde = serde(table, &item, &held);
    let fields = held
        .iter()
        .map(|attribute| field(table, &item, attribute, serde.is_none()));
    let defaults: Vec<_> = held
        .iter()
        .filter_map(|attribute| default_function(table, attribute))
        .collect();
    let defaults = (!defaults.is_empty())
        .then(|| quote!(#[automatically_derived] #[allow(dead_code)] impl #item { #(#defaults)* }));
    let derives = derives(table, serde.is_none());
    // The keys of an entity are made of members, which the index may not hold.
    let has_key =
        table.entity.is_none() || table.key_positions().all(|key| table.holds(index, key));
    let key = has_key.then(|| key(table));
    Some(quote! {
        #doc
        #derives
        #quiet
        #vis struct #item { #(#fields),* }
        #[automatically_derived]
        #quiet
        impl #item { #key }
        #defaults
        #serde
    })
}

/// Emits the method that returns the item's key, by which the table has the whole item.
fn key(table: &Table) -> TokenStream {
    let (runtime, vis, key) = (&table.runtime, &table.vis, table.sibling("Key"));
    let names = table
        .key_positions()
        .map(|position| &table.attributes[position].ident);
    let doc = doc(format!(
        "Returns the key, by which `{}::get` reads the whole item.",
        table.struct_name()
    ));
    quote! {
        #doc
        #vis fn key(&self) -> #key { #key { #(#names: #runtime::std::clone::Clone::clone(&self.#names)),* } }
    }
}

/// Emits the code that reads and writes the item if serde takes each field by its type and name alone; else emits
/// serde's derives.
///
/// The derives' code takes far longer to compile; see docs/compile-time.md.
fn serde(table: &Table, item: &Ident, held: &[&Attribute]) -> Option<TokenStream> {
    let plain = held.iter().all(|attribute| attribute.plain);
    // The derives that the user chose may need serde's attributes, which are there for its derives only.
    if !plain || held.len() > MOST_FIELDS || table.derives.is_some() {
        return None;
    }
    let (runtime, name) = (&table.runtime, item.to_string());
    let wires = held.iter().map(|attribute| &attribute.wire);
    let names = quote!(&[#(#wires),*]);
    let idents = held.iter().map(|attribute| &attribute.ident);
    let variables: Vec<_> = (0..held.len()).map(|i| format_ident!("__{i}")).collect();
    let types = listed(held.iter().map(|attribute| attribute.ty.to_token_stream()));
    let values = listed(variables.iter().map(ToTokens::to_token_stream));
    let written = listed(held.iter().map(|attribute| {
        let ident = &attribute.ident;
        match &attribute.left_out {
            Some(left_out) => quote!(#runtime::Unless(#left_out(&self.#ident), &self.#ident)),
            None => quote!(&self.#ident),
        }
    }));
    Some(quote! {
        #[automatically_derived]
        impl #runtime::serde::Serialize for #item {
            fn serialize<__S: #runtime::serde::Serializer>(&self, serializer: __S) -> #runtime::std::result::Result<__S::Ok, __S::Error> {
                #runtime::write_fields(serializer, #name, #names, &#written)
            }
        }
        #[automatically_derived]
        impl<'de> #runtime::serde::Deserialize<'de> for #item {
            fn deserialize<__D: #runtime::serde::Deserializer<'de>>(deserializer: __D) -> #runtime::std::result::Result<Self, __D::Error> {
                let #values = #runtime::read_fields::<#types, __D>(deserializer, #name, #names)?;
                #runtime::std::result::Result::Ok(Self { #(#idents: #variables),* })
            }
        }
    })
}

/// Returns `(a, (b, ()))`.
fn listed(parts: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    parts
        .rev()
        .fold(quote!(()), |rest, part| quote!((#part, #rest)))
}

fn derives(table: &Table, serde: bool) -> TokenStream {
    let runtime = &table.runtime;
    let std = quote! {
        #runtime::std::fmt::Debug, #runtime::std::clone::Clone, #runtime::std::cmp::PartialEq
    };
    if !serde {
        return quote!(#[derive(#std)]);
    }
    let derives = match &table.derives {
        Some(derives) => quote!(#(#derives,)*),
        None => quote!(#std, #runtime::serde::Serialize,),
    };
    let krate = serde_crate(runtime);
    let rename_all = table
        .rename_all
        .as_ref()
        .map(|rule| quote!(, rename_all = #rule));
    quote! {
        #[derive(#derives #runtime::serde::Deserialize)]
        #[serde(crate = #krate #rename_all)]
    }
}

fn field(table: &Table, item: &Ident, attribute: &Attribute, by_serde: bool) -> TokenStream {
    let (ident, vis, ty) = (&attribute.ident, &attribute.vis, &attribute.ty);
    let docs = super::attrs::docs_in(table, attribute);
    if !by_serde {
        return quote!(#docs #vis #ident: #ty);
    }
    let serde = &attribute.serde;
    let default = of_struct(attribute).then(|| {
        let path = format!("{item}::{}", default_name(attribute));
        quote!(#[serde(default = #path)])
    });
    quote!(#docs #(#serde)* #default #vis #ident: #ty)
}

/// Returns whether the attribute's default comes from the table's struct, which the item is not.
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
