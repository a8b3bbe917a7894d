//! `Table::SCHEMA`: names and kinds, for the runtime to read.

use super::{at, obligations};
use crate::model::{Index, Projected, Table, VectorIndex};
use crate::parse::Distance;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

pub(super) fn schema(table: &Table) -> TokenStream {
    let key = keys(table, &[table.key.pk], table.key.sk.as_slice());
    let indexes = table.indexes.iter().map(|index| {
        let key = keys(table, &index.pk, &index.sk);
        index_schema(table, index, &key)
    });
    table_schema(table, &key, indexes)
}

/// Emits the schema of a table with these keys and indexes.
pub(super) fn table_schema(
    table: &Table,
    key: &TokenStream,
    indexes: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let (runtime, name) = (&table.runtime, &table.name);
    let ttl = match table.ttl.map(|ttl| &table.attributes[ttl].wire) {
        Some(ttl) => quote!(#runtime::std::option::Option::Some(#ttl)),
        None => quote!(#runtime::std::option::Option::None),
    };
    let (attributes, required) = (attributes(table), required(table));
    let lifecycle = super::lifecycle::in_schema(table);
    let vector_indexes = (!table.vector_indexes.is_empty()).then(|| {
        let indexes = table.vector_indexes.iter();
        let indexes = indexes.map(|index| vector_index_schema(table, index));
        quote!(.with_vector_indexes(&[#(#indexes),*]))
    });
    quote!(#runtime::TableSchema::new(#name, #key, &[#(#indexes),*], #ttl, &[#attributes], &[#required]) #lifecycle #vector_indexes)
}

/// Emits the names of all attributes.
pub(super) fn attributes(table: &Table) -> TokenStream {
    let attributes = table.attributes.iter().map(|attribute| &attribute.wire);
    quote!(#(#attributes),*)
}

/// Emits the names of the attributes without which an item does not read.
pub(super) fn required(table: &Table) -> TokenStream {
    let attributes = table.attributes.iter();
    let required = attributes.filter(|attribute| !attribute.removable);
    let required = required.map(|attribute| &attribute.wire);
    quote!(#(#required),*)
}

/// Emits the schema of an index with these keys.
pub(super) fn index_schema(table: &Table, index: &Index, key: &TokenStream) -> TokenStream {
    let (runtime, accessor, name) = (&table.runtime, &index.accessor_name, &index.name);
    let constructor = if index.global {
        quote!(global)
    } else {
        quote!(local)
    };
    let projection = projection(table, &index.projected);
    quote!(#runtime::IndexSchema::#constructor(#accessor, #name, #key, #runtime::IndexProjection::#projection))
}

/// Emits the variant of what an index projects.
pub(super) fn projection(table: &Table, projected: &Projected) -> TokenStream {
    match projected {
        Projected::All => quote!(All),
        Projected::KeysOnly => quote!(KeysOnly),
        Projected::Include(attributes) => {
            let names = attributes
                .iter()
                .map(|attribute| &table.attributes[*attribute].wire);
            quote!(Include(&[#(#names),*]))
        }
    }
}

fn keys(table: &Table, pk: &[usize], sk: &[usize]) -> TokenStream {
    let runtime = &table.runtime;
    let element = |position: &usize| element(table, *position);
    let (pk, sk) = (pk.iter().map(element), sk.iter().map(element));
    quote!(#runtime::KeySchema::new(&[#(#pk),*], &[#(#sk),*]))
}

/// Emits a key attribute that is a field.
pub(super) fn element(table: &Table, position: usize) -> TokenStream {
    let (runtime, attribute) = (&table.runtime, &table.attributes[position]);
    let (wire, kind) = (&attribute.wire, obligations::key_kind(table, attribute));
    quote!(#runtime::KeyElement::new(#wire, #kind))
}

/// Emits the index in the table's schema.
fn vector_index_schema(table: &Table, index: &VectorIndex) -> TokenStream {
    let runtime = &table.runtime;
    let (accessor, name) = (&index.index.accessor_name, &index.index.name);
    let (on, dimensions) = (&table.attributes[index.on].wire, index.dimensions);
    let distance = match index.distance {
        Distance::Cosine => quote!(Cosine),
        Distance::DotProduct => quote!(DotProduct),
        Distance::Euclidean => quote!(Euclidean),
    };
    let element = |position: &usize, kind_of: TokenStream| {
        let wire = &table.attributes[*position].wire;
        quote!(#runtime::KeyElement::new(#wire, #kind_of))
    };
    let pk = index
        .pk
        .as_ref()
        .map(|pk| element(pk, obligations::key_kind(table, &table.attributes[*pk])));
    let filters = index.filters.iter();
    let filters = filters.map(|filter| element(filter, filter_kind(table, *filter)));
    let projection = projection(table, &index.index.projected);
    quote! {
        #runtime::VectorIndexSchema::new(
            #accessor, #name, #on, #dimensions, #runtime::DistanceFunction::#distance,
            &[#pk], &[#(#filters),*], #runtime::IndexProjection::#projection,
        )
    }
}

/// Emits the kind of a filter, and with it that the attribute can be one.
fn filter_kind(table: &Table, position: usize) -> TokenStream {
    let attribute = &table.attributes[position];
    if let Some(path) = &attribute.adapted_key {
        return quote!(#path::KIND);
    }
    let ty = attribute.value_type();
    let runtime = at(ty.span(), &table.runtime);
    quote_spanned!(ty.span()=> <#ty as #runtime::FilterAttribute>::KIND)
}
