//! The kind and the key of a record's item, whichever images the record has.

use super::image::Image;
use super::images::kind_of_both;
use super::record::Record;
use super::streamed::{Kind, ReadStreamed, Streamed, kind_of, kind_of_key};
use crate::codec::CodecError;
use crate::schema::KeyOfSet;

/// Tells of which kind of `T` the item is; `None` if it is of none.
pub(super) fn kind_of_record<T: Streamed>(record: &Record) -> Result<Option<Kind>, CodecError> {
    match (&record.old, &record.new) {
        (Some(old), Some(new)) => kind_of_both::<T>(old, new),
        (Some(image), None) | (None, Some(image)) => kind_of::<T>(image),
        (None, None) => kind_of_key::<T>(record.keys()?),
    }
}

/// Reads the item's key.
pub(super) fn read_key<T: Streamed>(record: &Record, kind: Kind) -> Result<T::Key, CodecError> {
    let image = record.new.as_ref().or(record.old.as_ref());
    T::Reading::read_key(
        kind,
        KeyOfSet {
            key: &record.keys()?.item()?,
            whole: &|| image.map(Image::item).transpose(),
        },
    )
}
