//! `impl ProjectionOf`, or `BorrowedProjectionOf`, and the check of each field against the table.

use super::{at, fnv};
use crate::model::{Projection, ProjectionField};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Path};

pub(crate) fn projection(projection: &Projection) -> TokenStream {
    let Projection {
        runtime,
        ident,
        of,
        fields,
        lifetime,
    } = projection;
    let names = fields.iter().map(|field| &field.wire);
    let hashes: Vec<u64> = fields.iter().map(|field| fnv::hash(&field.wire)).collect();
    let this = quote!(<__Source::Table as #runtime::IsTable<#of>>::Table);
    let checks = fields.iter().map(|field| check(projection, field));
    // The bounds are on the source's table, not on the named table, so that a missing attribute is reported once, at
    // the field, by the check below.
    let (reads, whole, row, check) = match lifetime {
        None => (
            quote!(ProjectionOf),
            quote!(#ident),
            quote!(),
            quote!(|attributes| { #(#checks)* }),
        ),
        // The fields' types name the lifetime, so the check has to declare it.
        Some(lifetime) => (
            quote!(BorrowedProjectionOf),
            quote!(#ident<'static>),
            quote! {
                #[automatically_derived]
                impl #runtime::BorrowedRow for #ident<'_> { type Row<'__page> = #ident<'__page>; }
            },
            quote!({
                fn check<#lifetime>(attributes: &<#of as #runtime::Table>::Attrs<#runtime::Check<#of>>) { #(#checks)* }
                check
            }),
        ),
    };
    quote! {
        #row
        #[automatically_derived]
        impl<__Source: #runtime::Source> #runtime::#reads<__Source> for #whole
        where
            __Source::Table: #runtime::IsTable<#of>,
            #(
                #this: #runtime::Field<#hashes>,
                __Source: #runtime::Projects<<#this as #runtime::Field<#hashes>>::Attribute>,
            )*
        {
            const NAMES: &'static [&'static #runtime::std::primitive::str] = &[#(#names),*];
        }
        const _: fn(&<#of as #runtime::Table>::Attrs<#runtime::Check<#of>>) = #check;
    }
}

/// States which struct it is with a page's lifetime.
pub(crate) fn borrowed_row(runtime: &Path, ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #runtime::BorrowedRow for #ident<'_> { type Row<'__page> = #ident<'__page>; }
    }
}

/// States that the table has the attribute, and that it reads as the field's type.
///
/// Uses the accessor if the field has its name, because rustc then suggests a name for one that does not exist.
fn check(projection: &Projection, field: &ProjectionField) -> TokenStream {
    let Projection { runtime, of, .. } = projection;
    let ProjectionField { ident, ty, .. } = field;
    let hash = fnv::hash(&field.wire);
    let accessor = quote_spanned!(ident.span()=> attributes.#ident());
    // A field with a default reads an absent attribute too, whatever its type.
    let reads = if field.has_default {
        quote_spanned!(ty.span()=> #runtime::std::option::Option<#ty>)
    } else {
        quote!(#ty)
    };
    match (field.renamed, field.adapted) {
        (false, false) => quote_spanned!(ty.span()=> #runtime::reads_as::<_, #reads>(#accessor);),
        (false, true) => quote!(let _ = #accessor;),
        (true, false) => {
            let (runtime, of) = (at(ident.span(), runtime), at(ident.span(), of));
            quote_spanned!(ident.span()=> #runtime::field_reads_as::<#of, #hash, #reads, _>();)
        }
        (true, true) => quote!(),
    }
}
