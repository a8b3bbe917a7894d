//! A table, resolved: its keys, attributes and indexes, and the names of what is generated for it.

use super::{Attribute, Entity, Flattened, Index, Lifecycle, VectorIndex, index};
use crate::parse::{self, runtime};
use crate::rename::snake;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Ident, Path, Visibility};

/// A table. Attributes are given by their position.
pub(crate) struct Table {
    /// The module of the runtime that generated code refers to.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) name: String,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) flattened: Vec<Flattened>,
    pub(crate) key: Key,
    pub(crate) ttl: Option<usize>,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) indexes: Vec<Index>,
    pub(crate) vector_indexes: Vec<VectorIndex>,
    /// The traits that the item types of indexes derive, if the user names them.
    pub(crate) derives: Option<Vec<Path>>,
    /// The word of serde's `rename_all`.
    pub(crate) rename_all: Option<String>,
    /// What an entity of a shared table has besides, and a table whose keys are texts: its keys are made of fields.
    pub(crate) entity: Option<Entity>,
}

/// The table's key.
pub(crate) struct Key {
    pub(crate) pk: usize,
    pub(crate) sk: Option<usize>,
}

impl Table {
    /// Resolves what can be resolved; the rest has been reported and is left out.
    ///
    /// A table without a key gets its first attribute as one, so that the rest of it exists and only the fault itself
    /// is reported. Returns `None` if there is no attribute either.
    pub(crate) fn resolve(declared: parse::Table) -> Option<Self> {
        let record = &declared.record;
        let mut attributes = Vec::new();
        let mut key = Key { pk: 0, sk: None };
        let (mut has_pk, mut ttl, mut lifecycle) = (false, None, Lifecycle::default());
        for field in &record.fields {
            let Some(attribute) = Attribute::resolve(record, field) else {
                continue;
            };
            let position = attributes.len();
            attributes.push(attribute);
            lifecycle.note(field, position);
            if field.pk.is_some() && !has_pk {
                key.pk = position;
                has_pk = true;
            } else if field.sk.is_some() {
                key.sk = key.sk.or(Some(position));
            }
            if field.ttl.is_some() {
                ttl = ttl.or(Some(position));
            }
        }
        if attributes.is_empty() {
            return None;
        }
        key.sk = key.sk.filter(|sk| *sk != key.pk);
        let (indexes, entity) = if declared.is_templated() {
            let (indexes, entity) = Entity::of_table(&declared, &attributes, &key);
            (indexes, Some(entity))
        } else {
            let indexes = declared.indexes.iter();
            let indexes = indexes.filter_map(|index| Index::resolve(index, &attributes, key.pk));
            (index::distinct(indexes.collect(), |index| index), None)
        };
        let table_key: Vec<usize> = [key.pk].into_iter().chain(key.sk).collect();
        let vector_indexes = declared
            .vector_indexes
            .iter()
            .filter_map(|index| VectorIndex::resolve(index, &attributes, &table_key))
            .filter(|vector| {
                indexes
                    .iter()
                    .all(|index| index.pascal() != vector.index.pascal())
            })
            .collect();
        let record = declared.record;
        Some(Self {
            flattened: Flattened::resolve(&record),
            runtime: runtime(record.krate.as_ref()),
            vis: record.vis,
            name: declared.name.map(|name| name.value()).unwrap_or_default(),
            attributes,
            key,
            ttl,
            lifecycle,
            indexes,
            vector_indexes: index::distinct(vector_indexes, |vector| &vector.index),
            derives: declared.derives,
            rename_all: record.serde.rename_all.map(|(_, word)| word),
            entity,
            ident: record.ident,
        })
    }

    /// Returns the flattened field whose accessors are the table's own too: the only flattened field that is no map.
    pub(crate) fn transparent(&self) -> Option<&Flattened> {
        let mut structs = self.flattened.iter().filter(|field| !field.is_map);
        structs.next().filter(|_| structs.next().is_none())
    }

    /// Returns the struct's name without `r#`.
    pub(crate) fn struct_name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// Returns the name of a type that is generated next to the struct: `OrdersKey`.
    pub(crate) fn sibling(&self, suffix: &str) -> Ident {
        format_ident!("{}{suffix}", self.ident.unraw(), span = self.ident.span())
    }

    /// Returns the hidden module with the markers and traits.
    pub(crate) fn module(&self) -> Ident {
        format_ident!("__{}", snake(&self.struct_name()))
    }

    /// Returns the hidden trait of all that names an item: a tuple, a key, an item.
    pub(crate) fn key_trait(&self) -> Ident {
        format_ident!("Into{}Key", self.ident.unraw())
    }

    /// Returns the type of the items that an index holds, if it does not hold whole ones.
    pub(crate) fn item(&self, index: &Index) -> Option<Ident> {
        (!index.projects_everything()).then(|| self.sibling(&index.pascal()))
    }

    /// Returns the positions of the key's attributes.
    pub(crate) fn key_positions(&self) -> impl Iterator<Item = usize> {
        let positions = match &self.entity {
            Some(entity) => entity.key().to_vec(),
            None => [self.key.pk].into_iter().chain(self.key.sk).collect(),
        };
        positions.into_iter()
    }

    pub(crate) fn is_key(&self, attribute: usize) -> bool {
        self.key_positions().any(|key| key == attribute)
    }

    /// Returns whether the attribute is a key of the table or of an index.
    pub(crate) fn is_key_of_any(&self, attribute: usize) -> bool {
        self.is_key(attribute) || self.indexes.iter().any(|index| index.is_key(attribute))
    }

    /// Returns whether the index holds the attribute.
    pub(crate) fn holds(&self, index: &Index, attribute: usize) -> bool {
        let named = match &index.projected {
            super::Projected::All => return true,
            super::Projected::KeysOnly => false,
            super::Projected::Include(named) => named.contains(&attribute),
        };
        // A text that is made of attributes does not hold them.
        named || self.is_own_key(attribute) || self.is_own_key_of(index, attribute)
    }

    /// Returns whether the attribute is itself a key of the table, and not only a member of its text.
    pub(crate) fn is_own_key(&self, attribute: usize) -> bool {
        match &self.entity {
            Some(entity) => entity.own_keys().contains(&attribute),
            None => self.is_key(attribute),
        }
    }

    /// Returns whether the attribute is itself a key of the table or of an index.
    pub(crate) fn is_own_key_of_any(&self, attribute: usize) -> bool {
        let mut indexes = self.indexes.iter();
        self.is_own_key(attribute) || indexes.any(|index| self.is_own_key_of(index, attribute))
    }

    /// Returns whether any attribute is itself a key, and not only a member of a text.
    pub(crate) fn has_own_keys(&self) -> bool {
        (0..self.attributes.len()).any(|attribute| self.is_own_key_of_any(attribute))
    }

    /// Returns whether the attribute is itself a key of the index, and not only a member of its text.
    pub(crate) fn is_own_key_of(&self, index: &Index, attribute: usize) -> bool {
        let Some(entity) = &self.entity else {
            return index.is_key(attribute);
        };
        let places = self.indexes.iter().zip(&entity.places);
        let mut places = places.filter(|(found, _)| found.accessor == index.accessor);
        places.any(|(_, place)| place.own_keys().contains(&attribute))
    }
}
