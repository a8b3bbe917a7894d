//! An enum of entities, resolved.

use crate::parse::{self, runtime};
use crate::rename::snake;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Ident, Path, Type, Visibility};

/// An enum of entities.
pub(crate) struct Entities {
    /// The module of the runtime that generated code refers to.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// The shared table.
    pub(crate) of: Path,
    /// `true` if all entities are in one partition.
    pub(crate) collection: bool,
    pub(crate) skips_unknown: bool,
    pub(crate) entities: Vec<EntityVariant>,
    /// The variant that takes items of other kinds.
    pub(crate) other: Option<Ident>,
}

/// A variant with its entity.
pub(crate) struct EntityVariant {
    pub(crate) variant: Ident,
    pub(crate) ty: Type,
}

impl Entities {
    /// Resolves a set; returns `None` if it lacks its table or an entity, which has been reported.
    pub(crate) fn resolve(declared: parse::Entities) -> Option<Self> {
        let other = declared
            .variants
            .iter()
            .find(|variant| variant.other.is_some());
        let other = other.map(|variant| variant.ident.clone());
        let own = declared
            .variants
            .into_iter()
            .filter(|variant| variant.other.is_none());
        let entities: Vec<EntityVariant> = own
            .map(|variant| {
                Some(EntityVariant {
                    variant: variant.ident,
                    ty: variant.ty?,
                })
            })
            .collect::<Option<_>>()?;
        Some(Self {
            runtime: runtime(declared.krate.as_ref()),
            ident: declared.ident,
            vis: declared.vis,
            of: declared.of?,
            collection: declared.collection,
            skips_unknown: declared.skip_unknown.is_some(),
            entities,
            other,
        })
    }

    /// Returns the name of a type that is generated next to the enum: `AccountParts`.
    pub(crate) fn sibling(&self, suffix: &str) -> Ident {
        format_ident!("{}{suffix}", self.ident.unraw(), span = self.ident.span())
    }

    /// Returns the hidden module with the marker of the sort key.
    pub(crate) fn module(&self) -> Ident {
        format_ident!("__{}", snake(&self.ident.unraw().to_string()))
    }
}

/// Returns a variant's name as that of a field or function.
pub(crate) fn field_of(variant: &Ident) -> Ident {
    let name = snake(&variant.unraw().to_string());
    syn::parse_str(&name).map_or_else(
        |_| Ident::new_raw(&name, variant.span()),
        |mut ident: Ident| {
            ident.set_span(variant.span());
            ident
        },
    )
}
