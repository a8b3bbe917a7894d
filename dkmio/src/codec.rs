//! Converts between Rust values and DynamoDB's, through serde. Everything that reads or writes an item goes through
//! here.
//!
//! The rules, beyond serde's own:
//!
//! - `None` is absent in a struct or map, and NULL in a list; absent and NULL both read as `None`.
//! - Numbers go by their text, in both directions, and only what DynamoDB keeps exactly is written.
//! - [`Set`](crate::Set) is SS, NS or BS; an empty one is absent, and absent reads as empty.
//! - Bytes (`serialize_bytes`, [`Bytes`](crate::Bytes)) are B.
//! - An enum variant without data is its name in S; one with data is a map of one entry, unless serde's
//!   attributes say otherwise.
//! - A value that cannot be written or read is an error that names the attribute's path, and never the value.
//! - If a name comes twice in a map, the last value counts.
//!
//! These rules hold for the SDK's values ([`to_item`], [`from_item`]) and for DynamoDB JSON ([`to_json`],
//! [`from_json`]), which is read and written directly, without the SDK's values.

mod check;
mod de;
mod encoded;
mod error;
mod kind;
mod levels;
mod missing;
mod name;
mod notes;
mod number;
mod reading;
mod ser;
pub(crate) mod wire;
mod wrapped;

#[doc(hidden)]
pub use self::error::CodecError;
pub(crate) use self::error::Step;
use self::kind::Kind;
pub(crate) use self::levels::check_levels;
pub(crate) use self::missing::PRESENT;
use self::notes::{Note, Notes, Place};
use crate::error::{ConditionFailed, Error};
use crate::value::{AttributeValue, Item};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Returns the item that a struct or map is written as.
///
/// # Errors
///
/// [`Error::Encode`] when the value is no struct or map, or has something in it that DynamoDB cannot store.
///
/// # Examples
///
/// ```
/// use dkmio::codec;
///
/// #[derive(serde::Serialize)]
/// struct Point { x: i32, y: Option<i32> }
///
/// let item = codec::to_item(&Point { x: 7, y: None })?;
/// assert_eq!(item["x"].as_n().map(String::as_str), Ok("7"));
/// assert!(!item.contains_key("y"));
/// # Ok::<(), dkmio::Error>(())
/// ```
pub fn to_item<T: Serialize + ?Sized>(value: &T) -> Result<Item, Error> {
    encode_item(value).map_err(|e| e.into_encode(None))
}

/// Returns the attribute value that a Rust value is written as; NULL for `None`.
///
/// # Errors
///
/// [`Error::Encode`] when DynamoDB cannot store the value.
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<AttributeValue, Error> {
    match encode(value) {
        Ok(value) => Ok(value.unwrap_or(AttributeValue::Null(true))),
        Err(e) => Err(e.into_encode(None)),
    }
}

/// Reads an item into a struct or map.
///
/// # Errors
///
/// [`Error::Decode`] when an attribute is missing or of another type.
///
/// # Examples
///
/// ```
/// use dkmio::{AttributeValue, Item, codec};
///
/// #[derive(serde::Deserialize)]
/// struct Point { x: i32, y: Option<i32> }
///
/// let item = Item::from([("x".to_owned(), AttributeValue::N("7".to_owned()))]);
/// let point: Point = codec::from_item(item)?;
/// assert_eq!((point.x, point.y), (7, None));
/// # Ok::<(), dkmio::Error>(())
/// ```
pub fn from_item<T: DeserializeOwned>(item: Item) -> Result<T, Error> {
    decode_item(item).map_err(|e| e.into_decode(None, None))
}

/// Reads one attribute value.
///
/// # Errors
///
/// [`Error::Decode`] when the value is of another type.
pub fn from_value<T: DeserializeOwned>(value: AttributeValue) -> Result<T, Error> {
    decode(value).map_err(|e| e.into_decode(None, None))
}

/// Returns the item that a struct or map is written as, in DynamoDB JSON: what DynamoDB's API, streams and the AWS CLI take
/// and give.
///
/// It is the item of [`to_item`], and [`from_json`] reads it back.
///
/// # Errors
///
/// [`Error::Encode`] when the value is no struct or map, or has something in it that DynamoDB cannot store.
///
/// # Examples
///
/// ```
/// use dkmio::codec;
///
/// #[derive(serde::Serialize)]
/// struct Point { name: String, x: i32, y: Option<i32> }
///
/// let json = codec::to_json(&Point { name: "start".to_owned(), x: 7, y: None })?;
/// assert_eq!(json, r#"{"name":{"S":"start"},"x":{"N":"7"}}"#);
/// # Ok::<(), dkmio::Error>(())
/// ```
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut json = Vec::new();
    wire::encode_item(value, &mut json).map_err(|e| e.into_encode(None))?;
    String::from_utf8(json).map_err(|e| CodecError::new(e.to_string()).into_encode(None))
}

/// Reads an item that is written in DynamoDB JSON, as in exports to S3, in streams and in the output of the AWS CLI.
///
/// It takes an item of DynamoDB's answers, and reads it as [`from_item`] does. A type that borrows does so from the
/// bytes: `&str` where a string has no escapes, `Cow<str>` with `#[serde(borrow)]` in any case.
///
/// # Errors
///
/// [`Error::Decode`] when the bytes are no item in DynamoDB JSON, or when an attribute is missing or of another type.
///
/// # Examples
///
/// ```
/// use dkmio::codec;
///
/// #[derive(serde::Deserialize)]
/// struct Point<'a> { name: &'a str, x: i32 }
///
/// let json = r#"{"name": {"S": "start"}, "x": {"N": "7"}}"#;
/// let point: Point<'_> = codec::from_json(json)?;
/// assert_eq!((point.name, point.x), ("start", 7));
/// # Ok::<(), dkmio::Error>(())
/// ```
pub fn from_json<'de, T: Deserialize<'de>>(
    json: &'de (impl AsRef<[u8]> + ?Sized),
) -> Result<T, Error> {
    wire::from_json(json.as_ref()).map_err(|e| e.into_decode(None, None))
}

impl ConditionFailed {
    /// Returns the item as it is, if the write asked for it with `return_old_on_failure()`.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the item does not read as `T`.
    pub fn item<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        self.raw_item().cloned().map(from_item).transpose()
    }
}

/// Encodes a value; returns `None` for serde's `None`, which is stored as an absent attribute.
pub(crate) fn encode<T: Serialize + ?Sized>(
    value: &T,
) -> Result<Option<AttributeValue>, CodecError> {
    value.serialize(ser::Serializer::new(Place::VALUE))
}

/// Encodes a struct or map.
pub(crate) fn encode_item<T: Serialize + ?Sized>(value: &T) -> Result<Item, CodecError> {
    encode_item_at(value, Place::ITEM)
}

fn encode_item_at<T: Serialize + ?Sized>(value: &T, place: Place<'_>) -> Result<Item, CodecError> {
    match value.serialize(ser::Serializer::new(place))? {
        Some(AttributeValue::M(item)) => Ok(item),
        other => Err(CodecError::new(format!(
            "an item must be a struct or a map, not {}",
            Kind::of(&other.unwrap_or(AttributeValue::Null(true))).words()
        ))),
    }
}

/// Encodes a struct or map, and returns the doubts about values that may not read back.
fn encode_noted<T: Serialize + ?Sized>(value: &T) -> Result<(Item, Vec<Note>), CodecError> {
    let notes = Notes::default();
    let item = encode_item_at(value, Place::noted(&notes))?;
    Ok((item, notes.into_sorted()))
}

/// Decodes a value.
pub(crate) fn decode<T: DeserializeOwned>(value: AttributeValue) -> Result<T, CodecError> {
    T::deserialize(de::Deserializer::new(value))
}

/// Decodes an item.
pub(crate) fn decode_item<T: DeserializeOwned>(item: Item) -> Result<T, CodecError> {
    decode(AttributeValue::M(item))
}

/// Decodes an attribute that is not there: `None`, an empty set, or an error.
pub(crate) fn decode_missing<T: DeserializeOwned>() -> Result<T, CodecError> {
    T::deserialize(missing::Missing)
}
