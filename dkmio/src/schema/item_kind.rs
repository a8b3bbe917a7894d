//! `KindCheck`: tells the items of entities from the others of their table.

use super::{ItemKind, KeySource, TableSchema};
use crate::codec::wire::{self, Fault, Reader};
use crate::value::{AttributeValue, Item};

/// Tells the items of entities from the others of their table: by the attribute of the kind, or by the keys where an item has
/// no such attribute.
#[derive(Clone, Copy)]
pub(crate) struct KindCheck {
    entities: &'static [TableSchema],
    /// `true` where the items that are read have no kind, as in an index that does not hold it.
    by_keys: bool,
}

impl KindCheck {
    /// Returns the check of these entities of one table; `None` for a model that is alone in its table, and if there are none.
    pub(crate) fn of(entities: &'static [TableSchema]) -> Option<Self> {
        let check = Self {
            entities,
            by_keys: false,
        };
        check.kinds().next().is_some().then_some(check)
    }

    /// Returns the check of items that come without their kind.
    pub(crate) fn by_keys(self) -> Self {
        Self {
            by_keys: true,
            ..self
        }
    }

    /// Iterates over the entities' kinds.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = ItemKind> + use<> {
        let entities = self.entities.iter();
        entities.filter_map(|schema| schema.entity()?.kind)
    }

    /// Returns the kind that an item must have, if there is only one.
    pub(crate) fn expected(&self) -> &'static str {
        self.kinds().next().map_or("", |kind| kind.name)
    }

    /// Returns the attribute that says of which kind an item is.
    pub(crate) fn attribute(&self) -> Option<&'static str> {
        self.kinds().find_map(|kind| kind.attribute)
    }

    /// Returns the attributes that it needs of an item.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &'static str> + use<> {
        let keys = self.entities.first().filter(|_| self.looks_at_keys());
        let keys = keys.into_iter().flat_map(|schema| schema.keys().iter());
        let kind = self.attribute().filter(|_| !self.by_keys);
        kind.into_iter().chain(keys.map(|key| key.name()))
    }

    /// `true` if it may have to tell an item by its keys, because DynamoDB cannot filter by the kind alone.
    pub(crate) fn looks_at_keys(&self) -> bool {
        self.by_keys
            || self
                .kinds()
                .any(|kind| kind.attribute.is_none() || kind.adopt)
    }

    /// Returns the position of the entity of which an item with these texts is.
    pub(crate) fn find<'a>(&self, text: impl Fn(&str) -> Option<&'a str>) -> Option<usize> {
        if self.by_keys {
            return self.find_key(text);
        }
        self.entities.iter().position(|schema| is_of(schema, &text))
    }

    /// Returns the position of the entity of which an item with these keys is, whose kind is not known.
    pub(crate) fn find_key<'a>(&self, text: impl Fn(&str) -> Option<&'a str>) -> Option<usize> {
        let mut entities = self.entities.iter();
        entities.position(|schema| has_keys_of(schema, &text))
    }

    /// Returns the position of the entity of which an item is.
    pub(crate) fn find_item(&self, item: &Item) -> Option<usize> {
        self.find(|name| match item.get(name) {
            Some(AttributeValue::S(text)) => Some(text.as_str()),
            _ => None,
        })
    }

    /// Returns the position of the entity of which the next item is. The reader does not move.
    pub(crate) fn find_next(&self, reader: &mut Reader<'_>) -> Result<Option<usize>, Fault> {
        let names: Vec<&str> = self.attributes().collect();
        let found = wire::peek_attributes(reader, |name| names.contains(&name), names.len())?;
        let mut texts = Vec::with_capacity(found.len());
        for (name, value) in found {
            if let AttributeValue::S(text) = value.read()? {
                texts.push((name, text));
            }
        }
        Ok(self.find(|name| {
            let found = texts.iter().find(|(found, _)| found == name);
            found.map(|(_, text)| text.as_str())
        }))
    }

    /// Returns whether an item is of one of the kinds.
    pub(crate) fn holds_for(&self, item: &Item) -> bool {
        // An item without attributes is how some engines say that there is none.
        item.is_empty() || self.find_item(item).is_some()
    }

    /// Returns whether the next item is of one of the kinds. The reader does not move.
    pub(crate) fn holds_for_next(&self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        // As in `holds_for`.
        Ok(self.find_next(reader)?.is_some()
            || wire::peek_attributes(reader, |_| true, 1)?.is_empty())
    }
}

/// Returns whether an item with these texts is of the entity.
fn is_of<'a>(schema: &TableSchema, text: impl Fn(&str) -> Option<&'a str>) -> bool {
    let Some(kind) = schema.entity().and_then(|entity| entity.kind) else {
        return false;
    };
    match kind.attribute.map(&text) {
        Some(Some(found)) => found == kind.name || kind.was.contains(&found),
        Some(None) if !kind.adopt => false,
        Some(None) | None => has_keys_of(schema, text),
    }
}

/// Returns whether the templates of the entity's key can have written these texts.
fn has_keys_of<'a>(schema: &TableSchema, text: impl Fn(&str) -> Option<&'a str>) -> bool {
    let Some(entity) = schema.entity() else {
        return false;
    };
    let mut keys = schema.keys().iter().zip(entity.key_sources());
    keys.all(|(key, source)| match source {
        KeySource::Template(template) => text(key.name()).is_some_and(|text| template.fits(text)),
        KeySource::Field(_) => true,
    })
}
