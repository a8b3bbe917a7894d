//! Resolves what was declared: makes names, finds fields, fills in defaults. Knows no attributes.

mod attribute;
mod document;
mod entities;
mod entity;
mod entity_table;
mod flattened;
mod index;
mod key_attribute;
mod lifecycle;
mod patch;
mod projection;
mod roles;
mod shared_table;
mod table;
mod table_texts;
mod vector_index;
mod verb;

pub(crate) use attribute::{Attribute, DefaultValue, wire_name};
pub(crate) use document::Document;
pub(crate) use entities::{Entities, EntityVariant, field_of};
pub(crate) use entity::{Class, Entity, Home, KeySource, Part, Place, Template};
pub(crate) use flattened::Flattened;
pub(crate) use index::{Index, Projected, index_accessor, index_name};
pub(crate) use key_attribute::KeyAttribute;
pub(crate) use lifecycle::Lifecycle;
pub(crate) use patch::Patch;
pub(crate) use projection::{Projection, ProjectionField};
pub(crate) use shared_table::{KeyName, SharedTable};
pub(crate) use table::{Key, Table};
pub(crate) use vector_index::{VectorIndex, vector_index_name};
pub(crate) use verb::{Verb, reserved};
