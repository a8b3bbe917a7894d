//! Emits the builder of a sort key's template, `OrderSk`, by which `.sk(|k| ..)` compares members.

use super::{doc, quiet, template};
use crate::model::{Entity, Home, Index, KeySource, Part, Table, Template};
use crate::parse::Format;
use crate::rename::pascal;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

/// A sort key that a template makes, with at least one member.
pub(super) struct Sort<'t> {
    template: &'t Template,
    /// `None` for the table.
    index: Option<&'t Index>,
}

/// Returns the sort keys of the entity that templates make.
pub(super) fn sorts<'t>(table: &'t Table, entity: &'t Entity) -> Vec<Sort<'t>> {
    let of_table = entity.sort.iter().filter_map(|source| of(source, None));
    let of_indexes = table.indexes.iter().zip(&entity.places);
    let of_indexes = of_indexes.filter_map(|(index, place)| match place.sk.as_slice() {
        [only] => of(only, Some(index)),
        _ => None,
    });
    of_table.chain(of_indexes).collect()
}

fn of<'t>(source: &'t KeySource, index: Option<&'t Index>) -> Option<Sort<'t>> {
    match source {
        KeySource::Template(template) if !source.members().is_empty() => {
            Some(Sort { template, index })
        }
        _ => None,
    }
}

/// Returns the marker of the sort key in the hidden module.
pub(super) fn marker(index: Option<&Index>) -> Ident {
    match index {
        Some(index) => index.accessor.clone(),
        None => format_ident!("__table"),
    }
}

impl Sort<'_> {
    fn name(&self, table: &Table) -> Ident {
        table.sibling(&format!(
            "{}Sk",
            self.index.map(Index::pascal).unwrap_or_default()
        ))
    }

    fn members(&self) -> impl Iterator<Item = (usize, Format, Option<char>)> + '_ {
        let parts = &self.template.parts;
        parts
            .iter()
            .enumerate()
            .filter_map(|(at, part)| match part {
                Part::Member { attribute, format } => {
                    let end = match parts.get(at + 1) {
                        Some(Part::Literal(text)) => text.chars().next(),
                        _ => None,
                    };
                    Some((*attribute, *format, end))
                }
                Part::Literal(_) => None,
            })
    }

    /// Returns the trait of the states in which the member may be compared.
    fn state(&self, table: &Table, attribute: usize) -> Ident {
        let of = self.index.map_or_else(|| "Table".to_owned(), Index::pascal);
        format_ident!("{of}{}", pascal(&table.attributes[attribute].name))
    }

    /// Emits the traits of the hidden module, with their messages.
    pub(super) fn hidden(&self, table: &Table) -> TokenStream {
        let whose = match self.index {
            Some(index) => format!("index `{}`", index.accessor_name),
            None => format!("`{}`", table.struct_name()),
        };
        let text = self.template.text.replace('{', "{{").replace('}', "}}");
        let note = format!(
            "the sort key is `{text}`: members are compared from left to right, each once; a range (`ge`, `between`, `begins_with`, ..) comes last"
        );
        let mut before: Option<String> = None;
        let traits = self.members().enumerate().map(|(place, (attribute, ..))| {
            let (name, state) = (
                &table.attributes[attribute].name,
                self.state(table, attribute),
            );
            let message = format!("`{name}` of {whose} is not what is compared next");
            let label = match &before {
                Some(before) => format!("needs `.{before}().eq(..)` right before it"),
                None => "compared already, or after a range".to_owned(),
            };
            before = Some(name.clone());
            quote! {
                #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
                pub trait #state {}
                impl #state for super::At<#place> {}
            }
        });
        quote!(#(#traits)*)
    }

    /// Emits the builder; without `templates` all members are compared in order.
    pub(super) fn builder(&self, table: &Table, entity: &Entity, templates: bool) -> TokenStream {
        let (runtime, vis, module, sort) =
            (&table.runtime, &table.vis, table.module(), self.name(table));
        let (quiet, marker) = (quiet(), marker(self.index));
        let start = match templates {
            true => {
                let template = template::template(table, entity, self.template);
                quote! {
                    const TEMPLATE: #runtime::Template = #template;
                    #runtime::std::convert::From::from(#runtime::TemplateSort::new(&TEMPLATE))
                }
            }
            false => quote!(loop {}),
        };
        let type_doc = doc(format!(
            "The sort key `{}` of [`{}`], as far as it has been compared.",
            self.template.text,
            table.struct_name()
        ));
        let methods = self.members().enumerate().map(|(place, (attribute, format, end))| {
            let state = self.state(table, attribute);
            let attribute = &table.attributes[attribute];
            let (name, ty, next) = (&attribute.ident, attribute.value_type(), place + 1);
            let order = match templates {
                true => order(runtime, entity, format, end),
                false => quote!(#runtime::Terminated),
            };
            let doc = doc(format!("Compares `{}: {}`.", attribute.name, attribute.spelling));
            quote! {
                #doc
                #vis fn #name(self) -> #runtime::SortMember<#ty, #sort<#module::At<#next>>, #sort<#module::Ended>, #order>
                where __State: #module::sk::#state,
                { #runtime::SortMember::new(self.0) }
            }
        });
        quote! {
            #type_doc
            #quiet
            #vis struct #sort<State = #module::At<0>>(#runtime::TemplateSort, #runtime::std::marker::PhantomData<State>);
            #[automatically_derived]
            impl<__State> #runtime::std::convert::From<#runtime::TemplateSort> for #sort<__State> {
                fn from(so_far: #runtime::TemplateSort) -> Self { Self(so_far, #runtime::std::marker::PhantomData) }
            }
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl<__State> #runtime::SortCondition<#module::sk::#marker> for #sort<__State> {
                fn into_conditions(self) -> #runtime::SortConditions { self.0.into_conditions() }
            }
            #[automatically_derived]
            impl #runtime::SortStart for #module::sk::#marker {
                type Start = #sort;
                fn start() -> #sort { #start }
            }
            #[automatically_derived]
            #quiet
            impl<__State> #sort<__State> { #(#methods)* }
        }
    }
}

/// Returns in which order a member is compared.
fn order(runtime: &syn::Path, entity: &Entity, format: Format, end: Option<char>) -> TokenStream {
    match (format, end, &entity.home) {
        (Format::Raw | Format::First(_), ..) => quote!(#runtime::Unordered),
        (_, None, _) => quote!(#runtime::Terminated),
        (_, Some('\0'..='%'), Home::Shared { of, .. }) => {
            quote!(<#of as #runtime::SharedTable>::Ended)
        }
        (_, Some('\0'..='%'), Home::Own { refuses: false }) => quote!(#runtime::Terminated),
        _ => quote!(#runtime::Unsorted),
    }
}
