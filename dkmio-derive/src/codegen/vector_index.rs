//! Emits the vector indexes: their sources, filters, permissions and functions.

use super::obligations::key_type;
use super::projected::{projected_into, projected_trait};
use super::{at, attrs, doc, item, marker, quiet};
use crate::keyword::ticked;
use crate::model::{Table, VectorIndex};
use crate::parse::Distance;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

/// Returns the trait of the attributes that a search of the index filters by.
fn filter_of(index: &VectorIndex) -> Ident {
    format_ident!("FilterOf{}", index.index.pascal())
}

/// Emits the traits whose messages name what each index projects and filters by.
pub(super) fn hidden(table: &Table) -> TokenStream {
    let traits = table.vector_indexes.iter().map(|index| {
        let projected = projected_trait(table, &index.index);
        let filter = filter_trait(table, index);
        quote!(#projected #filter)
    });
    quote!(#(#traits)*)
}

fn filter_trait(table: &Table, index: &VectorIndex) -> TokenStream {
    let (name, filter) = (&index.index.accessor_name, filter_of(index));
    let message = format!(
        "this attribute is no filter of vector index `{name}` of `{}`",
        table.struct_name()
    );
    let label = format!("`{name}` does not filter by it");
    let list = match index.filters.is_empty() {
        true => format!("`{name}` has no filters"),
        false => format!("`{name}` filters by {}", table.ticked(&index.filters)),
    };
    let note = match index.pk {
        None => "add the attribute to its `filter(..)`".to_owned(),
        Some(pk) => format!(
            "add the attribute to its `filter(..)`; the value of {} goes into `.within(..)`",
            table.ticked(&[pk])
        ),
    };
    let filters = index
        .filters
        .iter()
        .map(|filter| &table.attributes[*filter].ident);
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #list, note = #note)]
        pub trait #filter {}
        #(#[diagnostic::do_not_recommend] impl #filter for attr::#filters {})*
    }
}

/// Emits what users name: the items of the indexes, and the filters as a closure sees them.
pub(super) fn shape(table: &Table) -> TokenStream {
    if table.vector_indexes.is_empty() {
        return TokenStream::new();
    }
    let items = table.vector_indexes.iter();
    let items = items.map(|index| item::item(table, &index.sent));
    let permissions = table
        .vector_indexes
        .iter()
        .map(|index| permissions(table, index));
    let filters = filters(table);
    quote!(#(#items)* #(#permissions)* #filters)
}

fn permissions(table: &Table, index: &VectorIndex) -> TokenStream {
    let (runtime, module, accessor) = (&table.runtime, table.module(), &index.index.accessor);
    let source = quote!(#module::index::#accessor);
    let bound = (!index.index.projects_everything()).then(|| {
        let projected = projected_into(&index.index);
        quote!(: #module::#projected)
    });
    let filter = filter_of(index);
    quote! {
        #[automatically_derived]
        impl<__Attribute #bound> #runtime::Projects<__Attribute> for #source {}
        #[automatically_derived]
        impl<__Attribute: #module::#filter> #runtime::FiltersBy<__Attribute> for #source {}
    }
}

/// Emits `DocsFilters`: an accessor for each attribute, so that rustc can say of those that are no filters what they
/// lack.
fn filters(table: &Table) -> TokenStream {
    let (runtime, vis, ident) = (&table.runtime, &table.vis, table.sibling("Filters"));
    let (module, quiet) = (table.module(), quiet());
    let doc = doc(format!(
        "The filters of the vector indexes of [`{}`], as the closure of a search sees them.",
        table.struct_name()
    ));
    let attributes = table
        .attributes
        .iter()
        .filter(|attribute| !attribute.document);
    let accessors = attributes.map(|attribute| {
        let (name, wire, marker) = (&attribute.ident, &attribute.wire, marker(&module, attribute));
        let handle = attrs::handle(table, attribute);
        let docs = attrs::docs_in(table, attribute);
        quote! {
            #docs
            #[inline]
            #vis fn #name(&self) -> #runtime::FilterHandle<#handle> where __Index: #runtime::FiltersBy<#marker> {
                #runtime::FilterHandle::new(#runtime::leaf(#wire))
            }
        }
    });
    quote! {
        #doc
        #quiet
        #vis struct #ident<Index>(#runtime::std::marker::PhantomData<fn() -> Index>);
        #[automatically_derived]
        impl<Index> #runtime::std::default::Default for #ident<Index> {
            fn default() -> Self { Self(#runtime::std::marker::PhantomData) }
        }
        #[automatically_derived]
        #quiet
        impl<__Index> #ident<__Index> { #(#accessors)* }
    }
}

/// Emits the sources; without `schema` they refer to no index of the schema, because that may lack them.
pub(super) fn sources(table: &Table, with_schema: bool) -> TokenStream {
    let (runtime, ident, module) = (&table.runtime, &table.ident, table.module());
    let filters = table.sibling("Filters");
    let sources = table.vector_indexes.iter().enumerate().map(|(position, index)| {
        let accessor = &index.index.accessor;
        let source = quote!(#module::index::#accessor);
        let item = table.item(&index.sent).unwrap_or_else(|| ident.clone());
        let (pk, start) = match index.pk {
            Some(pk) => {
                let ty = key_type(&table.attributes[pk]);
                (ty, quote!(Unscoped))
            }
            None => (quote!(()), quote!(Anywhere)),
        };
        let place = if with_schema {
            quote!(#runtime::std::option::Option::Some(&<#ident as #runtime::Table>::SCHEMA.vector_indexes()[#position]))
        } else {
            quote!(#runtime::std::option::Option::None)
        };
        let score = match index.distance {
            Distance::Cosine | Distance::Euclidean => quote!(Distance),
            Distance::DotProduct => quote!(Similarity),
        };
        let dimensions = index.dimensions as usize;
        let vector = with_schema.then(|| {
            let ty = &table.attributes[index.on].ty;
            let runtime = at(ty.span(), runtime);
            quote_spanned!(ty.span()=> const _: () = #runtime::assert_vector::<#ty, #dimensions>();)
        });
        quote! {
            #[automatically_derived]
            impl #runtime::Source for #source {
                type Table = #ident;
                type Item = #item;
                type Pk = #pk;
                type Sk = #runtime::NoSortKey;
                const INDEX: #runtime::std::option::Option<&'static #runtime::IndexSchema> = #runtime::std::option::Option::None;
            }
            #[automatically_derived]
            impl #runtime::VectorSource for #source {
                type Vector = #runtime::Vector<#dimensions>;
                type Score = #runtime::#score;
                type Start = #runtime::#start;
                type Filters = #filters<#source>;
                const VECTOR_INDEX: #runtime::std::option::Option<&'static #runtime::VectorIndexSchema> = #place;
            }
            #vector
        }
    });
    quote!(#(#sources)*)
}

/// Emits the function that returns the index.
pub(super) fn accessor(table: &Table, index: &VectorIndex) -> TokenStream {
    let (runtime, vis, module) = (&table.runtime, &table.vis, table.module());
    let accessor = &index.index.accessor;
    let (on, name) = (&table.attributes[index.on].name, &index.index.name);
    let by = match index.distance {
        Distance::Cosine => "cosine distance",
        Distance::DotProduct => "dot product",
        Distance::Euclidean => "Euclidean distance",
    };
    let what = doc(format!(
        "The vector index `{name}`: it searches `{on}`, of {} dimensions, by {by}.",
        index.dimensions
    ));
    let within = match index.pk {
        Some(pk) => format!(
            "Each search names one {}: `.within(..)`.",
            table.ticked(&[pk])
        ),
        None => "A search goes through all items.".to_owned(),
    };
    let filters = match index.filters.is_empty() {
        true => String::new(),
        false => format!(" It filters by {}.", table.ticked(&index.filters)),
    };
    let narrowed = doc(format!("{within}{filters}"));
    let items = match table.item(&index.sent) {
        Some(item) => doc(format!(
            "Its items are [`{item}`], with {}.",
            table.ticked(&table.held(&index.sent))
        )),
        None => TokenStream::new(),
    };
    let required = [Some(index.on), index.pk].into_iter().flatten();
    let required: Vec<&str> = required
        .map(|position| &table.attributes[position])
        .filter(|attribute| attribute.is_optional())
        .map(|attribute| attribute.name.as_str())
        .collect();
    let sparse = (!required.is_empty()).then(|| {
        let doc = doc(format!(
            "It is sparse: only items with {} are in it.",
            ticked(&required)
        ));
        quote!(#[doc = ""] #doc)
    });
    quote! {
        #what
        #[doc = ""]
        #narrowed #items
        #sparse
        #[inline]
        #vis fn #accessor() -> #runtime::VectorIndex<#module::index::#accessor> { #runtime::VectorIndex::new() }
    }
}
