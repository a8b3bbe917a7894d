//! Records in JSON, as Lambda, EventBridge Pipes and Kinesis hand them on.

use super::event::{EventName, StreamViewType, UserIdentity};
use super::image::Image;
use super::record::Record;
use super::records::Records;
use crate::codec::wire::Reader;
use crate::codec::{CodecError, PathStep};
use crate::error::Error;
use bytes::Bytes;
use std::time::{Duration, SystemTime};

impl Records {
    /// Reads the JSON that Lambda hands to a function, or a list of records, which EventBridge Pipes hand on.
    ///
    /// Images stay in their bytes, and are read straight into the type when a record is.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the bytes are no records of a stream. An image that cannot be read is the error of its record, once
    /// that is read.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::{Change, DynamoTable, Records};
    ///
    /// #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// #[dkmio(table = "users")]
    /// struct Users { #[pk] id: String, name: String }
    ///
    /// let event = br#"{"Records": [{
    ///     "eventName": "INSERT",
    ///     "dynamodb": {
    ///         "SequenceNumber": "4421584500000000017450439091",
    ///         "StreamViewType": "NEW_AND_OLD_IMAGES",
    ///         "Keys": {"id": {"S": "usr_1"}},
    ///         "NewImage": {"id": {"S": "usr_1"}, "name": {"S": "Ada"}}
    ///     }
    /// }]}"#;
    /// for record in Records::from_json(event)? {
    ///     let change = Change::<Users>::of(&record)?;
    ///     let new = Users { id: "usr_1".to_owned(), name: "Ada".to_owned() };
    ///     assert_eq!(change, Some(Change::Insert { new }));
    /// }
    /// # Ok::<(), dkmio::Error>(())
    /// ```
    pub fn from_json(json: impl AsRef<[u8]>) -> Result<Self, Error> {
        let json = Bytes::copy_from_slice(json.as_ref());
        read(&json, |json| json.records()).map(Self::from)
    }
}

impl Record {
    /// Reads the JSON of one record, as it is in a record of Kinesis Data Streams.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the bytes are no record of a stream.
    pub fn from_json(json: impl AsRef<[u8]>) -> Result<Self, Error> {
        let json = Bytes::copy_from_slice(json.as_ref());
        read(&json, |json| json.record())
    }
}

/// Reads the whole of the bytes with `read`.
fn read<T>(
    json: &Bytes,
    read: impl FnOnce(&mut Json<'_>) -> Result<T, CodecError>,
) -> Result<T, Error> {
    let read = || -> Result<T, CodecError> {
        let mut json = Json {
            bytes: json,
            reader: Reader::new(json)?,
        };
        let value = read(&mut json)?;
        json.reader.end()?;
        Ok(value)
    };
    read().map_err(|e| e.into_decode(None, None))
}

/// A reader of records.
struct Json<'a> {
    bytes: &'a Bytes,
    reader: Reader<'a>,
}

impl Json<'_> {
    /// Reads an object with `Records`, or a list of records.
    fn records(&mut self) -> Result<Vec<Record>, CodecError> {
        if self.reader.peek() == Some(b'[') {
            return self.list();
        }
        let mut records = None;
        self.members(|json, name| {
            if name != "Records" {
                return json.skip();
            }
            let list = json.list();
            records = Some(list.map_err(|e| e.within_name("Records"))?);
            Ok(())
        })?;
        records.ok_or_else(|| CodecError::new("the JSON has no `Records`"))
    }

    fn list(&mut self) -> Result<Vec<Record>, CodecError> {
        let mut records = Vec::new();
        let mut elements = self.reader.array()?;
        while self.reader.next_element(&mut elements)? {
            let record = self.record();
            records.push(record.map_err(|e| e.within(PathStep::Index(records.len())))?);
        }
        Ok(records)
    }

    fn record(&mut self) -> Result<Record, CodecError> {
        let mut record = Record::default();
        let mut is_of_stream = false;
        self.members(|json, name| {
            match name {
                "eventName" => {
                    let event = json.text()?;
                    record.event = event.as_deref().and_then(EventName::of_name);
                }
                "eventSourceARN" => record.source_arn = json.text()?,
                "tableName" => record.table_name = json.text()?,
                "userIdentity" => record.user_identity = json.identity()?,
                "dynamodb" => {
                    is_of_stream = true;
                    json.change(&mut record).map_err(|e| e.within_name(name))?;
                }
                _ => json.skip()?,
            }
            Ok(())
        })?;
        match is_of_stream {
            true => Ok(record),
            false => Err(CodecError::new(
                "the record has no `dynamodb`, and is of no stream of DynamoDB",
            )),
        }
    }

    fn change(&mut self, record: &mut Record) -> Result<(), CodecError> {
        let mut created_at = None;
        let mut units_in_second = 1.0;
        self.members(|json, name| {
            match name {
                "Keys" => record.keys = json.image()?,
                "OldImage" => record.old = json.image()?,
                "NewImage" => record.new = json.image()?,
                "SequenceNumber" => record.sequence_number = json.text()?,
                "StreamViewType" => {
                    let view = json.text()?;
                    record.view_type = view.as_deref().and_then(StreamViewType::of_name);
                }
                "ApproximateCreationDateTime" => created_at = json.number()?,
                "ApproximateCreationDateTimePrecision" => {
                    units_in_second = match json.text()?.as_deref() {
                        Some("MILLISECOND") => 1e3,
                        Some("MICROSECOND") => 1e6,
                        _ => 1.0,
                    }
                }
                _ => json.skip()?,
            }
            Ok(())
        })?;
        record.created_at = created_at.and_then(|time| {
            let time = Duration::try_from_secs_f64(time / units_in_second).ok()?;
            SystemTime::UNIX_EPOCH.checked_add(time)
        });
        Ok(())
    }

    fn identity(&mut self) -> Result<Option<UserIdentity>, CodecError> {
        if self.null()? {
            return Ok(None);
        }
        let mut identity = UserIdentity::default();
        self.members(|json, name| {
            match name {
                "type" => identity.kind = json.text()?.unwrap_or_default(),
                "principalId" => identity.principal_id = json.text()?.unwrap_or_default(),
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(Some(identity))
    }

    /// Takes an item without looking at it; `None` if it is null or has no attributes.
    fn image(&mut self) -> Result<Option<Image>, CodecError> {
        if self.null()? {
            return Ok(None);
        }
        // Also goes past white space.
        let is_object = self.reader.peek() == Some(b'{');
        let start = self.reader.position();
        self.skip()?;
        let json = self.bytes.slice(start..self.reader.position());
        let inner = json.strip_prefix(b"{").unwrap_or(&json);
        let is_empty = is_object && inner.trim_ascii() == b"}";
        Ok((!is_empty).then_some(Image::Json(json)))
    }

    /// Calls `each` with the name of each member of an object, at its value, which `each` has to go past.
    fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, &str) -> Result<(), CodecError>,
    ) -> Result<(), CodecError> {
        let mut members = self.reader.object()?;
        while let Some(name) = self.reader.next_member(&mut members)? {
            each(self, &name)?;
        }
        Ok(())
    }

    fn text(&mut self) -> Result<Option<String>, CodecError> {
        if self.null()? {
            return Ok(None);
        }
        let text = self.reader.string()?;
        Ok(Some(text.into_owned()))
    }

    fn number(&mut self) -> Result<Option<f64>, CodecError> {
        if self.null()? {
            return Ok(None);
        }
        let start = self.reader.position();
        self.skip()?;
        let text = self.reader.slice(start, self.reader.position());
        Ok(text?.trim().parse().ok())
    }

    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(self.reader.null()?)
    }

    fn skip(&mut self) -> Result<(), CodecError> {
        Ok(self.reader.skip_value()?)
    }
}
