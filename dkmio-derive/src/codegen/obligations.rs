//! States what the types of fields have to be, with the span of the field's type, so that rustc reports a wrong type
//! there.

use super::at;
use crate::model::{Attribute, Table};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// Emits that the time to live can be one.
pub(super) fn ttl(table: &Table) -> Option<TokenStream> {
    let ty = &table.attributes[table.ttl?].ty;
    let runtime = at(ty.span(), &table.runtime);
    Some(quote_spanned!(ty.span()=> const _: () = #runtime::assert_ttl::<#ty>();))
}

/// Emits the kind of a key, and with it that the attribute can be a key.
///
/// This is stated once, because rustc reports each statement of the same obligation.
pub(super) fn key_kind(table: &Table, attribute: &Attribute) -> TokenStream {
    if let Some(path) = &attribute.adapted_key {
        return quote!(#path::KIND);
    }
    let ty = attribute.value_type();
    let runtime = at(ty.span(), &table.runtime);
    quote_spanned!(ty.span()=> <#ty as #runtime::KeyAttribute>::KIND)
}

/// Returns the attribute's type as a key: its type without `Option`, unless an adapter says otherwise.
pub(super) fn key_type(attribute: &Attribute) -> TokenStream {
    match &attribute.adapted_key {
        Some(path) => quote!(#path),
        None => {
            let ty = attribute.value_type();
            quote!(#ty)
        }
    }
}
