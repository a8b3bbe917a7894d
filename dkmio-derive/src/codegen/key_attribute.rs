//! Emits `impl KeyAttribute`, and what else a type has that can be a key.

use super::at;
use crate::model::KeyAttribute;
use crate::parse::Kind;
use crate::type_shape::is_spelled;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Path, Type};

pub(crate) fn key_attribute(key: &KeyAttribute) -> TokenStream {
    let KeyAttribute {
        runtime,
        ident,
        kind,
    } = key;
    let (kind, prefix, size) = match kind {
        Kind::Enum => (
            quote!(#runtime::KeyKind::S),
            quote!(#[automatically_derived] #[diagnostic::do_not_recommend] impl #runtime::Prefix for #ident {}),
            true,
        ),
        // The spelling decides whether the type inside has a size, because a bound here would have to hold for every
        // newtype.
        Kind::Of(inner) => (
            {
                let runtime = at(inner.span(), runtime);
                quote_spanned!(inner.span()=> <#inner as #runtime::KeyAttribute>::KIND)
            },
            prefix_of(runtime, ident, inner),
            is_spelled(inner, "String") || is_spelled(inner, "Bytes"),
        ),
    };
    let member = match &key.kind {
        Kind::Enum => enum_member(runtime, ident),
        Kind::Of(inner) => newtype_member(runtime, ident, inner),
    };
    let size = size.then(|| quote!(#[automatically_derived] #[diagnostic::do_not_recommend] impl #runtime::HasSize for #ident {}));
    quote! {
        #[automatically_derived]
        impl #runtime::KeyAttribute for #ident { const KIND: #runtime::KeyKind = #kind; }
        #prefix
        #member
        #size
    }
}

/// Emits that the name of a variant can be a member of a key template.
fn enum_member(runtime: &Path, ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #runtime::KeyMember for #ident { const FORM: #runtime::Form = #runtime::Form::Text; }
    }
}

/// Emits that the newtype can be a member of a key template where the type inside can.
///
/// The bounds with a lifetime are checked where the member is used, because binary and floats can be keys and no members.
fn newtype_member(runtime: &Path, ident: &Ident, inner: &Type) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #runtime::KeyMember for #ident where for<'a> &'a #inner: #runtime::KeyMember {
            const FORM: #runtime::Form = <&'static #inner as #runtime::KeyMember>::FORM;
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #runtime::FixedWidth for #ident where for<'a> &'a #inner: #runtime::FixedWidth {}
    }
}

/// Emits that the type has prefixes where the one inside has, and that a value of it can be one.
fn prefix_of(runtime: &Path, ident: &Ident, inner: &Type) -> TokenStream {
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__Of: ?#runtime::std::marker::Sized> #runtime::Prefix<__Of> for #ident where #inner: #runtime::Prefix<__Of> {}
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__Of: ?#runtime::std::marker::Sized> #runtime::PrefixValue<#ident, __Of> for #ident {
            fn into_term(self) -> #runtime::Term { #runtime::value(&self) }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__Of: ?#runtime::std::marker::Sized> #runtime::PrefixValue<#ident, __Of> for &#ident {
            fn into_term(self) -> #runtime::Term { #runtime::value(self) }
        }
    }
}
