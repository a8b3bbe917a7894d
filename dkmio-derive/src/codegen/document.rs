//! `AddressPath`: the accessors of a nested document.

use super::{adapted, adapted_types, at, attrs, doc, flattened, marker, quiet, removable, wire};
use crate::model::{Attribute, Document};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

pub(crate) fn document(document: &Document) -> TokenStream {
    let Document {
        runtime,
        ident,
        vis,
        ..
    } = document;
    let (path, quiet) = (document.path(), quiet());
    let doc = doc(format!("The attributes of a nested [`{}`].", ident.unraw()));
    let markers = markers(document);
    let wires = wire::of_document(document);
    let accessors = document
        .attributes
        .iter()
        .map(|attribute| accessor(document, attribute));
    let flattened = flattened::of_document(document);
    // The parameters are not called like a type of the user's might be; see `attrs`.
    quote! {
        #markers
        #(#wires)*
        #doc
        #quiet
        #vis struct #path<Attribute, Selected = #ident>(#runtime::Attr<Attribute, #ident, Selected>);
        #[automatically_derived]
        impl<__A, __S> #runtime::FromPath for #path<__A, __S> {
            fn from_path(path: #runtime::Path) -> Self { Self(#runtime::FromPath::from_path(path)) }
        }
        #[automatically_derived]
        impl<__A, __S> #runtime::std::ops::Deref for #path<__A, __S> {
            type Target = #runtime::Attr<__A, #ident, __S>;
            fn deref(&self) -> &Self::Target { &self.0 }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__A, __S> #runtime::Handle for #path<__A, __S>
        where
            __S: #runtime::serde::de::DeserializeOwned + #runtime::std::marker::Send + 'static,
        {
            type Attribute = __A;
            type Type = #ident;
            type Selected = __S;
            type Wire = __S;
            fn path(&self) -> &#runtime::Path { #runtime::Handle::path(&self.0) }
        }
        #[automatically_derived]
        impl #runtime::Document for #ident { type Handle<__A, __S> = #path<__A, __S>; }
        #[automatically_derived]
        impl #runtime::Flattened for #ident {
            type Handle<__A: 'static> = #path<__A, #runtime::Spread>;
            fn of_item<__A: 'static>() -> &'static Self::Handle<__A> { const { &#path(#runtime::Attr::FLATTENED) } }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #runtime::HasSize for #ident {}
        #[automatically_derived]
        #quiet
        impl<__A, __S> #path<__A, __S> { #(#accessors)* #(#flattened)* }
    }
}

fn markers(document: &Document) -> TokenStream {
    let (vis, module) = (&document.vis, document.module());
    let attributes = document.attributes.iter().map(|attribute| &attribute.ident);
    let flattened = document.flattened.iter().map(|field| &field.ident);
    let adapted = adapted_types(&document.attributes);
    let removable = document
        .attributes
        .iter()
        .filter(|attribute| attribute.removable)
        .map(|attribute| removable(&document.runtime, &marker(&module, attribute)));
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_docs, dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
        #vis mod #module { pub mod attr { #(pub enum #attributes {})* #(pub enum #flattened {})* } #adapted }
        #(#removable)*
    }
}

/// Emits the accessor of an attribute. Selecting it yields an `Option`, because the document may be absent.
fn accessor(document: &Document, attribute: &Attribute) -> TokenStream {
    let (runtime, vis, module) = (&document.runtime, &document.vis, document.module());
    let (ident, wire) = (&attribute.ident, &attribute.wire);
    let (marker, docs) = (marker(&module, attribute), attrs::accessor_docs(attribute));
    let (ty, value) = (&attribute.ty, attribute.value_type());
    let selected = if attribute.is_optional() {
        quote!(#ty)
    } else {
        quote!(#runtime::std::option::Option<#ty>)
    };
    let handle = if attribute.document {
        let runtime = at(ty.span(), runtime);
        quote_spanned!(ty.span()=> #runtime::Nested<#value, #marker, #selected>)
    } else if attribute.adapter.is_some() {
        let newtype = wire::newtype(&document.ident, attribute);
        let adapted = adapted(&module, attribute);
        quote!(#runtime::Attr<#marker, #adapted, #selected, #newtype>)
    } else {
        quote!(#runtime::Attr<#marker, #value, #selected>)
    };
    quote! {
        #docs
        #[inline]
        #vis fn #ident(&self) -> #handle { #runtime::child(&self.0, #wire) }
    }
}
