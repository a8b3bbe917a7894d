//! A field that serde flattens: its attributes are those of the struct it is in.

use crate::parse::{Field, Record};
use crate::type_shape::{is_map, spelling};
use syn::{Attribute, Ident, Type};

/// A flattened field.
pub(crate) struct Flattened {
    /// The field, its accessor and its marker are called the same.
    pub(crate) ident: Ident,
    /// The field's name without `r#`.
    pub(crate) name: String,
    pub(crate) ty: Type,
    /// The type as a person would write it.
    pub(crate) spelling: String,
    pub(crate) docs: Vec<Attribute>,
    /// `true` if its attributes are known at run time only.
    pub(crate) is_map: bool,
}

impl Flattened {
    /// Resolves the flattened fields of a struct.
    pub(super) fn resolve(record: &Record) -> Vec<Self> {
        let flattened =
            |field: &&Field| field.serde.flatten.is_some() && field.serde.skip.is_none();
        let fields = record.fields.iter().filter(flattened);
        fields
            .map(|field| Self {
                ident: field.ident.clone(),
                name: field.name(),
                ty: field.ty.clone(),
                spelling: spelling(&field.ty),
                docs: field.docs.clone(),
                is_map: is_map(&field.ty),
            })
            .collect()
    }
}
