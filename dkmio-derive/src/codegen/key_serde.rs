//! How serde writes and reads `OrdersKey`: as a struct, by the names that the item has in DynamoDB.
//!
//! The bounds are checked where the key is used, as those of `Hash` are, because the model's own derive already reports
//! a type that serde does not know.

use crate::model::{Attribute, Table};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

pub(super) fn key_serde(table: &Table) -> TokenStream {
    let positions: Vec<usize> = table.key_positions().collect();
    let parts = positions.iter().enumerate().map(|(place, position)| Part {
        table,
        attribute: &table.attributes[*position],
        wrapper: format_ident!("__Part{}", place),
        value: format_ident!("__part{}", place),
    });
    let parts: Vec<Part<'_>> = parts.collect();
    let (written, read) = (written(table, &parts), read(table, &parts));
    quote!(#written #read)
}

/// A part of the key; through an adapter it is written and read in a wrapper.
struct Part<'t> {
    table: &'t Table,
    attribute: &'t Attribute,
    wrapper: Ident,
    /// The name of the part's variable while it is read.
    value: Ident,
}

fn written(table: &Table, parts: &[Part<'_>]) -> TokenStream {
    let (runtime, key) = (&table.runtime, table.sibling("Key"));
    let name = key.to_string();
    let count = parts.len();
    let bounds = parts.iter().filter_map(|part| {
        let ty = part.plain_type()?;
        Some(quote!(for<'a> &'a #ty: #runtime::serde::Serialize,))
    });
    let wrappers = parts.iter().filter_map(Part::written);
    let fields = parts.iter().map(|part| {
        let (wire, ident, wrapper) = (&part.attribute.wire, &part.attribute.ident, &part.wrapper);
        let value = match part.plain_type() {
            Some(_) => quote!(&&self.#ident),
            None => quote!(&#wrapper(&self.#ident)),
        };
        quote!(#runtime::serde::ser::SerializeStruct::serialize_field(&mut key, #wire, #value)?;)
    });
    quote! {
        #[automatically_derived]
        impl #runtime::serde::Serialize for #key where #(#bounds)* {
            fn serialize<__S: #runtime::serde::Serializer>(&self, serializer: __S) -> #runtime::std::result::Result<__S::Ok, __S::Error> {
                #(#wrappers)*
                let mut key = #runtime::serde::Serializer::serialize_struct(serializer, #name, #count)?;
                #(#fields)*
                #runtime::serde::ser::SerializeStruct::end(key)
            }
        }
    }
}

fn read(table: &Table, parts: &[Part<'_>]) -> TokenStream {
    let (runtime, key) = (&table.runtime, table.sibling("Key"));
    let name = key.to_string();
    let bounds = parts.iter().filter_map(|part| {
        let ty = part.plain_type()?;
        Some(quote!(#ty: #runtime::serde::Deserialize<'de>,))
    });
    let wrappers = parts.iter().filter_map(Part::read);
    let types = parts.iter().map(|part| match part.plain_type() {
        Some(ty) => quote!(#ty),
        None => {
            let wrapper = &part.wrapper;
            quote!(#wrapper)
        }
    });
    let patterns = parts.iter().map(|part| {
        let (value, wrapper) = (&part.value, &part.wrapper);
        match part.plain_type() {
            Some(_) => quote!(#value),
            None => quote!(#wrapper(#value)),
        }
    });
    let wires = parts.iter().map(|part| &part.attribute.wire);
    let fields = parts.iter().map(|part| {
        let (ident, value) = (&part.attribute.ident, &part.value);
        quote!(#ident: #value)
    });
    quote! {
        #[automatically_derived]
        impl<'de> #runtime::serde::Deserialize<'de> for #key where #(#bounds)* {
            fn deserialize<__D: #runtime::serde::Deserializer<'de>>(deserializer: __D) -> #runtime::std::result::Result<Self, __D::Error> {
                #(#wrappers)*
                let (#(#patterns,)*) = #runtime::read_key::<(#(#types,)*), __D>(deserializer, #name, &[#(#wires),*])?;
                #runtime::std::result::Result::Ok(Self { #(#fields),* })
            }
        }
    }
}

impl Part<'_> {
    /// Returns the field's type, if the part is written and read as that type.
    fn plain_type(&self) -> Option<&syn::Type> {
        let attribute = self.attribute;
        attribute.adapter.is_none().then_some(&attribute.ty)
    }

    fn written(&self) -> Option<TokenStream> {
        let path = self.attribute.adapter.as_ref()?.serialize.as_ref();
        let (runtime, ty, wrapper) = (&self.table.runtime, &self.attribute.ty, &self.wrapper);
        let serialize = match path {
            Some(path) => quote!(#path),
            None => quote!(#runtime::serde::Serialize::serialize),
        };
        Some(quote! {
            struct #wrapper<'a>(&'a #ty);
            impl<'a> #runtime::serde::Serialize for #wrapper<'a> {
                fn serialize<__S: #runtime::serde::Serializer>(&self, serializer: __S) -> #runtime::std::result::Result<__S::Ok, __S::Error> {
                    #serialize(self.0, serializer)
                }
            }
        })
    }

    fn read(&self) -> Option<TokenStream> {
        let path = self.attribute.adapter.as_ref()?.deserialize.as_ref();
        let (runtime, ty, wrapper) = (&self.table.runtime, &self.attribute.ty, &self.wrapper);
        let deserialize = match path {
            Some(path) => quote!(#path),
            None => quote!(#runtime::serde::Deserialize::deserialize),
        };
        Some(quote! {
            struct #wrapper(#ty);
            impl<'de> #runtime::serde::Deserialize<'de> for #wrapper {
                fn deserialize<__D: #runtime::serde::Deserializer<'de>>(deserializer: __D) -> #runtime::std::result::Result<Self, __D::Error> {
                    #runtime::std::result::Result::map(#deserialize(deserializer), #wrapper)
                }
            }
        })
    }
}
