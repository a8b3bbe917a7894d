//! `Record`: one change of one item, as a stream of DynamoDB has it.

use super::event::{EventName, StreamViewType, UserIdentity};
use super::image::Image;
use crate::codec::CodecError;
use crate::error::Error;
use crate::value::Item;
use std::fmt;
use std::time::SystemTime;

/// One change of one item: a record of DynamoDB Streams.
///
/// It is made of what a program gets: of the records of `aws-sdk-dynamodbstreams` (feature `streams`), of those of
/// `aws_lambda_events` (feature `lambda`), or of the JSON that Lambda hands to a function, by
/// [`Records::from_json`](crate::Records::from_json). [`Change::of`](crate::Change::of) and its like read it.
///
/// Its `Debug` shows no values.
#[derive(Clone, Default)]
pub struct Record {
    pub(super) event: Option<EventName>,
    pub(super) sequence_number: Option<String>,
    pub(super) view_type: Option<StreamViewType>,
    pub(super) created_at: Option<SystemTime>,
    pub(super) user_identity: Option<UserIdentity>,
    pub(super) source_arn: Option<String>,
    pub(super) table_name: Option<String>,
    pub(super) keys: Option<Image>,
    pub(super) old: Option<Image>,
    pub(super) new: Option<Image>,
}

impl Record {
    /// Returns what happened; `None` for an event that this version does not know.
    pub fn event(&self) -> Option<EventName> {
        self.event
    }

    /// Returns the record's place in its shard: a number of up to 40 digits, which rises from change to change of an item.
    pub fn sequence_number(&self) -> Option<&str> {
        self.sequence_number.as_deref()
    }

    /// Returns what the stream holds of an item.
    pub fn view_type(&self) -> Option<StreamViewType> {
        self.view_type
    }

    /// Returns about when the item was changed, to the second.
    pub fn created_at(&self) -> Option<SystemTime> {
        self.created_at
    }

    /// Returns who changed the item, if it was a service of AWS.
    pub fn user_identity(&self) -> Option<&UserIdentity> {
        self.user_identity.as_ref()
    }

    /// Returns whether DynamoDB deleted the item because its time to live was over.
    pub fn is_expired(&self) -> bool {
        let identity = self.user_identity.as_ref();
        self.event == Some(EventName::Remove) && identity.is_some_and(UserIdentity::is_time_to_live)
    }

    /// Returns the ARN of the stream; `None` if the record does not say it, as those of `aws-sdk-dynamodbstreams`.
    pub fn source_arn(&self) -> Option<&str> {
        self.source_arn.as_deref()
    }

    /// Returns the name of the table, as DynamoDB has it; `None` if the record says neither the name nor the stream's ARN.
    ///
    /// A function that several tables' streams call tells by it which model to read.
    pub fn table_name(&self) -> Option<&str> {
        let of_arn = || {
            let (_, table) = self.source_arn.as_deref()?.split_once(":table/")?;
            table.split('/').next()
        };
        self.table_name.as_deref().or_else(of_arn)
    }

    /// Returns the item's key as it is.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the record has none that can be read.
    pub fn raw_keys(&self) -> Result<Item, Error> {
        self.read_keys().map_err(|e| e.into_decode(None, None))
    }

    /// Returns the item before the change as it is; `None` if the record does not have it.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it cannot be read.
    pub fn raw_old(&self) -> Result<Option<Item>, Error> {
        raw(self.old.as_ref())
    }

    /// Returns the item after the change as it is; `None` if the record does not have it.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it cannot be read.
    pub fn raw_new(&self) -> Result<Option<Item>, Error> {
        raw(self.new.as_ref())
    }

    pub(super) fn keys(&self) -> Result<&Image, CodecError> {
        let keys = self.keys.as_ref();
        keys.ok_or_else(|| CodecError::new("the record has no key"))
    }

    fn read_keys(&self) -> Result<Item, CodecError> {
        self.keys()?.item()
    }

    /// Returns what happened, or the error of a record that does not say it.
    pub(super) fn known_event(&self) -> Result<EventName, CodecError> {
        self.event.ok_or_else(|| {
            CodecError::new("the record's event is none of `INSERT`, `MODIFY` and `REMOVE`")
        })
    }

    /// Returns the error of this record in a stream of the table.
    pub(super) fn error(&self, table: &str, error: CodecError) -> Error {
        error.into_decode(Some(table), self.read_keys().ok())
    }
}

fn raw(image: Option<&Image>) -> Result<Option<Item>, Error> {
    let item = image.map(Image::item).transpose();
    item.map_err(|e| e.into_decode(None, None))
}

/// Shows no values, because values do not belong in logs.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("event", &self.event)
            .field("sequence_number", &self.sequence_number)
            .field("view_type", &self.view_type)
            .field("created_at", &self.created_at)
            .field("user_identity", &self.user_identity)
            .finish_non_exhaustive()
    }
}
