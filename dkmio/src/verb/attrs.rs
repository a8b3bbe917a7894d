//! Short names for the attribute accessors that a builder hands to its closures.

use crate::schema::{Source, Table};

/// The attributes of the model `M` in the context `C`.
pub(crate) type Attrs<M, C> = <M as Table>::Attrs<C>;

/// The attributes of the table that `S` reads, in the context `C`.
pub(crate) type SourceAttrs<S, C> = <<S as Source>::Table as Table>::Attrs<C>;
