//! Emits what belongs to the attributes that dkmio keeps itself: the version, and the times.

use super::at;
use crate::model::{Attribute, Table};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// Emits what a batch may do with the model, and that the marked fields have the right types.
pub(super) fn lifecycle(table: &Table) -> TokenStream {
    let (runtime, ident) = (&table.runtime, &table.ident);
    let version = table.lifecycle.version;
    let permission = match version {
        Some(_) => quote!(HasVersion),
        None => quote!(PutInBatch),
    };
    let version = version.map(|version| {
        obligation(table, version, |attribute| {
            let ty = &attribute.ty;
            quote_spanned!(ty.span()=> assert_version::<#ty>())
        })
    });
    let times = [table.lifecycle.created_at, table.lifecycle.updated_at];
    let times = times.into_iter().flatten().map(|time| {
        obligation(table, time, |attribute| {
            let ty = attribute.value_type();
            quote_spanned!(ty.span()=> assert_time::<#ty>())
        })
    });
    quote! {
        #[automatically_derived]
        impl #runtime::#permission for #ident {}
        #version
        #(#times)*
    }
}

fn obligation(
    table: &Table,
    position: usize,
    assertion: impl FnOnce(&Attribute) -> TokenStream,
) -> TokenStream {
    let attribute = &table.attributes[position];
    let runtime = at(attribute.ty.span(), &table.runtime);
    let assertion = assertion(attribute);
    quote_spanned!(attribute.ty.span()=> const _: () = #runtime::#assertion;)
}

/// Emits the part of a schema that names the attributes.
pub(super) fn in_schema(table: &Table) -> Option<TokenStream> {
    if !table.lifecycle.is_any() {
        return None;
    }
    let runtime = &table.runtime;
    let name = |position: Option<usize>| match position {
        Some(position) => {
            let wire = &table.attributes[position].wire;
            quote!(#runtime::std::option::Option::Some(#wire))
        }
        None => quote!(#runtime::std::option::Option::None),
    };
    let (version, created_at, updated_at) = (
        name(table.lifecycle.version),
        name(table.lifecycle.created_at),
        name(table.lifecycle.updated_at),
    );
    Some(quote!(.with_lifecycle(#runtime::Lifecycle {
        version: #version,
        created_at: #created_at,
        updated_at: #updated_at,
    })))
}

/// Emits the functions of `Table` that read and set the attributes.
pub(super) fn functions(table: &Table) -> Option<TokenStream> {
    if !table.lifecycle.is_any() {
        return None;
    }
    let runtime = &table.runtime;
    let some = |value: TokenStream| quote!(#runtime::std::option::Option::Some(#value));
    let none = quote!(#runtime::std::option::Option::None);
    let named = |position: Option<usize>| Some(&table.attributes[position?]);
    let (version, created_at, updated_at) = (
        named(table.lifecycle.version).map(|version| &version.ident),
        named(table.lifecycle.created_at),
        named(table.lifecycle.updated_at),
    );
    let encoded = |attribute: &Attribute| {
        let (ident, ty) = (&attribute.ident, attribute.value_type());
        some(quote!(#runtime::encode_time::<Self, _, #ty>(|o| o.#ident(), now)))
    };
    let created = created_at.map_or_else(|| none.clone(), encoded);
    let updated = updated_at.map_or_else(|| none.clone(), encoded);
    let stamp_created = created_at.map(|attribute| {
        let ident = &attribute.ident;
        quote! {
            if #runtime::std::option::Option::is_none(&self.#ident) {
                self.#ident = #runtime::TimeAttribute::at(now);
            }
        }
    });
    let stamp_updated = updated_at.map(|attribute| {
        let ident = &attribute.ident;
        quote!(self.#ident = #runtime::TimeAttribute::at(now);)
    });
    let stamp_version = version.map(|ident| quote!(self.#ident = self.#ident.next();));
    let version = version.map_or_else(|| none.clone(), |ident| some(quote!(self.#ident)));
    let first = created_at.map_or_else(|| none.clone(), |attribute| {
        let ident = &attribute.ident;
        quote!(if #runtime::std::option::Option::is_none(&self.#ident) { #created } else { #none })
    });
    Some(quote! {
        fn stamps(&self, now: #runtime::Duration) -> #runtime::Stamps {
            #runtime::Stamps { version: #version, created_at: #first, updated_at: #updated }
        }
        fn stamp(&mut self, now: #runtime::Duration) { #stamp_created #stamp_updated #stamp_version }
        fn times(now: #runtime::Duration) -> [#runtime::std::option::Option<#runtime::EncodedTime>; 2] {
            [#created, #updated]
        }
    })
}
