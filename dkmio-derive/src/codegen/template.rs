//! Emits key templates as constants.

use crate::model::{Entity, Home, KeySource, Part, Table, Template};
use crate::parse::Format;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits what a key attribute is made of.
pub(super) fn key_source(table: &Table, entity: &Entity, source: &KeySource) -> TokenStream {
    let runtime = &table.runtime;
    match source {
        KeySource::Template(template) => {
            let template = self::template(table, entity, template);
            quote!(#runtime::KeySource::Template(#template))
        }
        KeySource::Field(attribute) => {
            let member = entity.member(*attribute);
            quote!(#runtime::KeySource::Field(#member))
        }
    }
}

pub(super) fn template(table: &Table, entity: &Entity, template: &Template) -> TokenStream {
    let (runtime, text) = (&table.runtime, &template.text);
    let parts = template.parts.iter().map(|part| match part {
        Part::Literal(text) => quote!(#runtime::Part::Literal(#text)),
        Part::Member { attribute, format } => {
            let index = entity.member(*attribute);
            let attribute = &table.attributes[*attribute];
            let (name, ty) = (&attribute.name, attribute.value_type());
            let format = match format {
                Format::Plain => quote!(Plain),
                Format::Digits(digits) => quote!(Digits(#digits)),
                Format::Raw => quote!(Raw),
                Format::Lower => quote!(Lower),
                Format::First(count) => quote!(First(#count)),
            };
            quote! {
                #runtime::Part::Member(#runtime::Member {
                    index: #index,
                    name: #name,
                    form: <#ty as #runtime::KeyMember>::FORM,
                    format: #runtime::Format::#format,
                })
            }
        }
    });
    let escape = match &entity.home {
        Home::Shared { of, .. } => quote!(<#of as #runtime::SharedTable>::SCHEMA.escape()),
        Home::Own { refuses: true } => quote!(#runtime::Escape::Refuse),
        Home::Own { refuses: false } => quote!(#runtime::Escape::Percent),
    };
    quote! {
        #runtime::Template {
            text: #text,
            parts: &[#(#parts),*],
            escape: #escape,
        }
    }
}
