//! `Change`: what happened to an item, with the item before and after.

use super::from_record::FromRecord;
use super::image::Image;
use super::images::Images;
use super::record::Record;
use super::streamed::{ReadStreamed, Streamed, table_of};
use crate::codec::CodecError;
use crate::error::Error;

/// What happened to an item of `T`, a model, an entity or a set of entities, with the item before and after.
///
/// It needs a stream with both images, `NEW_AND_OLD_IMAGES`; of others there are [`Latest`](crate::Latest) and
/// [`KeyChange`](crate::KeyChange).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<T> {
    /// The item was put where there was none.
    Insert {
        /// The item.
        new: T,
    },
    /// The item was replaced or updated.
    Modify {
        /// The item before.
        old: T,
        /// The item after.
        new: T,
    },
    /// The item was deleted.
    Remove {
        /// The item as it was.
        old: T,
        /// `true` if DynamoDB deleted it because its time to live was over.
        expired: bool,
    },
}

impl<T> Change<T> {
    /// Reads a record of the table's stream; `None` for an item of another kind, and for items of dkmio's own.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if an image does not read as `T`, or if the two images are of two kinds; [`Error::Configuration`] if
    /// the stream does not have both images.
    pub fn of(record: &Record) -> Result<Option<Self>, Error>
    where
        T: Streamed,
    {
        let table = table_of::<T>();
        let images = Images::of(record, table)?;
        let change = images.kind::<T>().and_then(|kind| {
            let Some(kind) = kind else { return Ok(None) };
            let read = |image: &Image| T::Reading::read(image, kind);
            Self::read(images, record.is_expired(), read).map(Some)
        });
        change.map_err(|error| record.error(table, error))
    }

    /// Returns the item after the change; `None` if it was deleted.
    pub fn after(&self) -> Option<&T> {
        match self {
            Self::Insert { new } | Self::Modify { new, .. } => Some(new),
            Self::Remove { .. } => None,
        }
    }

    /// Returns the item before the change; `None` if there was none.
    pub fn before(&self) -> Option<&T> {
        match self {
            Self::Insert { .. } => None,
            Self::Modify { old, .. } | Self::Remove { old, .. } => Some(old),
        }
    }

    /// Reads each image by itself.
    pub(super) fn read(
        images: Images<'_>,
        expired: bool,
        read: impl Fn(&Image) -> Result<T, CodecError>,
    ) -> Result<Self, CodecError> {
        Ok(match images {
            Images::Insert { new } => Self::Insert { new: read(new)? },
            Images::Modify { old, new } => Self::Modify {
                old: read(old)?,
                new: read(new)?,
            },
            Images::Remove { old } => Self::Remove {
                old: read(old)?,
                expired,
            },
        })
    }
}

impl<T: Streamed> FromRecord for Change<T> {
    fn from_record(record: &Record) -> Result<Option<Self>, Error> {
        Self::of(record)
    }
}
