//! Stand-ins: code that is emitted with the errors of a faulty type, so that its uses do not fail too. One mistake is
//! one error.

use crate::codegen;
use crate::model::Table;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Path};

/// Emits a table of the shape that was declared, with a key of any type and an empty schema.
pub(crate) fn table(table: &Table) -> TokenStream {
    let (runtime, ident) = (&table.runtime, &table.ident);
    let (key, struct_key) = (table.key_trait(), table.sibling("Key"));
    let shape = codegen::shape(table);
    let sources = codegen::sources(table, false);
    let no_key = quote!(#runtime::KeySchema::new(&[], &[]));
    let schema = quote!(#runtime::TableSchema::new("", #no_key, &[], #runtime::std::option::Option::None, &[], &[]));
    let implementation = codegen::implementation(table, &schema, None);
    let entity = codegen::entity_shape(table);
    quote! {
        #shape
        #[automatically_derived]
        impl<__Key> #key for __Key {
            fn encode_key(self, _: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded { loop {} }
        }
        #[automatically_derived]
        impl #runtime::PrimaryKey for #struct_key {
            fn encode(&self, _: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded { loop {} }
        }
        #[automatically_derived]
        impl #runtime::HasVersion for #ident {}
        #[automatically_derived]
        impl #runtime::PutInBatch for #ident {}
        #sources
        #implementation
        #entity
    }
}

/// Emits a document without accessors.
pub(crate) fn document(runtime: &Path, ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #runtime::Document for #ident { type Handle<__A, __S> = #runtime::Attr<__A, #ident, __S>; }
        #[automatically_derived]
        impl #runtime::Flattened for #ident {
            type Handle<__A: 'static> = #runtime::Attr<__A, #ident, #runtime::Spread>;
            fn of_item<__A: 'static>() -> &'static Self::Handle<__A> { const { &#runtime::Attr::FLATTENED } }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #runtime::HasSize for #ident {}
    }
}

/// Emits a key of an arbitrary kind.
pub(crate) fn key_attribute(runtime: &Path, ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #runtime::KeyAttribute for #ident { const KIND: #runtime::KeyKind = #runtime::KeyKind::S; }
        #[automatically_derived]
        impl #runtime::Prefix for #ident {}
        #[automatically_derived]
        impl #runtime::KeyMember for #ident { const FORM: #runtime::Form = #runtime::Form::Text; }
        #[automatically_derived]
        impl #runtime::FixedWidth for #ident {}
    }
}

/// Emits a projection of any table that reads nothing; it has at most one lifetime.
pub(crate) fn projection(runtime: &Path, ident: &Ident, has_lifetime: bool) -> TokenStream {
    if has_lifetime {
        let row = codegen::borrowed_row(runtime, ident);
        return quote! {
            #row
            #[automatically_derived]
            impl<__Source: #runtime::Source> #runtime::BorrowedProjectionOf<__Source> for #ident<'static> {
                const NAMES: &'static [&'static #runtime::std::primitive::str] = &[];
            }
        };
    }
    quote! {
        #[automatically_derived]
        impl<__Source: #runtime::Source> #runtime::ProjectionOf<__Source> for #ident {
            const NAMES: &'static [&'static #runtime::std::primitive::str] = &[];
        }
    }
}
