//! A field and its attributes.

use super::{Index, SerdeField, index, once, runtime_path, vector_index, words};
use crate::diagnostics::Diagnostics;
use crate::keyword::{self, FieldWord};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, Meta, Type, Visibility};

/// A field as declared. Each span is that of the attribute that marks the field.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    pub(crate) docs: Vec<Attribute>,
    pub(crate) pk: Option<Span>,
    pub(crate) sk: Option<Span>,
    pub(crate) ttl: Option<Span>,
    pub(crate) version: Option<Span>,
    pub(crate) created_at: Option<Span>,
    pub(crate) updated_at: Option<Span>,
    pub(crate) document: Option<Span>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) serde: SerdeField,
}

impl Field {
    /// Reads a named field; a field without a name has been reported with its struct.
    pub(super) fn parse(field: &syn::Field, diagnostics: &mut Diagnostics) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut parsed = Self {
            vis: field.vis.clone(),
            ty: field.ty.clone(),
            docs: docs(&field.attrs),
            pk: None,
            sk: None,
            ttl: None,
            version: None,
            created_at: None,
            updated_at: None,
            document: None,
            indexes: Vec::new(),
            serde: SerdeField::parse(&field.attrs, diagnostics),
            ident,
        };
        for attribute in &field.attrs {
            parsed.read(attribute, diagnostics);
        }
        Some(parsed)
    }

    fn read(&mut self, attribute: &Attribute, diagnostics: &mut Diagnostics) {
        if attribute.path().is_ident(keyword::PK) {
            mark(&mut self.pk, keyword::PK, attribute, diagnostics);
        } else if attribute.path().is_ident(keyword::SK) {
            mark(&mut self.sk, keyword::SK, attribute, diagnostics);
        } else if attribute.path().is_ident(keyword::TTL) {
            mark(&mut self.ttl, keyword::TTL, attribute, diagnostics);
        } else if attribute.path().is_ident(keyword::VERSION) {
            mark(&mut self.version, keyword::VERSION, attribute, diagnostics);
        } else if attribute.path().is_ident(keyword::CREATED_AT) {
            let slot = &mut self.created_at;
            mark(slot, keyword::CREATED_AT, attribute, diagnostics);
        } else if attribute.path().is_ident(keyword::UPDATED_AT) {
            let slot = &mut self.updated_at;
            mark(slot, keyword::UPDATED_AT, attribute, diagnostics);
        } else if attribute.path().is_ident(keyword::DKMIO) {
            for word in words(attribute, diagnostics) {
                match FieldWord::of(&word.name) {
                    Some(FieldWord::Document) => {
                        word.bare(diagnostics);
                        let at = Some(word.name.span());
                        once(&mut self.document, &word.name, at, diagnostics);
                    }
                    None => runtime_path::unknown(&word, FieldWord::ALL, diagnostics),
                }
            }
        } else if vector_index::is_vector_index(attribute) {
            vector_index::refuse_on_field(attribute, &self.ident, diagnostics);
        } else {
            self.indexes
                .extend(index::index(attribute, Some(&self.ident), diagnostics));
        }
    }

    /// Returns the field's name, as the user's other code has it and without `r#`.
    pub(crate) fn name(&self) -> String {
        use syn::ext::IdentExt;
        self.ident.unraw().to_string()
    }
}

/// Records an attribute that takes nothing and is given once.
fn mark(slot: &mut Option<Span>, word: &str, attribute: &Attribute, diagnostics: &mut Diagnostics) {
    if !matches!(attribute.meta, Meta::Path(_)) {
        diagnostics.on(
            &attribute.meta,
            format!("`#[{word}]` on a field takes nothing"),
            format!("write `#[{word}]`"),
        );
    }
    if slot.replace(attribute.path().span()).is_some() {
        diagnostics.on(
            attribute.path(),
            format!("`#[{word}]` is given twice"),
            "keep one of them",
        );
    }
}

/// Returns the doc comments among the attributes.
fn docs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .cloned()
        .collect()
}
