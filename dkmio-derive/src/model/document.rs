//! A nested document, resolved: its attributes, and the names of what is generated for it.

use super::{Attribute, Flattened};
use crate::parse::{Record, runtime};
use crate::rename::snake;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Ident, Path, Visibility};

/// A nested document.
pub(crate) struct Document {
    /// The module of the runtime that generated code refers to.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) flattened: Vec<Flattened>,
}

impl Document {
    pub(crate) fn resolve(record: Record) -> Self {
        let attributes = record
            .fields
            .iter()
            .filter_map(|field| Attribute::resolve(&record, field))
            .collect();
        Self {
            flattened: Flattened::resolve(&record),
            runtime: runtime(record.krate.as_ref()),
            vis: record.vis,
            ident: record.ident,
            attributes,
        }
    }

    /// Returns the handle that has the accessors.
    pub(crate) fn path(&self) -> Ident {
        format_ident!("{}Path", self.ident.unraw(), span = self.ident.span())
    }

    /// Returns the hidden module with the markers.
    pub(crate) fn module(&self) -> Ident {
        format_ident!("__{}_document", snake(&self.ident.unraw().to_string()))
    }
}
