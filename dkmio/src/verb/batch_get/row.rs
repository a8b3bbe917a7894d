//! The items of a batch, decoded as they come and matched with their keys.

use super::run::Member;
use crate::codec::CodecError;
use crate::codec::wire::{self, Fault, Reader};
use crate::executor::{DynamoDb, Receive};
use crate::schema::{KeyElement, KeySchema, key_identity, key_identity_of};
use crate::value::Item;
use std::any::Any;
use std::sync::Arc;

/// Decodes an item of a member, whose type only the member knows.
pub(super) type ReadRow =
    Arc<dyn Fn(&mut Reader<'_>) -> Result<Box<dyn Any + Send>, Fault> + Send + Sync>;

/// What a [`ReadRow`] makes.
pub(super) type Decoded<O> = Result<O, CodecError>;

/// One item of a batch.
#[doc(hidden)]
pub struct Row {
    kept: Kept,
    /// What its member's [`ReadRow`] made of it.
    decoded: Option<Box<dyn Any + Send>>,
}

/// The item as it came: for keys that are asked for twice, and for errors.
#[derive(Clone)]
enum Kept {
    Json(Box<str>),
    Values(Item),
}

impl Row {
    /// Returns what the member's [`ReadRow`] made of it, or the item itself.
    pub(super) fn decoded<T: 'static>(self) -> Result<T, Item> {
        let decoded = self.decoded.and_then(|decoded| decoded.downcast().ok());
        match decoded {
            Some(decoded) => Ok(*decoded),
            None => Err(self.kept.into_item()),
        }
    }

    /// Whether it was decoded, and is no `O`.
    pub(super) fn has_failed<O: 'static>(&self) -> bool {
        let decoded = self.decoded.as_ref();
        let decoded = decoded.and_then(|decoded| decoded.downcast_ref::<Decoded<O>>());
        decoded.is_some_and(Result::is_err)
    }

    pub(super) fn into_item(self) -> Item {
        self.kept.into_item()
    }

    /// Returns the item's key.
    pub(super) fn key(&self, keys: &KeySchema) -> Item {
        keys.of(&self.kept.clone().into_item())
    }
}

/// What was decoded is decoded again: not every type can be copied.
impl Clone for Row {
    fn clone(&self) -> Self {
        Self {
            kept: self.kept.clone(),
            decoded: None,
        }
    }
}

impl Kept {
    fn into_item(self) -> Item {
        match self {
            // It was read once, and so it reads again.
            Self::Json(json) => Reader::of_item(json.as_bytes())
                .and_then(|mut reader| wire::read_item(&mut reader))
                .unwrap_or_default(),
            Self::Values(item) => item,
        }
    }
}

/// Receives the items of one request.
#[derive(Clone)]
pub(super) struct Rows {
    tables: Arc<[RowTable]>,
    /// Each with the place of its member, and the identity of its key.
    pub(super) rows: Vec<(usize, Vec<u8>, Row)>,
}

/// A table of a request, and whose it is.
struct RowTable {
    name: String,
    member: usize,
    keys: &'static KeySchema,
    read: Option<ReadRow>,
}

impl RowTable {
    /// The names of the table's key attributes: one, or two.
    fn key_names(&self) -> [&'static str; 2] {
        let name = |element: &[KeyElement]| element.first().map_or("", KeyElement::name);
        [name(self.keys.partition()), name(self.keys.sort())]
    }
}

impl Rows {
    /// Receives for these members; in a request a table belongs to one of them.
    pub(super) fn of<'a>(
        db: &DynamoDb,
        members: impl Iterator<Item = (usize, &'a Member)>,
        count: usize,
    ) -> Self {
        let table = |(place, member): (usize, &'a Member)| RowTable {
            name: db.table_name(member.table),
            member: place,
            keys: member.schema,
            read: member.read.clone(),
        };
        Self {
            tables: members.map(table).collect(),
            rows: Vec::with_capacity(count),
        }
    }

    fn table(&self, name: &str) -> Option<&RowTable> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// Returns whose the key of a table is, and its identity.
    pub(super) fn owner(&self, table: &str, key: &Item) -> Option<(usize, Vec<u8>)> {
        let table = self.table(table)?;
        Some((table.member, key_identity(table.keys, key)?))
    }
}

impl Receive for Rows {
    fn read(&mut self, table: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let Some(table) = self.table(table) else {
            // Nobody asked for it.
            return wire::skip_item(reader);
        };
        let (member, start) = (table.member, reader.position());
        let names = table.key_names();
        let (decoded, values) = wire::read_watching(reader, names, |reader| match &table.read {
            Some(read) => read(reader).map(Some),
            None => wire::skip_item(reader).map(|()| None),
        })?;
        let identity = key_identity_of(table.keys, |name| {
            let place = names.iter().position(|other| *other == name)?;
            values.get(place)?.as_ref()
        });
        let json = reader.slice(start, reader.position())?;
        if let Some(identity) = identity {
            let kept = Kept::Json(json.into());
            self.rows.push((member, identity, Row { kept, decoded }));
        }
        Ok(())
    }

    fn take(&mut self, table: &str, item: Option<Item>) {
        let Some(item) = item else { return };
        if let Some((member, identity)) = self.owner(table, &item) {
            let kept = Kept::Values(item);
            let row = Row {
                kept,
                decoded: None,
            };
            self.rows.push((member, identity, row));
        }
    }
}
