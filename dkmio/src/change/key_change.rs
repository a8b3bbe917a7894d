//! `KeyChange`: that an item was changed, and its key.

use super::event::EventName;
use super::from_record::FromRecord;
use super::key_of_record::{kind_of_record, read_key};
use super::record::Record;
use super::streamed::{Streamed, table_of};
use crate::error::Error;
use std::fmt;

/// That an item of `T`, a model, an entity or a set of entities, was changed.
///
/// It needs no image, and works with a stream of any view type. The key of an entity is read back from the text that it is made
/// of; a member of which the text has only a part, because its format is `:lower` or `:.N`, is taken from an image if there is
/// one.
///
/// With `KEYS_ONLY` the key tells the kind: another kind whose keys fit the templates of `T` is taken for `T`.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoTable, EventName, KeyChange, Record};
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "users")]
/// struct Users { #[pk] id: String, name: String }
///
/// let record = Record::from_json(br#"{"eventName": "MODIFY", "dynamodb": {
///     "StreamViewType": "KEYS_ONLY", "SequenceNumber": "700", "Keys": {"id": {"S": "usr_1"}}
/// }}"#)?;
/// if let Some(change) = KeyChange::<Users>::of(&record)? {
///     assert_eq!((change.event, change.key), (EventName::Modify, UsersKey::from("usr_1")));
/// }
/// # Ok::<(), dkmio::Error>(())
/// ```
pub struct KeyChange<T: Streamed> {
    /// What happened.
    pub event: EventName,
    /// The item's key.
    pub key: T::Key,
    /// `true` if DynamoDB deleted the item because its time to live was over.
    pub expired: bool,
}

impl<T: Streamed> KeyChange<T> {
    /// Reads a record of the table's stream; `None` for an item of another kind, and for items of dkmio's own.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the key does not read, or if two images are of two kinds.
    pub fn of(record: &Record) -> Result<Option<Self>, Error> {
        let read = || {
            let event = record.known_event()?;
            let Some(kind) = kind_of_record::<T>(record)? else {
                return Ok(None);
            };
            Ok(Some(Self {
                event,
                key: read_key::<T>(record, kind)?,
                expired: record.is_expired(),
            }))
        };
        read().map_err(|error| record.error(table_of::<T>(), error))
    }
}

impl<T: Streamed> FromRecord for KeyChange<T> {
    fn from_record(record: &Record) -> Result<Option<Self>, Error> {
        Self::of(record)
    }
}

impl<T: Streamed<Key: Clone>> Clone for KeyChange<T> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            ..*self
        }
    }
}

impl<T: Streamed<Key: PartialEq>> PartialEq for KeyChange<T> {
    fn eq(&self, other: &Self) -> bool {
        self.event == other.event && self.key == other.key && self.expired == other.expired
    }
}

impl<T: Streamed<Key: fmt::Debug>> fmt::Debug for KeyChange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyChange")
            .field("event", &self.event)
            .field("key", &self.key)
            .field("expired", &self.expired)
            .finish()
    }
}
