//! Resolves what was declared: makes names, finds fields, fills in defaults. Knows no attributes.

mod attribute;
mod document;
mod flattened;
mod index;
mod key_attribute;
mod projection;
mod roles;
mod table;
mod verb;

pub(crate) use attribute::{Attribute, DefaultValue, wire_name};
pub(crate) use document::Document;
pub(crate) use flattened::Flattened;
pub(crate) use index::{Index, Projected, index_accessor, index_name};
pub(crate) use key_attribute::KeyAttribute;
pub(crate) use projection::{Projection, ProjectionField};
pub(crate) use table::Table;
pub(crate) use verb::{Verb, reserved};
