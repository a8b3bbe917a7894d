//! `Latest`: the item as it is after a change.

use super::event::{EventName, StreamViewType};
use super::from_record::FromRecord;
use super::key_of_record::{kind_of_record, read_key};
use super::record::Record;
use super::streamed::{ReadStreamed, Streamed, table_of};
use super::view_type::Needs;
use crate::codec::CodecError;
use crate::error::Error;
use std::fmt;

/// An item of `T`, a model, an entity or a set of entities, as it is after a change.
///
/// It is what a copy of the table needs, such as a search index. The stream must have the new image: its view type is
/// `NEW_IMAGE` or `NEW_AND_OLD_IMAGES`.
///
/// With `NEW_IMAGE` nothing is left of an item that is gone but its key, which then tells its kind: another kind whose keys fit
/// the templates of `T` is taken for `T`.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoTable, Error, Latest, Records};
/// use std::collections::HashMap;
///
/// #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "users")]
/// struct Users { #[pk] id: String, name: String }
///
/// /// Keeps a copy of the table.
/// fn follow(names: &mut HashMap<String, String>, event: &[u8]) -> Result<(), Error> {
///     for record in Records::from_json(event)? {
///         match Latest::<Users>::of(&record)? {
///             Some(Latest::Present(user)) => names.insert(user.id, user.name),
///             Some(Latest::Gone(key)) => names.remove(&key.id),
///             None => None,
///         };
///     }
///     Ok(())
/// }
///
/// let mut names = HashMap::from([("usr_1".to_owned(), "Ada".to_owned())]);
/// follow(&mut names, br#"{"Records": [{"eventName": "REMOVE", "dynamodb": {
///     "StreamViewType": "NEW_IMAGE", "SequenceNumber": "700", "Keys": {"id": {"S": "usr_1"}}
/// }}]}"#)?;
/// assert!(names.is_empty());
/// # Ok::<(), Error>(())
/// ```
pub enum Latest<T: Streamed> {
    /// The item was put or updated, and is this one.
    Present(T),
    /// The item was deleted. This was its key.
    Gone(T::Key),
}

impl<T: Streamed> Latest<T> {
    /// Reads a record of the table's stream; `None` for an item of another kind, and for items of dkmio's own.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the item or its key does not read, or if two images are of two kinds; [`Error::Configuration`] if
    /// the stream does not have the new image.
    pub fn of(record: &Record) -> Result<Option<Self>, Error> {
        let table = table_of::<T>();
        let failed = |error| record.error(table, error);
        let event = record.known_event().map_err(failed)?;
        let has_new = match (record.view_type, event) {
            (Some(StreamViewType::KeysOnly | StreamViewType::OldImage), _) => false,
            (_, EventName::Remove) => true,
            (_, EventName::Insert | EventName::Modify) => record.new.is_some(),
        };
        match has_new {
            true => Self::read(record, event).map_err(failed),
            false => Err(Needs::NewImage.error(record, table)),
        }
    }

    fn read(record: &Record, event: EventName) -> Result<Option<Self>, CodecError> {
        let Some(kind) = kind_of_record::<T>(record)? else {
            return Ok(None);
        };
        Ok(Some(match &record.new {
            Some(new) if event != EventName::Remove => Self::Present(T::Reading::read(new, kind)?),
            _ => Self::Gone(read_key::<T>(record, kind)?),
        }))
    }
}

impl<T: Streamed> FromRecord for Latest<T> {
    fn from_record(record: &Record) -> Result<Option<Self>, Error> {
        Self::of(record)
    }
}

impl<T: Streamed + Clone> Clone for Latest<T>
where
    T::Key: Clone,
{
    fn clone(&self) -> Self {
        match self {
            Self::Present(item) => Self::Present(item.clone()),
            Self::Gone(key) => Self::Gone(key.clone()),
        }
    }
}

impl<T: Streamed + PartialEq> PartialEq for Latest<T>
where
    T::Key: PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Present(a), Self::Present(b)) => a == b,
            (Self::Gone(a), Self::Gone(b)) => a == b,
            (Self::Present(_), Self::Gone(_)) | (Self::Gone(_), Self::Present(_)) => false,
        }
    }
}

impl<T: Streamed + fmt::Debug> fmt::Debug for Latest<T>
where
    T::Key: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Present(item) => f.debug_tuple("Present").field(item).finish(),
            Self::Gone(key) => f.debug_tuple("Gone").field(key).finish(),
        }
    }
}
