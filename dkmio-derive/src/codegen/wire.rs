//! The newtypes that carry a field's `#[serde(with)]` and `#[serde(default)]` to where the attribute is read or written
//! outside of its struct.

use super::{adapted, quiet};
use crate::model::{Attribute, DefaultValue, Document, Table};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Ident, Path, Visibility};

/// Returns the name of the newtype that the attribute is read through.
pub(super) fn newtype(owner: &Ident, attribute: &Attribute) -> Ident {
    format_ident!(
        "__{}{}Wire",
        owner.unraw(),
        crate::rename::pascal(&attribute.name)
    )
}

pub(super) fn of_table(table: &Table) -> impl Iterator<Item = TokenStream> {
    let module = table.module();
    table.attributes.iter().filter_map(move |attribute| {
        Wire {
            runtime: &table.runtime,
            vis: &table.vis,
            owner: &table.ident,
            module: &module,
            attribute,
            nested: false,
        }
        .emit()
    })
}

pub(super) fn of_document(document: &Document) -> impl Iterator<Item = TokenStream> {
    let module = document.module();
    document.attributes.iter().filter_map(move |attribute| {
        Wire {
            runtime: &document.runtime,
            vis: &document.vis,
            owner: &document.ident,
            module: &module,
            attribute,
            nested: true,
        }
        .emit()
    })
}

/// Returns the value that the absent attribute is read as.
pub(super) fn default_value(
    runtime: &Path,
    owner: &Ident,
    attribute: &Attribute,
) -> Option<TokenStream> {
    let (ident, ty) = (&attribute.ident, &attribute.ty);
    Some(match attribute.default.as_ref()? {
        DefaultValue::OfType => quote!(<#ty as #runtime::std::default::Default>::default()),
        DefaultValue::Call(path) => quote!(#path()),
        DefaultValue::OfStruct => {
            quote!(<#owner as #runtime::std::default::Default>::default().#ident)
        }
        DefaultValue::OfStructCall(path) => quote!(#path().#ident),
    })
}

struct Wire<'a> {
    runtime: &'a Path,
    vis: &'a Visibility,
    owner: &'a Ident,
    module: &'a Ident,
    attribute: &'a Attribute,
    /// `true` if the attribute is inside a document, where it may be absent because the document is.
    nested: bool,
}

impl Wire<'_> {
    fn emit(&self) -> Option<TokenStream> {
        let Some(adapter) = self.attribute.adapter.as_ref() else {
            return self.emit_default();
        };
        let Self {
            runtime,
            vis,
            owner,
            attribute,
            ..
        } = *self;
        let (newtype, ty, quiet) = (newtype(owner, attribute), &attribute.ty, quiet());
        let own_serialize = quote!(<#ty as #runtime::serde::Serialize>::serialize);
        let own_deserialize = quote!(<#ty as #runtime::serde::Deserialize<'de>>::deserialize);
        let serialize = adapter
            .serialize
            .as_ref()
            .map_or(own_serialize, |path| quote!(#path));
        let deserialize = adapter
            .deserialize
            .as_ref()
            .map_or(own_deserialize, |path| quote!(#path));
        let (selected, read, operands) = (self.selected(), self.read(), self.operands());
        // `__Present` is the value as the user's functions see it, the newtype what selecting the attribute yields.
        Some(quote! {
            #[doc(hidden)]
            #quiet
            #vis struct #newtype(#selected);
            #[automatically_derived]
            impl #runtime::std::convert::From<#newtype> for #selected { fn from(wire: #newtype) -> Self { wire.0 } }
            const _: () = {
                struct __Present(#ty);
                #[automatically_derived]
                impl #runtime::serde::Serialize for __Present {
                    fn serialize<__S: #runtime::serde::Serializer>(&self, serializer: __S) -> #runtime::std::result::Result<__S::Ok, __S::Error> {
                        #serialize(&self.0, serializer)
                    }
                }
                #[automatically_derived]
                impl<'de> #runtime::serde::Deserialize<'de> for __Present {
                    fn deserialize<__D: #runtime::serde::Deserializer<'de>>(deserializer: __D) -> #runtime::std::result::Result<Self, __D::Error> {
                        #runtime::std::result::Result::map(#deserialize(deserializer), __Present)
                    }
                }
                #[automatically_derived]
                impl<'de> #runtime::serde::Deserialize<'de> for #newtype {
                    fn deserialize<__D: #runtime::serde::Deserializer<'de>>(deserializer: __D) -> #runtime::std::result::Result<Self, __D::Error> { #read }
                }
                #operands
            };
        })
    }

    /// Emits the newtype of an attribute that has a default where it is absent.
    ///
    /// A document's attributes have no such newtype: they are selected as options, because the document may be absent
    /// as well.
    fn emit_default(&self) -> Option<TokenStream> {
        let Self {
            runtime,
            vis,
            owner,
            attribute,
            nested,
            ..
        } = *self;
        if nested || !attribute.reads_default() {
            return None;
        }
        let absent = default_value(runtime, owner, attribute)?;
        let (newtype, ty, quiet) = (newtype(owner, attribute), &attribute.ty, quiet());
        Some(quote! {
            #[doc(hidden)]
            #quiet
            #vis struct #newtype(#ty);
            #[automatically_derived]
            impl #runtime::std::convert::From<#newtype> for #ty { fn from(wire: #newtype) -> Self { wire.0 } }
            #[automatically_derived]
            impl<'de> #runtime::serde::Deserialize<'de> for #newtype {
                fn deserialize<__D: #runtime::serde::Deserializer<'de>>(deserializer: __D) -> #runtime::std::result::Result<Self, __D::Error> {
                    #runtime::std::result::Result::map(
                        <#runtime::std::option::Option<#ty> as #runtime::serde::Deserialize<'de>>::deserialize(deserializer),
                        |found| match found {
                            #runtime::std::option::Option::Some(present) => #newtype(present),
                            #runtime::std::option::Option::None => #newtype(#absent),
                        },
                    )
                }
            }
        })
    }

    /// Returns the type that selecting the attribute yields.
    fn selected(&self) -> TokenStream {
        let (runtime, ty) = (self.runtime, &self.attribute.ty);
        if self.nested && !self.attribute.is_optional() {
            quote!(#runtime::std::option::Option<#ty>)
        } else {
            quote!(#ty)
        }
    }

    /// Returns the code that reads the newtype; the user's function is not called for an absent attribute.
    fn read(&self) -> TokenStream {
        let (runtime, attribute) = (self.runtime, self.attribute);
        let newtype = newtype(self.owner, attribute);
        let none = quote!(#runtime::std::option::Option::None);
        let absent = if self.nested {
            Some(none)
        } else {
            default_value(runtime, self.owner, attribute)
        };
        let Some(absent) = absent else {
            return quote! {
                #runtime::std::result::Result::map(#runtime::read_present::<__Present, __D>(deserializer), |present| #newtype(present.0))
            };
        };
        let present = if self.nested && !attribute.is_optional() {
            quote!(#runtime::std::option::Option::Some(present.0))
        } else {
            quote!(present.0)
        };
        quote! {
            #runtime::std::result::Result::map(
                <#runtime::std::option::Option<__Present> as #runtime::serde::Deserialize<'de>>::deserialize(deserializer),
                |found| match found {
                    #runtime::std::option::Option::Some(present) => #newtype(#present),
                    #runtime::std::option::Option::None => #newtype(#absent),
                },
            )
        }
    }

    /// Returns the implementations for values that may be compared with the attribute, or assigned to it.
    ///
    /// The operands are of a separate type, because the newtype, which serde reads, would take `None` in two ways.
    fn operands(&self) -> TokenStream {
        let (runtime, attribute) = (self.runtime, self.attribute);
        let (marker, ty, value) = (
            adapted(self.module, attribute),
            &attribute.ty,
            attribute.value_type(),
        );
        // `for<'a>` puts off the check of `Clone` to where the reference is used, because not every type has it.
        let operand = |bound: Option<TokenStream>,
                       ty: &syn::Type,
                       wrap: &dyn Fn(TokenStream) -> TokenStream| {
            let (owned, cloned) = (
                wrap(quote!(self)),
                wrap(quote!(#runtime::std::clone::Clone::clone(self))),
            );
            quote! {
                #[automatically_derived]
                impl<__Slot #bound> #runtime::Operand<#marker, __Slot> for #ty {
                    fn into_term(self) -> #runtime::Term { #runtime::value(&__Present(#owned)) }
                }
                #[automatically_derived]
                impl<__Slot #bound> #runtime::Operand<#marker, __Slot> for &#ty where for<'a> #ty: #runtime::std::clone::Clone {
                    fn into_term(self) -> #runtime::Term { #runtime::value(&__Present(#cloned)) }
                }
            }
        };
        // What the adapter writes is not known here, so an order, a size and prefixes are all allowed. A decimal has no
        // prefixes.
        let prefix = attribute.adapted_key.is_none().then(|| {
            quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                impl<__Of: ?#runtime::std::marker::Sized> #runtime::Prefix<__Of> for #marker {}
            }
        });
        let free = quote! {
            #prefix
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #runtime::Ordered for #marker {}
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #runtime::HasSize for #marker {}
        };
        if !attribute.is_optional() {
            let whole = operand(None, ty, &|value| value);
            return quote!(#free #whole);
        }
        let some = operand(
            None,
            value,
            &|value| quote!(#runtime::std::option::Option::Some(#value)),
        );
        let whole = operand(Some(quote!(: #runtime::Optional)), ty, &|value| value);
        quote!(#free #some #whole)
    }
}
