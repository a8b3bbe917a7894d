//! `EntitySchema`: how an item's keys are made of its fields, and which kind of item it is.

use super::{Part, Template};

/// How the keys of an item are made of its fields, and which kind of item it is.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntitySchema {
    /// `None` for a table of one kind.
    pub kind: Option<ItemKind>,
    /// All members of templates: those of the table's key first, in the order of their first appearance.
    pub members: &'static [MemberSchema],
    /// How many of the members are in the table's key.
    pub key_members: usize,
    pub partition: KeySource,
    pub sort: Option<KeySource>,
    /// `true` if the struct has a flattened map, which must not see the keys.
    pub has_flattened_map: bool,
}

impl EntitySchema {
    /// Returns what the table's key attributes are made of, in their order.
    pub(crate) fn key_sources(&self) -> impl Iterator<Item = &KeySource> {
        std::iter::once(&self.partition).chain(&self.sort)
    }
}

/// Which kind of item an entity is.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemKind {
    /// The attribute that says so; `None` if the table has none, and kinds are told by their keys.
    pub attribute: Option<&'static str>,
    pub name: &'static str,
    /// Other kinds that are read as this one, and never written.
    pub was: &'static [&'static str],
    /// `true` if an item without the attribute is told by its keys.
    pub adopt: bool,
}

/// A field that is a member of a key template.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberSchema {
    /// The field's attribute in DynamoDB.
    pub attribute: &'static str,
    /// The field's name in Rust.
    pub name: &'static str,
    /// `true` if the field is an `Option`.
    pub optional: bool,
}

/// What a key attribute of an entity is made of.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySource {
    Template(Template),
    /// The attribute is the field itself, with this index in `EntitySchema::members`.
    Field(usize),
}

impl KeySource {
    /// Iterates over the indexes of its members; one that comes twice comes twice.
    pub(crate) fn members(&self) -> impl Iterator<Item = usize> + use<> {
        let (field, parts) = match self {
            Self::Field(index) => (Some(*index), [].as_slice()),
            Self::Template(template) => (None, template.parts),
        };
        let members = parts.iter().filter_map(|part| match part {
            Part::Member(member) => Some(member.index),
            Part::Literal(_) => None,
        });
        field.into_iter().chain(members)
    }
}
