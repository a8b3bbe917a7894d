//! Reads attributes into values: everything optional, everything with its span, nothing judged but spelling.

mod entities;
mod entity;
mod field;
mod index;
mod key_attribute;
mod key_text;
mod key_word;
mod patch;
mod projection;
mod record;
mod runtime_path;
mod serde;
mod shared_table;
mod table;
mod table_key;
mod template;
mod vector_index;
mod words;

pub(crate) use entities::{Entities, EntityVariant, entities};
pub(crate) use entity::{Entity, Place, entity};
pub(crate) use field::Field;
pub(crate) use index::{Index, IndexKind, ProjectWord};
pub(crate) use key_attribute::{KeyAttribute, Kind, key_attribute};
pub(crate) use key_text::KeyText;
pub(crate) use key_word::{IndexKey, NamedText};
pub(crate) use patch::{Patch, patch};
pub(crate) use projection::{Projection, projection};
pub(crate) use record::{Record, named_fields};
pub(crate) use serde::{SerdeContainer, SerdeDefault, SerdeField};
pub(crate) use shared_table::{
    KeyNames, Kind as KeyKind, SharedIndex, SharedProjection, SharedTable, shared_table,
};
pub(crate) use table::{Table, document, table};
pub(crate) use table_key::TableKey;

pub(crate) use runtime_path::{dkmio_crate, has_word, runtime, serde_crate};
pub(crate) use template::{Format, Piece, Template};
pub(crate) use vector_index::{Distance, VectorIndex};
pub(crate) use words::{Value, Word, once, words};
