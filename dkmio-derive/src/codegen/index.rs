//! What can be read, the table and its indexes, and what may be done with each attribute there.

use super::obligations::key_type;
use super::{hidden, marker};
use crate::model::{Index, Table};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Ident, Path};

/// Emits `Source` for the indexes; without `schema`, not even an index's place in it is certain.
pub(crate) fn sources(table: &Table, schema: bool) -> TokenStream {
    let (runtime, ident, module) = (&table.runtime, &table.ident, table.module());
    let indexes = table.indexes.iter().enumerate().map(|(position, index)| {
        let accessor = &index.accessor;
        let source = quote!(#module::index::#accessor);
        let item = table.item(index).unwrap_or_else(|| ident.clone());
        let place = if schema {
            quote!(#runtime::std::option::Option::Some(&<#ident as #runtime::Table>::SCHEMA.indexes[#position]))
        } else {
            quote!(#runtime::std::option::Option::None)
        };
        let (pk, sk) = key_types(table, &index.pk, &index.sk);
        let has_sort_key = has_sort_key(runtime, &source, &index.sk);
        quote! {
            #[automatically_derived]
            impl #runtime::Source for #source {
                type Table = #ident;
                type Item = #item;
                type Pk = #pk;
                type Sk = #sk;
                const INDEX: #runtime::std::option::Option<&'static #runtime::IndexSchema> = #place;
            }
            #has_sort_key
        }
    });
    quote!(#(#indexes)*)
}

/// Returns the types of the partition key and of the sort key.
pub(super) fn key_types(table: &Table, pk: &[usize], sk: &[usize]) -> (TokenStream, TokenStream) {
    let runtime = &table.runtime;
    let value = |position: &usize| key_type(&table.attributes[*position]);
    let pk = match pk {
        [only] => value(only),
        many => {
            let types = many.iter().map(value);
            quote!((#(#types),*))
        }
    };
    let sk = match sk {
        [] => quote!(#runtime::NoSortKey),
        many => many.iter().map(value).rev().fold(
            quote!(#runtime::End),
            |rest, ty| quote!(#runtime::Then<#ty, #rest>),
        ),
    };
    (pk, sk)
}

/// Emits that the table or index has a sort key, if it has one.
pub(super) fn has_sort_key(
    runtime: &Path,
    source: &impl ToTokens,
    sk: &[usize],
) -> Option<TokenStream> {
    (!sk.is_empty()).then(|| quote!(#[automatically_derived] #[diagnostic::do_not_recommend] impl #runtime::HasSortKey for #source {}))
}

/// Emits which attributes may be selected and filtered where.
pub(super) fn permissions(table: &Table) -> TokenStream {
    let (runtime, ident, module) = (&table.runtime, &table.ident, table.module());
    let (non_key, changeable) = (hidden::non_key(), hidden::changeable());
    let non_keys = implement(table, &non_key, |attribute| !table.is_key(attribute));
    // Not of the one above: rustc would blame another token.
    let changeables = implement(table, &changeable, |attribute| !table.is_key(attribute));
    let indexes = table
        .indexes
        .iter()
        .map(|index| index_permissions(table, index));
    quote! {
        #[automatically_derived]
        impl<__Attribute: #module::#non_key> #runtime::NonKey<__Attribute> for #ident {}
        #[automatically_derived]
        impl<__Attribute: #module::#changeable> #runtime::Changes<__Attribute> for #ident {}
        #non_keys
        #changeables
        #[automatically_derived]
        impl<__Attribute> #runtime::Projects<__Attribute> for #ident {}
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #runtime::StronglyConsistent for #ident {}
        #(#indexes)*
    }
}

fn index_permissions(table: &Table, index: &Index) -> TokenStream {
    let (runtime, module, accessor) = (&table.runtime, table.module(), &index.accessor);
    let source = quote!(#module::index::#accessor);
    let non_key = hidden::non_key_of(index);
    // An attribute that the index does not hold cannot be filtered either; `Projects` alone should say so.
    let non_keys = implement(table, &non_key, |attribute| !index.is_key(attribute));
    let (bound, projected) = if index.projects_everything() {
        (None, TokenStream::new())
    } else {
        let projected = hidden::projected_into(index);
        (
            Some(quote!(: #module::#projected)),
            implement(table, &projected, |attribute| table.holds(index, attribute)),
        )
    };
    let consistent = (!index.global).then(|| quote!(#[automatically_derived] #[diagnostic::do_not_recommend] impl #runtime::StronglyConsistent for #source {}));
    quote! {
        #[automatically_derived]
        impl<__Attribute: #module::#non_key> #runtime::NonKey<__Attribute> for #source {}
        #non_keys
        #[automatically_derived]
        impl<__Attribute #bound> #runtime::Projects<__Attribute> for #source {}
        #projected
        #consistent
    }
}

/// Emits a hidden trait for the markers of the attributes chosen.
fn implement(table: &Table, name: &Ident, chosen: impl Fn(usize) -> bool) -> TokenStream {
    let module = table.module();
    let markers = table
        .attributes
        .iter()
        .enumerate()
        .filter(|(position, _)| chosen(*position))
        .map(|(_, attribute)| marker(&module, attribute));
    quote!(#(#[automatically_derived] #[diagnostic::do_not_recommend] impl #module::#name for #markers {})*)
}
