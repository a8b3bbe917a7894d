//! What most programs use: `use dkmio::prelude::*;`.

pub use crate::{
    AttributeType, Bytes, Condition, Cursor, DynamoDb, DynamoDocument, DynamoTable, Error, Item,
    KeyAttribute, Page, Projection, Set, Table, Ttl, attr,
};
