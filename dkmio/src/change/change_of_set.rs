//! `ChangeOfSet`: a change of one of a set's entities, which the derive's `AccountChange` reads.

use super::change::Change;
use super::images::Images;
use super::record::Record;
use super::streamed::{Kind, Streamed, table_of};
use crate::codec::CodecError;
use crate::error::Error;
use crate::schema::Table;
use crate::value::Item;

/// A change of an item of a set, which is about to be read.
#[doc(hidden)]
pub struct ChangeOfSet<'r> {
    record: &'r Record,
    table: &'static str,
    images: Images<'r>,
    kind: Kind,
}

impl<'r> ChangeOfSet<'r> {
    /// Tells of which entity of `S` the item is; `None` for an item of another kind.
    pub fn read<S: Streamed>(record: &'r Record) -> Result<Option<Self>, Error> {
        let table = table_of::<S>();
        let images = Images::of(record, table)?;
        let kind = images.kind::<S>().map_err(|e| record.error(table, e))?;
        Ok(kind.map(|kind| Self {
            record,
            table,
            images,
            kind,
        }))
    }

    /// Returns the position of the entity.
    pub fn entity(&self) -> Option<usize> {
        self.kind.entity()
    }

    /// Reads it as the change of an entity.
    pub fn of<E: Table>(self) -> Result<Change<E>, Error> {
        self.change(|images, expired| Change::read(images, expired, |image| image.model()))
    }

    /// Reads it as the change of an item of another kind.
    pub fn of_other(self) -> Result<Change<Item>, Error> {
        self.change(|images, expired| Change::read(images, expired, |image| image.item()))
    }

    fn change<T>(
        self,
        read: impl FnOnce(Images<'_>, bool) -> Result<Change<T>, CodecError>,
    ) -> Result<Change<T>, Error> {
        let change = read(self.images, self.record.is_expired());
        change.map_err(|e| self.record.error(self.table, e))
    }
}
