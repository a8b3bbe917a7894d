//! Emits `AccountChange` and `AccountKey`: what happened to an item of a set, and its key.

use super::{doc, quiet};
use crate::model::Entities;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

/// Emits both enums.
pub(super) fn changes(set: &Entities) -> TokenStream {
    let (change, key) = (change(set), key(set));
    quote!(#change #key)
}

/// Returns the set's variants, each with its entity; an `Item` is that of other kinds.
fn variants(set: &Entities) -> (Vec<&Ident>, Vec<TokenStream>) {
    let runtime = &set.runtime;
    let entities = set.entities.iter().map(|entity| {
        let ty = &entity.ty;
        (&entity.variant, quote!(#ty))
    });
    let other = set
        .other
        .iter()
        .map(|other| (other, quote!(#runtime::Item)));
    entities.chain(other).unzip()
}

fn change(set: &Entities) -> TokenStream {
    let (runtime, vis, change, quiet) = (&set.runtime, &set.vis, set.sibling("Change"), quiet());
    let ident = &set.ident;
    let type_doc = doc(format!("What happened to an item of [`{ident}`]."));
    let of_doc = doc("Reads a record of the table's stream; `None` for an item of another kind.");
    let (names, types) = variants(set);
    let docs = names
        .iter()
        .map(|name| doc(format!("What happened to an item of `{name}`.")));
    let arms = set.entities.iter().enumerate().map(|(index, entity)| {
        let (variant, ty) = (&entity.variant, &entity.ty);
        quote!(#runtime::std::option::Option::Some(#index) => Self::#variant(change.of::<#ty>()?))
    });
    let others = match &set.other {
        Some(other) => quote!(Self::#other(change.of_other()?)),
        None => {
            quote!(return #runtime::std::result::Result::Ok(#runtime::std::option::Option::None))
        }
    };
    let texts = names.iter().map(ToString::to_string);
    quote! {
        #type_doc
        #quiet
        #vis enum #change { #(#docs #names(#runtime::Change<#types>),)* }
        #[automatically_derived]
        #quiet
        impl #change {
            #of_doc
            ///
            /// # Errors
            ///
            /// `Error::Decode` if an image does not read, or if the two images are of two kinds; `Error::Configuration` if the
            /// stream does not have both images.
            #vis fn of(record: &#runtime::Record) -> #runtime::std::result::Result<#runtime::std::option::Option<Self>, #runtime::Error> {
                <Self as #runtime::FromRecord>::from_record(record)
            }
        }
        #[automatically_derived]
        impl #runtime::FromRecord for #change {
            fn from_record(record: &#runtime::Record) -> #runtime::std::result::Result<#runtime::std::option::Option<Self>, #runtime::Error> {
                let #runtime::std::option::Option::Some(change) = #runtime::ChangeOfSet::read::<#ident>(record)? else {
                    return #runtime::std::result::Result::Ok(#runtime::std::option::Option::None);
                };
                #runtime::std::result::Result::Ok(#runtime::std::option::Option::Some(match change.entity() { #(#arms,)* _ => #others }))
            }
        }
        #[automatically_derived]
        impl #runtime::std::fmt::Debug for #change
        where #(for<'a> &'a #runtime::Change<#types>: #runtime::std::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut #runtime::std::fmt::Formatter<'_>) -> #runtime::std::fmt::Result {
                match self { #(Self::#names(change) => f.debug_tuple(#texts).field(&change).finish(),)* }
            }
        }
        #[automatically_derived]
        impl #runtime::std::cmp::PartialEq for #change
        where #(for<'a> &'a #runtime::Change<#types>: #runtime::std::cmp::PartialEq,)*
        {
            fn eq(&self, other: &Self) -> #runtime::std::primitive::bool {
                match (self, other) {
                    #((Self::#names(a), Self::#names(b)) => a == b,)*
                    #[allow(unreachable_patterns)]
                    _ => false,
                }
            }
        }
    }
}

fn key(set: &Entities) -> TokenStream {
    let (runtime, vis, key, quiet) = (&set.runtime, &set.vis, set.sibling("Key"), quiet());
    let type_doc = doc(format!(
        "The key of an item of [`{}`], as a stream has it.",
        set.ident
    ));
    let keys = set.entities.iter().map(|entity| {
        let (variant, ty) = (&entity.variant, &entity.ty);
        let doc = doc(format!("The key of an item of `{variant}`."));
        quote!(#doc #variant(<#ty as #runtime::Table>::Key))
    });
    let other = set.other.iter().map(|other| {
        let doc = doc("The key of an item of another kind, as it is.");
        quote!(#doc #other(#runtime::Item))
    });
    quote! {
        #type_doc
        #[derive(#runtime::std::fmt::Debug, #runtime::std::clone::Clone, #runtime::std::cmp::PartialEq)]
        #quiet
        #vis enum #key { #(#keys,)* #(#other,)* }
    }
}

/// Emits the function that reads the key of an item of an entity.
pub(super) fn read_key(set: &Entities) -> TokenStream {
    let runtime = &set.runtime;
    let key = set.sibling("Key");
    let arms = set.entities.iter().enumerate().map(|(index, entity)| {
        let (variant, ty) = (&entity.variant, &entity.ty);
        quote!(#runtime::std::option::Option::Some(#index) => key.entity::<#ty>().map(#key::#variant))
    });
    let others = match &set.other {
        Some(other) => quote!(#runtime::std::result::Result::Ok(#key::#other(key.item()))),
        None => quote!(key.of_no_kind::<Self>()),
    };
    quote! {
        fn read_key(
            entity: #runtime::std::option::Option<#runtime::std::primitive::usize>,
            key: #runtime::KeyOfSet<'_>,
        ) -> #runtime::std::result::Result<Self::Key, #runtime::CodecError> {
            match entity { #(#arms,)* _ => #others }
        }
    }
}
