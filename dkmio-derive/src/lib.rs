//! The derive macros of [dkmio](https://docs.rs/dkmio), which re-exports them: depend on that crate.
//!
//! A derive runs in stages: `parse` reads attributes and judges only their spelling, `validate` applies every rule and
//! collects the faults, `model` resolves what was declared, `codegen` writes it out and cannot fail. `expand` runs the
//! stages. With errors it emits a stand-in from `fallback`, so that one mistake is one error.

mod codegen;
mod diagnostics;
mod expand;
mod fallback;
mod keyword;
mod model;
mod parse;
mod rename;
mod test_attribute;
mod type_shape;
mod validate;
mod visibility;
mod without_prelude;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[doc = include_str!("../pages/dynamo_table.md")]
#[proc_macro_derive(
    DynamoTable,
    attributes(
        dkmio,
        key,
        pk,
        sk,
        gsi,
        lsi,
        vector_index,
        ttl,
        version,
        created_at,
        updated_at
    )
)]
pub fn derive_dynamo_table(input: TokenStream) -> TokenStream {
    expand::table(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../pages/dynamo_document.md")]
#[proc_macro_derive(DynamoDocument, attributes(dkmio))]
pub fn derive_dynamo_document(input: TokenStream) -> TokenStream {
    expand::document(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../pages/shared_table.md")]
#[proc_macro_derive(SharedTable, attributes(dkmio, keys, gsi, lsi, ttl))]
pub fn derive_shared_table(input: TokenStream) -> TokenStream {
    expand::shared_table(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../pages/dynamo_entity.md")]
#[proc_macro_derive(
    DynamoEntity,
    attributes(dkmio, entity, key, gsi, lsi, ttl, version, created_at, updated_at)
)]
pub fn derive_dynamo_entity(input: TokenStream) -> TokenStream {
    expand::entity(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../pages/dynamo_entities.md")]
#[proc_macro_derive(DynamoEntities, attributes(dkmio, entities))]
pub fn derive_dynamo_entities(input: TokenStream) -> TokenStream {
    expand::entities(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../pages/dynamo_patch.md")]
#[proc_macro_derive(DynamoPatch, attributes(dkmio, patch))]
pub fn derive_dynamo_patch(input: TokenStream) -> TokenStream {
    expand::patch(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../pages/key_attribute.md")]
#[proc_macro_derive(KeyAttribute, attributes(dkmio))]
pub fn derive_key_attribute(input: TokenStream) -> TokenStream {
    expand::key_attribute(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../pages/projection.md")]
#[proc_macro_derive(Projection, attributes(projection, dkmio))]
pub fn derive_projection(input: TokenStream) -> TokenStream {
    expand::projection(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../pages/test.md")]
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, function: TokenStream) -> TokenStream {
    test_attribute::expand(arguments.into(), function.into()).into()
}
