//! `OrdersAttrs`: the accessors that a closure sees.

use super::{adapted, at, doc, flattened, fnv, marker, quiet, removable, wire};
use crate::model::{Attribute, Table};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use std::collections::HashSet;
use syn::spanned::Spanned;

pub(super) fn attrs(table: &Table) -> TokenStream {
    let (runtime, vis, ident, quiet) =
        (&table.runtime, &table.vis, table.sibling("Attrs"), quiet());
    let doc = doc(format!(
        "The attributes of [`{}`], as a closure sees them.",
        table.struct_name()
    ));
    let accessors = table
        .attributes
        .iter()
        .enumerate()
        .map(|(position, attribute)| accessor(table, attribute, allows(table, position)));
    let flattened = flattened::of_table(table);
    let transparent = flattened::transparent(table);
    // A parameter must not have the name of a type of the user's, hence `__Context`.
    quote! {
        #doc
        #quiet
        #vis struct #ident<Context>(#runtime::std::marker::PhantomData<fn() -> Context>);
        #[automatically_derived]
        impl<Context> #runtime::std::default::Default for #ident<Context> {
            fn default() -> Self { Self(#runtime::std::marker::PhantomData) }
        }
        #[automatically_derived]
        #quiet
        impl<__Context> #ident<__Context> { #(#accessors)* #(#flattened)* }
        #transparent
    }
}

/// Returns the trait by which a context allows the attribute.
fn allows(table: &Table, position: usize) -> TokenStream {
    if table.lifecycle.version == Some(position) {
        return quote!(AllowsVersion);
    }
    if table.lifecycle.updated_at == Some(position) {
        return match table.is_own_key_of_any(position) {
            true => quote!(AllowsUpdatedAtKey),
            false => quote!(AllowsUpdatedAt),
        };
    }
    match &table.entity {
        Some(entity) => super::entity::allows(table, entity, position),
        None if table.is_key_of_any(position) => quote!(Allows),
        None => quote!(AllowsNonKey),
    }
}

fn accessor(table: &Table, attribute: &Attribute, allows: TokenStream) -> TokenStream {
    let (runtime, vis, module) = (&table.runtime, &table.vis, table.module());
    let (ident, wire) = (&attribute.ident, &attribute.wire);
    let (marker, docs) = (marker(&module, attribute), docs_in(table, attribute));
    let handle = handle(table, attribute);
    let make = if attribute.document {
        quote!(root)
    } else {
        quote!(leaf)
    };
    quote! {
        #docs
        #[inline]
        #vis fn #ident(&self) -> #handle where __Context: #runtime::#allows<#marker> { #runtime::#make(#wire) }
    }
}

/// Returns the type of the attribute's handle.
pub(super) fn handle(table: &Table, attribute: &Attribute) -> TokenStream {
    let (runtime, module) = (&table.runtime, table.module());
    let marker = marker(&module, attribute);
    let (ty, value) = (&attribute.ty, attribute.value_type());
    if attribute.document {
        let runtime = at(ty.span(), runtime);
        quote_spanned!(ty.span()=> #runtime::Nested<#value, #marker, #ty>)
    } else if attribute.adapter.is_some() {
        let newtype = wire::newtype(&table.ident, attribute);
        let adapted = adapted(&module, attribute);
        quote!(#runtime::Attr<#marker, #adapted, #ty, #newtype>)
    } else if attribute.reads_default() {
        let newtype = wire::newtype(&table.ident, attribute);
        quote!(#runtime::Attr<#marker, #value, #ty, #newtype>)
    } else if attribute.is_optional() {
        quote!(#runtime::Attr<#marker, #value, #ty>)
    } else {
        quote!(#runtime::Attr<#marker, #ty>)
    }
}

/// Returns the field's own docs, and then the attribute's name and type.
pub(super) fn accessor_docs(attribute: &Attribute) -> TokenStream {
    with_own(attribute, &name_and_type(attribute))
}

/// Returns the same for an attribute of a table, and what it is there and in its indexes.
pub(super) fn docs_in(table: &Table, attribute: &Attribute) -> TokenStream {
    let line: Vec<String> = [name_and_type(attribute)]
        .into_iter()
        .chain(table.roles(attribute))
        .collect();
    with_own(attribute, &line.join(" "))
}

fn name_and_type(attribute: &Attribute) -> String {
    format!("Attribute `{}: {}`.", attribute.wire, attribute.spelling)
}

/// Returns the field's own docs, and then a line.
pub(super) fn with_own(attribute: &Attribute, line: &str) -> TokenStream {
    let own = &attribute.docs;
    let separator = (!own.is_empty()).then(|| quote!(#[doc = ""]));
    let doc = doc(line);
    quote!(#(#own)* #separator #doc)
}

/// Emits what is known of each attribute by its marker and by its name.
pub(super) fn fields(table: &Table) -> TokenStream {
    let (runtime, ident, module) = (&table.runtime, &table.ident, table.module());
    // Two attributes with one name have been reported; rustc need not report it again.
    let mut seen = HashSet::new();
    let fields = table
        .attributes
        .iter()
        .enumerate()
        .map(|(position, attribute)| {
            let (hash, marker, ty) = (
                fnv::hash(&attribute.wire),
                marker(&module, attribute),
                &attribute.ty,
            );
            // Another trait says once that a key cannot be changed.
            let removable = (attribute.removable || table.is_key(position))
                .then(|| removable(runtime, &marker));
            let field = seen.insert(hash).then(|| {
                quote! {
                    #[automatically_derived]
                    #[diagnostic::do_not_recommend]
                    impl #runtime::Field<#hash> for #ident { type Attribute = #marker; }
                    #[automatically_derived]
                    #[diagnostic::do_not_recommend]
                    impl #runtime::SelectedAs<#ty> for #marker {}
                }
            });
            quote!(#removable #field)
        });
    quote!(#(#fields)*)
}
