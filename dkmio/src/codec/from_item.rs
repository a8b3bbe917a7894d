//! The public functions that decode items into Rust values.

use super::sdk_values::{decode, decode_item};
use super::wire;
use crate::error::{ConditionFailed, Error, VersionConflict};
use crate::value::{AttributeValue, Item};
use serde::Deserialize;
use serde::de::DeserializeOwned;

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

impl VersionConflict {
    /// Returns the item as it is; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the item does not read as `T`.
    pub fn item<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        self.raw_item().cloned().map(from_item).transpose()
    }
}
