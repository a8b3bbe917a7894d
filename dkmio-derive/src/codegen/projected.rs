//! The traits of the hidden module that say what an index projects.

use crate::model::{Index, Table};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

/// The trait of the attributes that the index projects.
pub(super) fn projected_into(index: &Index) -> Ident {
    format_ident!("ProjectedInto{}", index.pascal())
}

/// Emits the trait of what the index projects; none if that is everything.
pub(super) fn projected_trait(table: &Table, index: &Index) -> Option<TokenStream> {
    if index.projects_everything() {
        return None;
    }
    let (name, projected) = (&index.accessor_name, projected_into(index));
    let message = format!(
        "this attribute is not projected into index `{name}` of `{}`",
        table.struct_name()
    );
    let label = format!("not projected into `{name}`");
    let list = format!("`{name}` projects {}", table.ticked(&table.held(index)));
    let note = "add the attribute to its `project(..)`, or read the table instead";
    let impls = implement(table, &projected, |attribute| table.holds(index, attribute));
    Some(quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #list, note = #note)]
        pub trait #projected {}
        #impls
    })
}

/// Emits a trait of the hidden module for the markers of the attributes chosen.
pub(super) fn implement(
    table: &Table,
    name: &Ident,
    chosen: impl Fn(usize) -> bool,
) -> TokenStream {
    let attributes = table
        .attributes
        .iter()
        .enumerate()
        .filter(|(position, _)| chosen(*position))
        .map(|(_, attribute)| &attribute.ident);
    quote!(#(#[diagnostic::do_not_recommend] impl #name for attr::#attributes {})*)
}
