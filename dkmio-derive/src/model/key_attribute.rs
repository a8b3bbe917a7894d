//! A type of the user's that can be a key.

use syn::{Ident, Path, Type};

/// A type that can be a key.
pub(crate) struct KeyAttribute {
    /// The module of the runtime that generated code refers to.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    pub(crate) kind: Kind,
}

/// What the type is on the wire.
pub(crate) enum Kind {
    /// What this type is: the one inside, or the one that serde is told to write.
    Of(Box<Type>),
    /// A string: the variant's name.
    Enum,
}
