//! `FromRecord`: what a record of a stream is read as.

use super::record::Record;
use crate::error::Error;

/// What a record of a stream is read as: a [`Change`](crate::Change), a [`Latest`](crate::Latest), a
/// [`KeyChange`](crate::KeyChange), or what `#[derive(DynamoEntities)]` makes for a set, such as `AccountChange`.
#[diagnostic::on_unimplemented(
    message = "a record of a stream is not read as `{Self}`",
    label = "not read from a record",
    note = "read `dkmio::Change<Orders>`, `dkmio::Latest<Orders>` or `dkmio::KeyChange<Orders>`, or the change of a set, such as `AccountChange`"
)]
pub trait FromRecord: Sized {
    /// Reads a record; `None` for an item of another kind.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the record does not read so, [`Error::Configuration`] if the stream does not have what it needs.
    fn from_record(record: &Record) -> Result<Option<Self>, Error>;
}
