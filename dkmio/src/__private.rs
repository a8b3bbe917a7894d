//! What generated code names. No public interface: it changes without notice.

pub use crate::attr::{
    Attr, ByKey, ByName, Document, Flattened, FromPath, Handle, Is, MapType, Nested, Path,
    Readable, Spread, child, flattened, flattened_into, leaf, reads_as, root,
};
pub use crate::change::{Change, ChangeOfSet, FromRecord, Record};
pub use crate::codec::CodecError;
pub use crate::error::Error;
pub use crate::expr::{
    Condition, HasSize, Operand, Optional, Ordered, PrefixValue, SetSort, SortCondition,
    SortConditions, SortMember, TemplateSort, Term, value,
};
pub use crate::schema::*;
pub use crate::value::{
    Distance, FixedWidth, Form, Item, KeyAttribute, KeyKind, KeyMember, Prefix, Similarity,
    TimeAttribute, TtlAttribute, Vector, VectorAttribute, Version, VersionAttribute, assert_member,
    assert_vector,
};
pub use crate::verb::*;
pub use futures_core::Stream;
pub use std::time::Duration;
pub use {serde, std};
