//! The hidden module: a marker for each attribute and index, and the traits whose messages name them.
//!
//! It refers to no type of the user's, because no path leads back from it to a table that is declared in a function.

use super::adapted_types;
use super::projected::{implement, projected_trait};
use crate::model::{Index, Table};
use crate::visibility;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

/// The note of the message for every refused filter.
const FILTER: &str = "a filter of a query sees the attributes that are not keys of what is queried";

/// The trait of the attributes that are not keys of the table.
pub(super) fn non_key() -> Ident {
    format_ident!("NonKey")
}

/// The trait of the attributes that an update may change.
pub(super) fn changeable() -> Ident {
    format_ident!("Changeable")
}

/// The trait of the attributes that are not keys of the index.
pub(super) fn non_key_of(index: &Index) -> Ident {
    format_ident!("NonKeyOf{}", index.pascal())
}

pub(super) fn hidden(table: &Table) -> TokenStream {
    let (vis, module) = (&table.vis, table.module());
    let attributes = table.attributes.iter().map(|attribute| &attribute.ident);
    let adapted = adapted_types(&table.attributes);
    let flattened = table.flattened.iter().map(|field| &field.ident);
    let vector_indexes = table.vector_indexes.iter().map(|vector| &vector.index);
    let indexes = table.indexes.iter().chain(vector_indexes);
    let indexes = indexes.map(|index| &index.accessor);
    // `Source` of an index names the table, and a type may not be named where it is not visible: E0446.
    let index_vis = visibility::two_modules_down(vis);
    let own_keys = table.has_own_keys();
    let keys = own_keys.then(|| key_traits(table));
    let searches = super::vector_index::hidden(table);
    let permissions = table.indexes.iter().map(|index| {
        let non_key = own_keys.then(|| index_key_traits(table, index));
        let projected = projected_trait(table, index);
        quote!(#non_key #projected)
    });
    let (unused, entity) = match &table.entity {
        Some(entity) => (
            Some(quote!(unused_imports,)),
            Some(super::entity::hidden(table, entity)),
        ),
        None => (None, None),
    };
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_docs, dead_code, unreachable_pub, #unused clippy::all, clippy::pedantic)]
        #vis mod #module {
            pub mod attr { #(pub enum #attributes {})* #(pub enum #flattened {})* }
            #adapted
            pub mod index { #(#index_vis enum #indexes {})* }
            #keys
            #(#permissions)*
            #entity
            #searches
        }
    }
}

/// Emits the traits of the attributes that are not keys of the table.
fn key_traits(table: &Table) -> TokenStream {
    let (non_key, changeable) = (non_key_trait(table), changeable_trait(table));
    // An attribute that is no key needs no implementation of these; see `AllowsNonKey`.
    let non_keys = implement(table, &self::non_key(), |attribute| {
        table.is_own_key_of_any(attribute) && !table.is_own_key(attribute)
    });
    // Not one of the other: rustc would blame another token.
    let changeables = implement(table, &self::changeable(), |attribute| {
        table.is_own_key_of_any(attribute) && !table.is_key(attribute)
    });
    quote!(#non_key #non_keys #changeable #changeables)
}

/// Emits the trait of the attributes that are not keys of the index.
fn index_key_traits(table: &Table, index: &Index) -> TokenStream {
    let non_key = non_key_of_trait(table, index);
    // An attribute that the index does not hold cannot be filtered either; `Projects` alone should say so.
    let non_keys = implement(table, &non_key_of(index), |attribute| {
        table.is_own_key_of_any(attribute) && !table.is_own_key_of(index, attribute)
    });
    quote!(#non_key #non_keys)
}

fn non_key_trait(table: &Table) -> TokenStream {
    let (name, non_key) = (table.struct_name(), non_key());
    let message = format!("a key attribute of `{name}` cannot be filtered in a query of it");
    let label = format!("a key of `{name}`");
    let (pk, sk) = match &table.entity {
        Some(entity) => (entity.partition_members(), entity.sort_members()),
        None => (vec![table.key.pk], table.key.sk.into_iter().collect()),
    };
    let in_query = in_query(table, &pk, &sk);
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #in_query, note = #FILTER)]
        pub trait #non_key {}
    }
}

/// Emits the trait of what an update may change: the attributes that are not keys, with a message of its own.
fn changeable_trait(table: &Table) -> TokenStream {
    let (name, changeable) = (table.struct_name(), changeable());
    let message = format!("a key attribute of `{name}` cannot be changed");
    let label = format!("a key of `{name}`");
    let note = "put a new item and delete the old one, together in a transaction";
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
        pub trait #changeable {}
    }
}

fn non_key_of_trait(table: &Table, index: &Index) -> TokenStream {
    let (name, non_key) = (&index.accessor_name, non_key_of(index));
    let message = format!("a key attribute of index `{name}` cannot be filtered in a query of it");
    let label = format!("a key of index `{name}`");
    let in_query = in_query(table, &index.pk, &index.sk);
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #in_query, note = #FILTER)]
        pub trait #non_key {}
    }
}

/// Returns the help that says where the keys go in a query.
fn in_query(table: &Table, pk: &[usize], sk: &[usize]) -> String {
    let argument = match pk {
        [_] => format!("{} is the argument of `query(..)`", table.ticked(pk)),
        _ => format!(
            "{} are a tuple, the argument of `query(..)`",
            table.ticked(pk)
        ),
    };
    match sk {
        [] => argument,
        [_] => format!("{argument}; compare {} in `.sk(|k| ..)`", table.ticked(sk)),
        _ => format!(
            "{argument}; compare {} in `.sk(|k| ..)`, in this order",
            table.ticked(sk)
        ),
    }
}
