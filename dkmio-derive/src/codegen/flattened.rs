//! The accessors of flattened fields, and those of what is in them.

use super::{doc, quiet};
use crate::model::{Document, Flattened, Table};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the accessors that open the flattened fields of a table.
///
/// Whether the type has accessors is checked where they are used, because a field need not be opened. The type is a
/// parameter, because rustc only says that there is no method, and not why, if a type in its signature lacks a trait.
pub(super) fn of_table(table: &Table) -> impl Iterator<Item = TokenStream> {
    let (runtime, vis, module) = (&table.runtime, &table.vis, table.module());
    table.flattened.iter().map(move |field| {
        let (ident, name, ty, docs) = (&field.ident, &field.name, &field.ty, docs(field));
        quote! {
            #docs
            #[inline]
            #vis fn #ident<__Type>(&self) -> __Type::Handle<#module::attr::#ident>
            where
                __Context: #runtime::AllowsNonKey<#module::attr::#ident>,
                #ty: #runtime::Is<__Type>,
                __Type: #runtime::Flattened,
            {
                #runtime::flattened(#name)
            }
        }
    })
}

/// Emits the accessors that open the flattened fields of a document.
pub(super) fn of_document(document: &Document) -> impl Iterator<Item = TokenStream> {
    let (runtime, vis, module) = (&document.runtime, &document.vis, document.module());
    document.flattened.iter().map(move |field| {
        let (ident, ty, docs) = (&field.ident, &field.ty, docs(field));
        quote! {
            #docs
            #[inline]
            #vis fn #ident<__Type>(&self) -> __Type::Handle<#module::attr::#ident>
            where
                #ty: #runtime::Is<__Type>,
                __Type: #runtime::Flattened,
            {
                #runtime::flattened_into(&self.0)
            }
        }
    })
}

/// Emits that the accessors of the flattened struct are the table's own too.
pub(super) fn transparent(table: &Table) -> Option<TokenStream> {
    let (runtime, attrs, module) = (&table.runtime, table.sibling("Attrs"), table.module());
    let Flattened { ident, ty, .. } = table.transparent()?;
    let quiet = quiet();
    let handle = quote!(<#ty as #runtime::Flattened>::Handle<#module::attr::#ident>);
    Some(quote! {
        #[automatically_derived]
        #quiet
        impl<__Context> #runtime::std::ops::Deref for #attrs<__Context>
        where
            __Context: #runtime::AllowsNonKey<#module::attr::#ident>,
            for<'a> #ty: #runtime::Flattened,
        {
            type Target = #handle;
            fn deref(&self) -> &#handle { <#ty as #runtime::Flattened>::of_item() }
        }
    })
}

fn docs(field: &Flattened) -> TokenStream {
    let own = &field.docs;
    let separator = (!own.is_empty()).then(|| quote!(#[doc = ""]));
    let doc = doc(format!(
        "The attributes of `{}`, a flattened `{}`.",
        field.name, field.spelling
    ));
    quote!(#(#own)* #separator #doc)
}
