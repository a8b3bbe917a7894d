//! The keys of tables and indexes as constants.

use crate::value::{Item, KeyKind};

/// The key attributes of a table or index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeySchema {
    partition: &'static [KeyElement],
    sort: &'static [KeyElement],
}

impl KeySchema {
    #[doc(hidden)]
    pub const fn new(partition: &'static [KeyElement], sort: &'static [KeyElement]) -> Self {
        Self { partition, sort }
    }

    /// Returns the attributes of the partition key: one, or up to four for a global index.
    pub const fn partition(&self) -> &'static [KeyElement] {
        self.partition
    }

    /// Returns the attributes of the sort key: none, one, or up to four for a global index.
    pub const fn sort(&self) -> &'static [KeyElement] {
        self.sort
    }

    /// Iterates over all key attributes, the partition key's first.
    pub fn iter(&self) -> impl Iterator<Item = &'static KeyElement> + use<> {
        self.partition.iter().chain(self.sort)
    }

    /// Returns the attributes of the key that an item has.
    pub(crate) fn of(&self, item: &Item) -> Item {
        self.iter()
            .filter_map(|k| Some((k.name.to_owned(), item.get(k.name)?.clone())))
            .collect()
    }

    /// Returns the number of key attributes.
    pub(crate) const fn count(&self) -> usize {
        self.partition.len() + self.sort.len()
    }

    /// Returns whether the attribute is one of the key's.
    pub fn contains(&self, attribute: &str) -> bool {
        self.iter().any(|element| element.name == attribute)
    }
}

/// One attribute of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyElement {
    name: &'static str,
    kind: KeyKind,
}

impl KeyElement {
    #[doc(hidden)]
    pub const fn new(name: &'static str, kind: KeyKind) -> Self {
        Self { name, kind }
    }

    /// Returns the attribute's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns what DynamoDB stores in it.
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }
}
