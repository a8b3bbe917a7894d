//! The stages of each derive, one after the other.

use crate::diagnostics::Diagnostics;
use crate::{codegen, fallback, model, parse, validate, without_prelude};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Path};

/// Emits a table, or its errors and as much of it as is certain.
pub(crate) fn table(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let declared = parse::table(input, &mut diagnostics);
    if let Some(declared) = &declared {
        validate::table(declared, &mut diagnostics);
    }
    let table = declared.and_then(model::Table::resolve);
    emit(input, diagnostics, table, codegen::table, |table| {
        table.as_ref().map(fallback::table)
    })
}

/// Emits a document, or its errors and as much of it as is certain.
pub(crate) fn document(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let declared = parse::document(input, &mut diagnostics);
    if let Some(declared) = &declared {
        validate::document(declared, &mut diagnostics);
    }
    let document = declared.map(model::Document::resolve);
    let stand_in = |document: Option<model::Document>| match document {
        Some(document) => Some(codegen::document(&document)),
        None => stand_in(input, fallback::document),
    };
    emit(input, diagnostics, document, codegen::document, stand_in)
}

/// Emits a projection, or its errors and an implementation that reads nothing.
pub(crate) fn projection(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let declared = parse::projection(input, &mut diagnostics);
    if let Some(declared) = &declared {
        validate::projection(declared, &mut diagnostics);
    }
    let projection = declared.and_then(model::Projection::resolve);
    emit(input, diagnostics, projection, codegen::projection, |_| {
        let parameters = &input.generics.params;
        let has_lifetime = parameters.len() == 1 && input.generics.lifetimes().next().is_some();
        (parameters.is_empty() || has_lifetime)
            .then(|| fallback::projection(&runtime(input), &input.ident, has_lifetime))
    })
}

/// Emits a patch, or its errors.
pub(crate) fn patch(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let declared = parse::patch(input, &mut diagnostics);
    if let Some(declared) = &declared {
        validate::patch(declared, &mut diagnostics);
    }
    let patch = declared.and_then(model::Patch::resolve);
    emit(input, diagnostics, patch, codegen::patch, |patch| {
        // Without its fields, so that a wrong one is reported once.
        patch.map(|patch| {
            codegen::patch(&model::Patch {
                fields: Vec::new(),
                ..patch
            })
        })
    })
}

/// Emits a shared table, or its errors and as much of it as is certain.
pub(crate) fn shared_table(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let declared = parse::shared_table(input, &mut diagnostics);
    if let Some(declared) = &declared {
        validate::shared_table(declared, &mut diagnostics);
    }
    let table = declared.and_then(model::SharedTable::resolve);
    emit(input, diagnostics, table, codegen::shared_table, |table| {
        table.as_ref().map(codegen::shared_table)
    })
}

/// Emits an entity, or its errors.
pub(crate) fn entity(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let declared = parse::entity(input, &mut diagnostics);
    if let Some(declared) = &declared {
        validate::entity(declared, &mut diagnostics);
    }
    let entity = declared.and_then(model::Table::of_entity);
    emit(input, diagnostics, entity, codegen::table, |entity| {
        entity.as_ref().map(fallback::table)
    })
}

/// Emits a set of entities, or its errors.
pub(crate) fn entities(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let declared = parse::entities(input, &mut diagnostics);
    if let Some(declared) = &declared {
        validate::entities(declared, &mut diagnostics);
    }
    let entities = declared.and_then(model::Entities::resolve);
    emit(
        input,
        diagnostics,
        entities,
        codegen::entities,
        |entities| entities.as_ref().map(codegen::entities),
    )
}

/// Emits a key, or its errors and a key of any kind.
pub(crate) fn key_attribute(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let declared = parse::key_attribute(input, &mut diagnostics);
    let key = declared.map(model::KeyAttribute::resolve);
    emit(input, diagnostics, key, codegen::key_attribute, |_| {
        stand_in(input, fallback::key_attribute)
    })
}

/// Emits what was resolved if nothing was found wrong, else the errors and the stand-in.
fn emit<Model>(
    input: &DeriveInput,
    diagnostics: Diagnostics,
    model: Option<Model>,
    whole: impl FnOnce(&Model) -> TokenStream,
    stand_in: impl FnOnce(Option<Model>) -> Option<TokenStream>,
) -> TokenStream {
    let tokens = match diagnostics.finish() {
        None => model.as_ref().map(whole).unwrap_or_default(),
        Some(errors) => {
            let stand_in = stand_in(model);
            quote!(#errors #stand_in)
        }
    };
    without_prelude::fitted(tokens, &input.attrs)
}

/// Emits an implementation for a type whose shape is wrong; none for a generic type, of which little is certain.
fn stand_in(
    input: &DeriveInput,
    emit: impl FnOnce(&Path, &syn::Ident) -> TokenStream,
) -> Option<TokenStream> {
    input
        .generics
        .params
        .is_empty()
        .then(|| emit(&runtime(input), &input.ident))
}

/// Returns the module of the runtime, for a type of which nothing else is known.
fn runtime(input: &DeriveInput) -> Path {
    // Errors of `#[dkmio(crate = ..)]` have been reported.
    let mut reported = Diagnostics::default();
    let krate = parse::dkmio_crate(&input.attrs, &mut reported);
    parse::runtime(krate.as_ref())
}
