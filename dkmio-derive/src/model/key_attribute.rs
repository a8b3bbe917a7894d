//! A type of the user's that can be a key.

use crate::parse::{self, Kind, runtime};
use syn::{Ident, Path};

/// A type that can be a key.
pub(crate) struct KeyAttribute {
    /// The module of the runtime that generated code refers to.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    pub(crate) kind: Kind,
}

impl KeyAttribute {
    pub(crate) fn resolve(declared: parse::KeyAttribute) -> Self {
        Self {
            runtime: runtime(declared.krate.as_ref()),
            ident: declared.ident,
            kind: declared.kind,
        }
    }
}
