//! A patch, resolved: the model whose attributes it sets, and its fields.

use crate::parse::{self, runtime};
use syn::{Ident, Path};

/// A patch of a model.
pub(crate) struct Patch {
    /// The module of the runtime that generated code refers to.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    pub(crate) of: Path,
    pub(crate) fields: Vec<PatchField>,
}

/// A field of a patch, called as the attribute's accessor.
pub(crate) struct PatchField {
    pub(crate) ident: Ident,
    /// `true` if `Some(None)` removes the attribute.
    pub(crate) removes: bool,
}

impl Patch {
    /// Resolves a patch; returns `None` if it does not name its model, which has been reported.
    pub(crate) fn resolve(declared: parse::Patch) -> Option<Self> {
        let fields = declared.fields.iter().map(|field| PatchField {
            ident: field.ident.clone(),
            removes: field.removes(),
        });
        Some(Self {
            fields: fields.collect(),
            runtime: runtime(declared.krate.as_ref()),
            ident: declared.ident,
            of: declared.of?,
        })
    }
}
