//! Keys that are made of fields, resolved: of which ones, and what an update may do with each of them.

use super::Attribute;
use crate::parse::{self, Format, KeyText, Piece};
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Ident, Path};

/// What an entity, or a table whose keys are texts, has besides what every model has. Attributes are given by their position.
pub(crate) struct Entity {
    pub(crate) home: Home,
    pub(crate) partition: KeySource,
    pub(crate) sort: Option<KeySource>,
    /// The members of all templates: those of the table's key first, in the order of their first appearance.
    pub(crate) members: Vec<usize>,
    /// How many of the members are in the table's key.
    pub(crate) key_members: usize,
    /// The places in the table's indexes, in the order of the indexes.
    pub(crate) places: Vec<Place>,
}

/// Where the items are.
pub(crate) enum Home {
    /// In a shared table, which has the names of keys and indexes.
    Shared {
        of: Path,
        kind: String,
        was: Vec<String>,
    },
    /// In a table that has items of this kind alone.
    Own {
        /// `true` if separators in members are refused.
        refuses: bool,
    },
}

/// The place of an entity in an index.
pub(crate) struct Place {
    /// Where it is declared.
    pub(crate) span: Span,
    /// The index of the shared table; of a table of one kind the index itself.
    pub(crate) of: Ident,
    /// What the partition key's attributes are made of; for a local index the table's.
    pub(crate) pk: Vec<KeySource>,
    pub(crate) sk: Vec<KeySource>,
}

/// What a key attribute is made of.
#[derive(Clone)]
pub(crate) enum KeySource {
    Template(Template),
    /// It is the attribute itself.
    Field(usize),
}

/// The text of a key attribute.
#[derive(Clone)]
pub(crate) struct Template {
    /// The literal.
    pub(crate) span: Span,
    /// The attribute that has it; `None` if the shared table says so.
    pub(crate) name: Option<String>,
    pub(crate) text: String,
    pub(crate) parts: Vec<Part>,
}

#[derive(Clone)]
pub(crate) enum Part {
    Literal(String),
    Member { attribute: usize, format: Format },
}

/// What an update of an entity may do with an attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// It is in no key.
    Free,
    /// It is in the table's key.
    Key,
    /// An update that sets it knows all that the keys of its indexes are made of.
    Lone,
    /// The key of an index is made of it and others that an update does not know.
    Joint,
}

impl KeySource {
    /// `true` if the attribute is text that a template makes.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Template(_))
    }

    /// Returns the attributes of which it is made.
    pub(crate) fn members(&self) -> Vec<usize> {
        match self {
            Self::Field(attribute) => vec![*attribute],
            Self::Template(template) => template
                .parts
                .iter()
                .filter_map(|part| match part {
                    Part::Member { attribute, .. } => Some(*attribute),
                    Part::Literal(_) => None,
                })
                .collect(),
        }
    }

    /// Resolves what is declared; a name that is no field's has been reported and is left out.
    pub(super) fn of(text: &KeyText, attributes: &[Attribute]) -> Vec<Self> {
        let find = |name: &str| attributes.iter().position(|a| a.name == name);
        match text {
            KeyText::Fields(key) => key
                .fields
                .iter()
                .filter_map(|field| find(&field.unraw().to_string()).map(Self::Field))
                .collect(),
            KeyText::Template(template) => {
                vec![Self::Template(Template::of(template, None, attributes))]
            }
        }
    }
}

impl Template {
    /// Resolves what is declared; a member that is no field has been reported and is left out.
    pub(super) fn of(
        template: &parse::Template,
        name: Option<String>,
        attributes: &[Attribute],
    ) -> Self {
        let find = |name: &str| attributes.iter().position(|a| a.name == name);
        let parts = template.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(text) => Some(Part::Literal(text.clone())),
            Piece::Member { name, format } => Some(Part::Member {
                attribute: find(name)?,
                format: *format,
            }),
        });
        Self {
            span: template.span(),
            name,
            text: template.literal.value(),
            parts: parts.collect(),
        }
    }
}

/// Returns the attributes, each once, in the order of their first appearance.
fn in_order(members: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut seen = Vec::new();
    for member in members {
        if !seen.contains(&member) {
            seen.push(member);
        }
    }
    seen
}

pub(super) fn members_of<'a>(sources: impl IntoIterator<Item = &'a KeySource>) -> Vec<usize> {
    in_order(sources.into_iter().flat_map(KeySource::members))
}

/// Returns the attributes that are themselves the keys.
fn fields_of<'a>(sources: impl IntoIterator<Item = &'a KeySource>) -> Vec<usize> {
    let sources = sources.into_iter();
    let fields = sources.filter_map(|source| match source {
        KeySource::Field(attribute) => Some(*attribute),
        KeySource::Template(_) => None,
    });
    fields.collect()
}

impl Place {
    /// Returns the attributes that are themselves keys of the index.
    pub(crate) fn own_keys(&self) -> Vec<usize> {
        fields_of(self.pk.iter().chain(&self.sk))
    }
}

impl Entity {
    /// Collects the members of the table's key and of the places.
    pub(super) fn new(
        home: Home,
        partition: KeySource,
        sort: Option<KeySource>,
        places: Vec<Place>,
    ) -> Self {
        let key = members_of(std::iter::once(&partition).chain(&sort));
        let others = places.iter();
        let others = others.flat_map(|place| place.pk.iter().chain(&place.sk));
        Self {
            home,
            members: in_order(key.iter().copied().chain(members_of(others))),
            key_members: key.len(),
            partition,
            sort,
            places,
        }
    }

    /// Iterates over what the key attributes of the table and of the places are made of.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &KeySource> {
        let places = self.places.iter();
        let own = std::iter::once(&self.partition).chain(&self.sort);
        own.chain(places.flat_map(|place| place.pk.iter().chain(&place.sk)))
    }

    /// Returns the attributes in the table's key.
    pub(crate) fn key(&self) -> &[usize] {
        &self.members[..self.key_members]
    }

    /// Returns the members of the partition key of the table.
    pub(crate) fn partition_members(&self) -> Vec<usize> {
        members_of([&self.partition])
    }

    /// Returns the members of the sort key of the table.
    pub(crate) fn sort_members(&self) -> Vec<usize> {
        members_of(&self.sort)
    }

    /// Returns the members of a place that an update does not know, in the order of their first appearance.
    pub(crate) fn unknown(&self, place: &Place) -> Vec<usize> {
        let members = members_of(place.pk.iter().chain(&place.sk));
        members
            .into_iter()
            .filter(|m| !self.key().contains(m))
            .collect()
    }

    /// Returns what an update may do with the attribute.
    pub(crate) fn class(&self, attributes: &[Attribute], attribute: usize) -> Class {
        if self.key().contains(&attribute) {
            return Class::Key;
        }
        let mut class = Class::Free;
        for place in &self.places {
            let unknown = self.unknown(place);
            let has_text = place.pk.iter().chain(&place.sk).any(KeySource::is_text);
            if !unknown.contains(&attribute) || !has_text {
                // Nothing has to be rewritten.
                continue;
            }
            class = Class::Lone;
            let is_sparse = members_of(place.pk.iter().chain(&place.sk))
                .iter()
                .any(|member| attributes[*member].is_optional());
            let with_it = place.pk.iter().chain(&place.sk).map(KeySource::members);
            let with_it = with_it
                .filter(|members| members.contains(&attribute))
                .flatten();
            let mut needed: Vec<usize> = with_it.collect();
            if is_sparse {
                needed.extend(&unknown);
            }
            if needed
                .iter()
                .any(|m| *m != attribute && unknown.contains(m))
            {
                return Class::Joint;
            }
        }
        class
    }

    /// Returns the attributes that are themselves keys of the table.
    pub(crate) fn own_keys(&self) -> Vec<usize> {
        fields_of(std::iter::once(&self.partition).chain(&self.sort))
    }

    /// Returns the position of the attribute among the members.
    pub(crate) fn member(&self, attribute: usize) -> usize {
        let found = self.members.iter().position(|member| *member == attribute);
        found.unwrap_or_default()
    }
}
