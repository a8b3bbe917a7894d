//! The model to code: nothing here can fail or complain. One emitted thing a file.

mod attrs;
mod changes;
mod document;
mod entities;
mod entity;
mod entity_fits;
mod entity_schema;
mod flattened;
mod fnv;
mod formats;
mod hidden;
mod index;
mod item;
mod key;
mod key_attribute;
mod key_serde;
mod lifecycle;
mod obligations;
mod patch;
mod projected;
mod projection;
mod schema;
mod shared_table;
mod table;
mod template;
mod template_sort;
mod vector_index;
mod verbs;
mod wire;

use crate::model::{Attribute, Table};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Ident, Path};

pub(crate) use document::document;
pub(crate) use entities::entities;
pub(crate) use index::sources;
pub(crate) use key_attribute::key_attribute;
pub(crate) use patch::patch;
pub(crate) use projection::{borrowed_row, projection};
pub(crate) use shared_table::shared_table;
pub(crate) use table::implementation;

/// Emits everything that belongs to a table.
pub(crate) fn table(table: &Table) -> TokenStream {
    let shape = shape(table);
    let obligations = obligations::ttl(table);
    let lifecycle = lifecycle::lifecycle(table);
    let kept = lifecycle::functions(table);
    let into_key = key::into_key(table);
    let sources = sources(table, true);
    let members = table
        .entity
        .as_ref()
        .map(|entity| entity::encode_members(table, entity));
    let schema = match &table.entity {
        Some(entity) => entity_schema::schema(table, entity),
        None => schema::schema(table),
    };
    let functions = quote!(#members #kept);
    let implementation = implementation(table, &schema, Some(functions));
    let entity = table
        .entity
        .as_ref()
        .map(|entity| entity::entity(table, entity, true));
    let fits = table
        .entity
        .as_ref()
        .map(|entity| entity_fits::fits(table, entity));
    quote!(#shape #obligations #lifecycle #into_key #sources #implementation #entity #fits)
}

/// Emits for an entity with a fault what users name besides its shape, without its templates.
pub(crate) fn entity_shape(table: &Table) -> Option<TokenStream> {
    let entity = table.entity.as_ref()?;
    Some(entity::entity(table, entity, false))
}

/// Emits what users name: types, accessors and functions, and the traits that say what they may be used for.
pub(crate) fn shape(table: &Table) -> TokenStream {
    let hidden = hidden::hidden(table);
    let fields = attrs::fields(table);
    let wires = wire::of_table(table);
    let attrs = attrs::attrs(table);
    let key = key::key(table);
    let permissions = index::permissions(table);
    let items = table.indexes.iter().map(|index| item::item(table, index));
    let vector_indexes = vector_index::shape(table);
    let verbs = verbs::verbs(table);
    quote!(#hidden #fields #(#wires)* #attrs #key #permissions #(#items)* #vector_indexes #verbs)
}

/// Returns the marker type of an attribute.
fn marker(module: &Ident, attribute: &Attribute) -> TokenStream {
    let ident = &attribute.ident;
    quote!(#module::attr::#ident)
}

/// Returns the type that an attribute with an adapter compares and sets as: called like the field, around its type.
///
/// Each attribute has its own type, because its functions decide what is written. Messages show the type's name.
fn adapted(module: &Ident, attribute: &Attribute) -> TokenStream {
    let (ident, value) = (&attribute.ident, attribute.value_type());
    quote!(#module::with::#ident<#value>)
}

/// Emits the types of the attributes with adapters, if there are any.
fn adapted_types(attributes: &[Attribute]) -> Option<TokenStream> {
    let adapted: Vec<&Ident> = attributes
        .iter()
        .filter(|attribute| attribute.adapter.is_some())
        .map(|attribute| &attribute.ident)
        .collect();
    (!adapted.is_empty()).then(|| quote!(pub mod with { #(pub struct #adapted<T>(fn() -> T);)* }))
}

/// Emits the implementation that lets the attribute be removed.
fn removable(runtime: &Path, marker: &TokenStream) -> TokenStream {
    quote!(#[automatically_derived] #[diagnostic::do_not_recommend] impl #runtime::Removable for #marker {})
}

/// Emits the attributes that keep lints of the user's crate off code that the user did not write.
fn quiet() -> TokenStream {
    quote!(#[allow(dead_code, unreachable_pub, private_interfaces, private_bounds, clippy::all, clippy::pedantic)])
}

/// Returns the path with every token at `span`, so that rustc reports errors of the path there.
fn at(span: Span, path: &Path) -> TokenStream {
    let tokens = quote!(#path).into_iter().map(|mut token| {
        token.set_span(span);
        token
    });
    tokens.collect()
}

/// Emits a one-line doc comment.
fn doc(text: impl AsRef<str>) -> TokenStream {
    let text = format!(" {}", text.as_ref());
    quote!(#[doc = #text])
}
