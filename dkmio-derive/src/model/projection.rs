//! A struct that reads a part of a table's items.

use super::wire_name;
use crate::parse::{self, runtime};
use syn::{Ident, Lifetime, Path, Type};

/// A projection.
pub(crate) struct Projection {
    /// The module of the runtime that generated code refers to.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    /// The lifetime of the data that it borrows.
    pub(crate) lifetime: Option<Lifetime>,
    pub(crate) of: Path,
    pub(crate) fields: Vec<ProjectionField>,
}

/// A field of a projection.
pub(crate) struct ProjectionField {
    pub(crate) ident: Ident,
    pub(crate) wire: String,
    pub(crate) ty: Type,
    /// `true` if serde gives the field another name than the struct does.
    pub(crate) renamed: bool,
    /// `true` if the field has a value where the attribute is absent.
    pub(crate) has_default: bool,
    /// `true` if the field has a wire form of its own, so that its type says nothing about the attribute's.
    pub(crate) adapted: bool,
}

impl Projection {
    /// Resolves a projection; returns `None` if it does not name its table.
    pub(crate) fn resolve(declared: parse::Projection) -> Option<Self> {
        let record = declared.record;
        let fields = record
            .fields
            .iter()
            .filter(|field| {
                !field.serde.has_no_attribute() && field.serde.skip_deserializing.is_none()
            })
            .map(|field| {
                let wire = wire_name(&record, field);
                ProjectionField {
                    renamed: wire != field.name(),
                    wire,
                    ident: field.ident.clone(),
                    ty: field.ty.clone(),
                    has_default: field.serde.default.is_some() || record.serde.default.is_some(),
                    adapted: field.serde.adapter().is_some(),
                }
            });
        Some(Self {
            runtime: runtime(record.krate.as_ref()),
            fields: fields.collect(),
            lifetime: declared.lifetime,
            of: declared.of?,
            ident: record.ident,
        })
    }
}
