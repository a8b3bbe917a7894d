//! `CursorOwner`: the query or scan that a cursor belongs to. It makes the cursors of its pages, and checks those it is given.

use super::token::{write_bytes, write_value};
use super::{Cursor, OwnedPosition, Position, invalid};
use crate::error::Error;
use crate::schema::{KeyElement, KeySchema, Source, Table, check_keys, fnv1a};
use crate::value::{AttributeValue, Item, KeyKind, check_number, compare_scalars};
use std::cmp::Ordering;

/// The query or scan that a cursor belongs to.
#[derive(Clone)]
pub(crate) struct CursorOwner {
    hash: u64,
    /// The key attributes of the table and the index.
    keys: Vec<&'static KeyElement>,
    table_keys: &'static KeySchema,
    source_keys: &'static KeySchema,
    /// `true` for a query, which can read in both directions; `false` for a scan.
    has_way_back: bool,
}

/// Where a read starts, and in which direction. `CursorOwner` makes it; `Walk` takes it.
#[derive(Clone, Default)]
pub(crate) struct Start {
    /// `true` reads against the order of the query.
    pub(crate) back: bool,
    /// The keys of the item after which the read starts; `None` starts at the first item.
    pub(crate) key: Option<Item>,
}

impl CursorOwner {
    /// Makes the owner of a source, and for a query of the values of its partition key.
    pub(crate) fn new<S: Source>(partition: Option<&[AttributeValue]>) -> Self {
        let mut bytes = Vec::with_capacity(64);
        write_bytes(&mut bytes, S::Table::SCHEMA.name().as_bytes());
        write_bytes(&mut bytes, S::INDEX.map_or("", |i| i.name()).as_bytes());
        bytes.push(u8::from(partition.is_some()));
        for value in partition.unwrap_or_default() {
            write_value(&mut bytes, value);
        }
        let mut keys: Vec<&KeyElement> = Vec::new();
        for element in S::Table::KEYS.iter().chain(S::KEYS.iter()) {
            if !keys.iter().any(|k| k.name() == element.name()) {
                keys.push(element);
            }
        }
        keys.sort_by_key(|k| k.name());
        Self {
            hash: fnv1a(&bytes),
            keys,
            table_keys: S::Table::KEYS,
            source_keys: S::KEYS,
            has_way_back: partition.is_some(),
        }
    }

    /// Returns the names of the key attributes of the table and the index, each once.
    pub(crate) fn key_names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.keys.iter().map(|k| k.name())
    }

    /// `true` if its pages have a cursor of the page before.
    pub(crate) fn has_way_back(&self) -> bool {
        self.has_way_back
    }

    /// Makes the cursor that reads on after the key, against the order of the query if `back`. Without a key it reads from the
    /// first item in that direction.
    pub(crate) fn cursor(&self, back: bool, key: Option<Item>) -> Cursor {
        Cursor(Position::Of(OwnedPosition {
            owner: self.hash,
            back,
            key,
        }))
    }

    /// Returns the keys of an item; `None` if it lacks one of them.
    pub(crate) fn keys_of(&self, item: &Item) -> Option<Item> {
        self.key_names()
            .map(|name| Some((name.to_owned(), item.get(name)?.clone())))
            .collect()
    }

    /// Returns where a read starts that is given this cursor.
    ///
    /// Checks that the cursor belongs to this owner and that DynamoDB takes its key, because a token that is not signed can be
    /// forged.
    pub(crate) fn start(
        &self,
        cursor: Option<&Cursor>,
        partition: &[AttributeValue],
    ) -> Result<Start, Error> {
        let Some(Cursor(Position::Of(position))) = cursor else {
            return Ok(Start::default());
        };
        if position.owner != self.hash {
            return Err(invalid(
                "the cursor belongs to another table, index or partition; start again without one",
            ));
        }
        if position.back && !self.has_way_back {
            return Err(invalid(
                "the cursor goes back, and a scan reads one way only; start again without one",
            ));
        }
        if let Some(key) = &position.key {
            self.check(key)?;
            self.check_values(key, partition)?;
        }
        Ok(Start {
            back: position.back,
            key: position.key.clone(),
        })
    }

    /// Checks that a key is one of the table and the index: their attributes, each of its type.
    pub(crate) fn check(&self, key: &Item) -> Result<(), Error> {
        let fits = key.len() == self.keys.len()
            && self.keys.iter().all(|element| {
                matches!(
                    (element.kind(), key.get(element.name())),
                    (KeyKind::S, Some(AttributeValue::S(_)))
                        | (KeyKind::N, Some(AttributeValue::N(_)))
                        | (KeyKind::B, Some(AttributeValue::B(_)))
                )
            });
        if !fits {
            return Err(invalid(
                "the cursor does not have the keys of this table or index, which may have changed; start again without one",
            ));
        }
        Ok(())
    }

    /// Checks the values of a key that came from outside: the values of the partition key, the lengths, and the numbers.
    fn check_values(&self, key: &Item, partition: &[AttributeValue]) -> Result<(), Error> {
        let elements = self.source_keys.partition().iter().zip(partition);
        for (element, value) in elements {
            let own = key.get(element.name());
            if own.and_then(|own| compare_scalars(own, value)) != Some(Ordering::Equal) {
                return Err(invalid(
                    "the cursor's key is of another partition; start again without one",
                ));
            }
        }
        let has_valid_numbers = key.values().all(|value| match value {
            AttributeValue::N(text) => check_number(text).is_ok(),
            _ => true,
        });
        let has_valid_lengths = [self.table_keys, self.source_keys]
            .iter()
            .all(|keys| check_keys(keys, key, true).is_ok());
        if !(has_valid_numbers && has_valid_lengths) {
            return Err(invalid(
                "the cursor's key is empty, too long or not a number, and DynamoDB takes no such key; start again without one",
            ));
        }
        Ok(())
    }
}
