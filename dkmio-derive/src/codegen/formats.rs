//! Emits what rustc checks of the members of key templates: that their types are those that their formats are for.

use super::at;
use crate::model::{Attribute, Entity, KeySource, Part, Table, Template};
use crate::parse::Format;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

/// Emits that members are of the types that their formats are for.
pub(super) fn formats(table: &Table, entity: &Entity) -> TokenStream {
    let templates = entity.sources().filter_map(|source| match source {
        KeySource::Template(template) => Some(template),
        KeySource::Field(_) => None,
    });
    let checks = templates.flat_map(|template| {
        template.parts.iter().filter_map(|part| match part {
            Part::Member { attribute, format } => {
                self::format(table, template, &table.attributes[*attribute], *format)
            }
            Part::Literal(_) => None,
        })
    });
    quote!(#(#checks)*)
}

fn format(
    table: &Table,
    template: &Template,
    attribute: &Attribute,
    format: Format,
) -> Option<TokenStream> {
    let (runtime, ty, name) = (&table.runtime, attribute.value_type(), &attribute.name);
    let (check, written, what) = match format {
        Format::Plain => return None,
        Format::Digits(digits) => (quote!(is_number), format!(":0{digits}"), "integers"),
        Format::Raw => (quote!(is_number), ":raw".to_owned(), "integers"),
        Format::Lower => (quote!(is_text), ":lower".to_owned(), "text of any length"),
        Format::First(count) => (quote!(is_no_number), format!(":.{count}"), "text and dates"),
    };
    Some(assert(
        table,
        template.span,
        quote!(<#ty as #runtime::KeyMember>::FORM.#check()),
        format!(
            "the format `{written}` is for {what}, and `{name}` of `{}` is a `{}`",
            table.struct_name(),
            attribute.spelling
        ),
    ))
}

/// Emits that this holds, as a constant of the program.
pub(super) fn assert(
    table: &Table,
    span: Span,
    holds: TokenStream,
    message: String,
) -> TokenStream {
    let runtime = at(span, &table.runtime);
    // `assert!` takes a format.
    let message = message.replace('{', "{{").replace('}', "}}");
    quote_spanned!(span=> const _: () = #runtime::std::assert!(#holds, #message);)
}
