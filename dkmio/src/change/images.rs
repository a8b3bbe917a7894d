//! `Images`: the item before and after a change, both of one kind.

use super::event::{EventName, StreamViewType};
use super::image::Image;
use super::record::Record;
use super::streamed::{Kind, Streamed, kind_of};
use super::view_type::Needs;
use crate::codec::CodecError;
use crate::error::Error;

/// The item before and after a change.
#[derive(Clone, Copy)]
pub(super) enum Images<'r> {
    Insert { new: &'r Image },
    Modify { old: &'r Image, new: &'r Image },
    Remove { old: &'r Image },
}

impl<'r> Images<'r> {
    /// Takes the images of a record in the stream of the table. Fails if the stream does not have both.
    pub(super) fn of(record: &'r Record, table: &str) -> Result<Self, Error> {
        let event = record.known_event();
        let event = event.map_err(|e| record.error(table, e))?;
        let view_type = record.view_type;
        let images = match (event, &record.old, &record.new) {
            _ if view_type.is_some_and(|view| view != StreamViewType::NewAndOldImages) => None,
            (EventName::Insert, _, Some(new)) => Some(Self::Insert { new }),
            (EventName::Modify, Some(old), Some(new)) => Some(Self::Modify { old, new }),
            (EventName::Remove, Some(old), _) => Some(Self::Remove { old }),
            (EventName::Insert | EventName::Modify | EventName::Remove, _, _) => None,
        };
        images.ok_or_else(|| Needs::BothImages.error(record, table))
    }

    /// Tells of which kind of `T` the item is; `None` if it is of none.
    pub(super) fn kind<T: Streamed>(self) -> Result<Option<Kind>, CodecError> {
        match self {
            Self::Insert { new: image } | Self::Remove { old: image } => kind_of::<T>(image),
            Self::Modify { old, new } => kind_of_both::<T>(old, new),
        }
    }
}

/// Tells of which kind of `T` an item is that a record has before and after the change.
pub(super) fn kind_of_both<T: Streamed>(
    old: &Image,
    new: &Image,
) -> Result<Option<Kind>, CodecError> {
    let kind = kind_of::<T>(old)?;
    if kind_of::<T>(new)? != kind {
        return Err(CodecError::new(
            "the item was of one kind before the change, and is of another after it",
        ));
    }
    Ok(kind)
}
