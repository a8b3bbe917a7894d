//! Reads attributes into values: everything optional, everything with its span, nothing judged but spelling.

mod field;
mod index;
mod key_attribute;
mod projection;
mod record;
mod runtime_path;
mod serde;
mod table;
mod words;

pub(crate) use field::Field;
pub(crate) use index::{Index, IndexKey, IndexKind, ProjectWord};
pub(crate) use key_attribute::{KeyAttribute, Kind, key_attribute};
pub(crate) use projection::{Projection, projection};
pub(crate) use record::{Record, named_fields};
pub(crate) use serde::{SerdeContainer, SerdeDefault, SerdeField};
pub(crate) use table::{Table, document, table};

pub(crate) use runtime_path::{dkmio_crate, has_word, runtime, serde_crate};
pub(crate) use words::{Value, Word, once, words};
