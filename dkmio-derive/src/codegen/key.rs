//! `OrdersKey`, and everything else that names one item.

use super::attrs::with_own;
use super::key_serde::key_serde;
use super::obligations::key_type;
use super::{doc, quiet};
use crate::keyword::tuple;
use crate::model::Table;
use crate::type_shape::is_spelled;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

pub(super) fn key(table: &Table) -> TokenStream {
    let (runtime, vis, ident, key, quiet) = (
        &table.runtime,
        &table.vis,
        &table.ident,
        table.sibling("Key"),
        quiet(),
    );
    let key_doc = doc(format!(
        "The primary key of [`{}`]; also made by `{key}::from({})`. Serde writes and reads it by the names that the item has in DynamoDB.",
        table.struct_name(),
        table.key_as_written()
    ));
    let fields = table.key_positions().map(|position| {
        let attribute = &table.attributes[position];
        let (ident, ty) = (&attribute.ident, &attribute.ty);
        let what = match &table.entity {
            Some(_) => "member",
            None if position == table.key.pk => "partition key",
            None => "sort key",
        };
        let docs = with_own(attribute, &format!("The {what}, `{}`.", attribute.wire));
        quote!(#docs #vis #ident: #ty)
    });
    let names = table
        .key_positions()
        .map(|position| &table.attributes[position].ident);
    let from = from_parts(table);
    let into_key = into_key_trait(table);
    let compared = compared(table);
    let serde = key_serde(table);
    quote! {
        #key_doc
        #[derive(#runtime::std::fmt::Debug, #runtime::std::clone::Clone, #runtime::std::cmp::PartialEq)]
        #quiet
        #vis struct #key { #(#fields),* }
        #compared
        #serde
        #from
        #into_key
        #[automatically_derived]
        impl #runtime::std::convert::From<&#ident> for #key {
            fn from(item: &#ident) -> Self { Self { #(#names: #runtime::std::clone::Clone::clone(&item.#names)),* } }
        }
    }
}

/// Emits the trait of the keys that a get, an update and a delete take.
///
/// The trait is next to the table and not in the hidden module, because the path of a renamed runtime may not lead
/// anywhere from there.
fn into_key_trait(table: &Table) -> TokenStream {
    let (runtime, vis, into_key) = (&table.runtime, &table.vis, table.key_trait());
    let (name, key) = (table.struct_name(), table.sibling("Key"));
    let typed: Vec<String> = table
        .key_positions()
        .map(|key| {
            format!(
                "{}: {}",
                table.attributes[key].name, table.attributes[key].spelling
            )
        })
        .collect();
    let (expected, whole) = (table.key_as_written(), tuple(&typed));
    let pass = match typed.len() {
        0 => "`()`",
        1 => "a value",
        _ => "a tuple",
    };
    let message = format!("`{{Self}}` is not a key of `{name}`");
    // A key has no version; an item has.
    let version = table.lifecycle.version.map(|_| {
        quote! {
            fn expected_version(&self) -> #runtime::std::option::Option<#runtime::Version> {
                #runtime::std::option::Option::None
            }
        }
    });
    let label = format!("expected `{expected}`");
    let note = escaped(&format!(
        "the key of `{name}` is `{whole}`: pass {pass}, `{key} {{ .. }}`, or a reference to an item"
    ));
    quote! {
        #[doc(hidden)]
        #[allow(unreachable_pub, clippy::all, clippy::pedantic)]
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
        #vis trait #into_key {
            fn encode_key(self, to: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded;
            #version
        }
    }
}

/// Emits `Eq`, `Hash`, `PartialOrd` and `Ord`, whose bounds are checked where they are used. A derive would report each
/// trait that a type such as a float lacks, which cannot be a key anyway.
fn compared(table: &Table) -> TokenStream {
    let (runtime, key) = (&table.runtime, table.sibling("Key"));
    let positions = || table.key_positions().map(|key| &table.attributes[key]);
    let types = positions().map(|attribute| &attribute.ty);
    let types = quote!((#(&'a #types,)*));
    let names: Vec<_> = positions().map(|attribute| &attribute.ident).collect();
    quote! {
        #[automatically_derived]
        impl #runtime::std::cmp::Eq for #key where for<'a> #types: #runtime::std::cmp::Eq {}
        #[automatically_derived]
        impl #runtime::std::hash::Hash for #key where for<'a> #types: #runtime::std::hash::Hash {
            fn hash<__H: #runtime::std::hash::Hasher>(&self, state: &mut __H) {
                #runtime::std::hash::Hash::hash(&(#(&self.#names,)*), state)
            }
        }
        #[automatically_derived]
        impl #runtime::std::cmp::PartialOrd for #key where for<'a> #types: #runtime::std::cmp::PartialOrd {
            fn partial_cmp(&self, other: &Self) -> #runtime::std::option::Option<#runtime::std::cmp::Ordering> {
                #runtime::std::cmp::PartialOrd::partial_cmp(&(#(&self.#names,)*), &(#(&other.#names,)*))
            }
        }
        #[automatically_derived]
        impl #runtime::std::cmp::Ord for #key where for<'a> #types: #runtime::std::cmp::Ord {
            fn cmp(&self, other: &Self) -> #runtime::std::cmp::Ordering {
                #runtime::std::cmp::Ord::cmp(&(#(&self.#names,)*), &(#(&other.#names,)*))
            }
        }
    }
}

/// Emits the conversions from the key's parts, and from a reference to a key.
///
/// The parts are what the verbs take too, so that `("roof", 7)` infers the type of its number. A single part has to be of
/// the field's type, because a type parameter would overlap with other implementations.
fn from_parts(table: &Table) -> TokenStream {
    let (runtime, key) = (&table.runtime, table.sibling("Key"));
    let positions: Vec<usize> = table.key_positions().collect();
    if positions.len() > 2 || positions.is_empty() {
        return from_members(table, &positions);
    }
    let pk = &table.attributes[positions[0]];
    let (pk_ident, pk_ty) = (&pk.ident, &pk.ty);
    let of_reference = quote! {
        #[automatically_derived]
        impl #runtime::std::convert::From<&#key> for #key {
            fn from(key: &#key) -> Self { #runtime::std::clone::Clone::clone(key) }
        }
    };
    let Some(sk) = positions.get(1).map(|sk| &table.attributes[*sk]) else {
        let text = is_spelled(pk_ty, "String").then(|| {
            quote! {
                #[automatically_derived]
                impl #runtime::std::convert::From<&#runtime::std::primitive::str> for #key {
                    fn from(text: &#runtime::std::primitive::str) -> Self { Self { #pk_ident: #runtime::std::convert::From::from(text) } }
                }
            }
        });
        return quote! {
            #[automatically_derived]
            impl #runtime::std::convert::From<#pk_ty> for #key { fn from(#pk_ident: #pk_ty) -> Self { Self { #pk_ident } } }
            #[automatically_derived]
            impl #runtime::std::convert::From<&#pk_ty> for #key {
                fn from(#pk_ident: &#pk_ty) -> Self { Self { #pk_ident: #runtime::std::clone::Clone::clone(#pk_ident) } }
            }
            #text
            #of_reference
        };
    };
    let (sk_ident, sk_ty) = (&sk.ident, &sk.ty);
    quote! {
        #[automatically_derived]
        impl<__Pk, __Sk> #runtime::std::convert::From<(__Pk, __Sk)> for #key
        where
            __Pk: #runtime::IntoKeyPart<#pk_ty>,
            __Sk: #runtime::IntoKeyPart<#sk_ty>,
        {
            fn from((pk, sk): (__Pk, __Sk)) -> Self {
                Self { #pk_ident: #runtime::IntoKeyPart::into_key_part(pk), #sk_ident: #runtime::IntoKeyPart::into_key_part(sk) }
            }
        }
        #of_reference
    }
}

/// Emits the conversions from none, or more than two, members of an entity's key.
fn from_members(table: &Table, positions: &[usize]) -> TokenStream {
    let (runtime, key) = (&table.runtime, table.sibling("Key"));
    let members: Vec<_> = positions
        .iter()
        .map(|position| &table.attributes[*position])
        .collect();
    let (names, types): (Vec<_>, Vec<_>) = members
        .iter()
        .map(|member| (&member.ident, &member.ty))
        .unzip();
    let parts: Vec<_> = (0..members.len())
        .map(|place| format_ident!("__Part{place}"))
        .collect();
    quote! {
        #[automatically_derived]
        impl<#(#parts),*> #runtime::std::convert::From<(#(#parts,)*)> for #key
        where #(#parts: #runtime::IntoKeyPart<#types>,)*
        {
            #[allow(non_snake_case)]
            fn from((#(#parts,)*): (#(#parts,)*)) -> Self {
                Self { #(#names: #runtime::IntoKeyPart::into_key_part(#parts),)* }
            }
        }
        #[automatically_derived]
        impl #runtime::std::convert::From<&#key> for #key {
            fn from(key: &#key) -> Self { #runtime::std::clone::Clone::clone(key) }
        }
    }
}

/// Emits the implementations of that trait for values, the key struct and an item.
///
/// The bounds with a lifetime are checked where the key is used, not here, because the schema already reports a type
/// that cannot be a key.
pub(super) fn into_key(table: &Table) -> TokenStream {
    let (runtime, ident, into_key, key) = (
        &table.runtime,
        &table.ident,
        table.key_trait(),
        table.sibling("Key"),
    );
    let types: Vec<&Type> = table
        .key_positions()
        .map(|position| &table.attributes[position].ty)
        .collect();
    let keys: Vec<_> = table
        .key_positions()
        .map(|position| key_type(&table.attributes[position]))
        .collect();
    let names: Vec<_> = table
        .key_positions()
        .map(|position| &table.attributes[position].ident)
        .collect();
    let parts = [quote!(__Pk), quote!(__Sk)];
    let many: Vec<_> = (0..types.len())
        .map(|place| format_ident!("__Part{place}"))
        .collect();
    let (generics, bounds, value, whole, borrowed, references) =
        match (types.as_slice(), names.as_slice()) {
            ([pk, sk], [pk_name, sk_name]) => (
                quote!(__Pk, __Sk),
                quote!(#(#parts: #runtime::KeyValue<#keys>),*),
                quote!((__Pk, __Sk)),
                quote!((#(#keys),*)),
                quote!((&self.#pk_name, &self.#sk_name)),
                quote!((&'a #pk, &'a #sk)),
            ),
            ([_], [_]) => (
                quote!(__Pk),
                quote!(#(__Pk: #runtime::KeyValue<#keys>)*),
                quote!(__Pk),
                quote!(#(#keys)*),
                quote!(#(&self.#names)*),
                quote!(#(&'a #types)*),
            ),
            _ => (
                quote!(#(#many),*),
                quote!(#(#many: #runtime::KeyValue<#keys>),*),
                quote!((#(#many,)*)),
                quote!((#(#keys,)*)),
                quote!((#(&self.#names,)*)),
                quote!((#(&'a #types,)*)),
            ),
        };
    let version = table.lifecycle.version.map(|version| {
        let version = &table.attributes[version].ident;
        quote! {
            fn expected_version(&self) -> #runtime::std::option::Option<#runtime::Version> {
                #runtime::std::option::Option::Some(self.#version)
            }
        }
    });
    let borrows = quote!(for<'a> #references: #runtime::KeyValue<#whole>);
    quote! {
        #[automatically_derived]
        impl<#generics> #into_key for #value where #bounds {
            fn encode_key(self, to: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded { <Self as #runtime::KeyValue<#whole>>::encode_key(self, to) }
        }
        #[automatically_derived]
        impl #into_key for #key where #borrows {
            fn encode_key(self, to: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded { #into_key::encode_key(&self, to) }
        }
        #[automatically_derived]
        impl #into_key for &#key where #borrows {
            fn encode_key(self, to: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded { #runtime::KeyValue::<#whole>::encode_key(#borrowed, to) }
        }
        #[automatically_derived]
        impl #runtime::PrimaryKey for #key where #borrows {
            fn encode(&self, to: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded { #into_key::encode_key(self, to) }
        }
        #[automatically_derived]
        impl #into_key for &#ident where #borrows {
            fn encode_key(self, to: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded { #runtime::KeyValue::<#whole>::encode_key(#borrowed, to) }
            #version
        }
    }
}

/// Doubles the braces, which have a meaning in `on_unimplemented`.
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
