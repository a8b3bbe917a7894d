//! `impl KeyAttribute`.

use super::at;
use crate::model::{KeyAttribute, Kind};
use crate::type_shape::is_spelled;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

pub(crate) fn key_attribute(key: &KeyAttribute) -> TokenStream {
    let KeyAttribute {
        runtime,
        ident,
        kind,
    } = key;
    let (kind, prefix, size) = match kind {
        Kind::Enum => (quote!(#runtime::KeyKind::S), false, true),
        // Only the spelling tells whether the type inside has prefixes and a size: a bound here would have to hold for
        // every newtype.
        Kind::Newtype(inner) => (
            {
                let runtime = at(inner.span(), runtime);
                quote_spanned!(inner.span()=> <#inner as #runtime::KeyAttribute>::KIND)
            },
            is_spelled(inner, "String") || is_spelled(inner, "Bytes"),
            is_spelled(inner, "String") || is_spelled(inner, "Bytes"),
        ),
    };
    let prefix =
        prefix.then(|| quote!(#[automatically_derived] impl #runtime::Prefix for #ident {}));
    let size = size.then(|| quote!(#[automatically_derived] #[diagnostic::do_not_recommend] impl #runtime::HasSize for #ident {}));
    quote! {
        #[automatically_derived]
        impl #runtime::KeyAttribute for #ident { const KIND: #runtime::KeyKind = #kind; }
        #prefix
        #size
    }
}
