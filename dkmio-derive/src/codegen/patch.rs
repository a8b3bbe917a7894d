//! Emits `impl Patch`: what is there of a patch is set, by the rules of `set`.

use super::at;
use crate::model::Patch;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(crate) fn patch(patch: &Patch) -> TokenStream {
    let Patch {
        runtime,
        ident,
        of,
        fields,
    } = patch;
    let changes = fields.iter().map(|field| {
        let name = &field.ident;
        // Spanned on the field, so that rustc reports there an attribute that cannot be set.
        let accessor = quote_spanned!(name.span()=> |attributes| attributes.#name());
        let some = at(name.span(), runtime);
        let change = match field.removes {
            true => quote!(set_or_remove(#accessor, #runtime::std::option::Option::as_ref(value))),
            false => quote!(set(#accessor, value)),
        };
        quote! {
            if let #some::std::option::Option::Some(value) = &self.#name {
                update = update.#change;
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #runtime::Patch<#of> for #ident {
            fn apply<__Returned: #runtime::std::marker::Send + 'static>(
                &self,
                mut update: #runtime::Update<#of, __Returned>,
            ) -> #runtime::Update<#of, __Returned> {
                #(#changes)*
                update
            }
        }
    }
}
