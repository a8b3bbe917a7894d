//! What generated code names. No public interface: it changes without notice.

pub use crate::attr::{
    Attr, ByKey, ByName, Document, Flattened, FromPath, Handle, Is, MapType, Nested, Path,
    Readable, Spread, child, flattened, flattened_into, leaf, reads_as, root,
};
pub use crate::expr::{Condition, HasSize, Operand, Optional, Ordered, PrefixValue, Term, value};
pub use crate::schema::*;
pub use crate::value::{KeyAttribute, KeyKind, Prefix, TtlAttribute};
pub use crate::verb::*;
pub use futures_core::Stream;
pub use {serde, std};
