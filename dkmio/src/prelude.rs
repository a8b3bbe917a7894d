//! What most programs use: `use dkmio::prelude::*;`.

// By its own path: `crate::attr` is the module of that name too.
#[doc(no_inline)]
pub use crate::attr::attr;
#[doc(no_inline)]
pub use crate::{
    AttributeType, Bytes, Condition, Cursor, DynamoDb, DynamoDocument, DynamoTable, Error, Item,
    KeyAttribute, Page, Projection, Set, Table, Ttl,
};
