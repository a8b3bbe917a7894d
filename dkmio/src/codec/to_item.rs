//! The public functions that encode Rust values as items.

use super::error::CodecError;
use super::sdk_values::{encode, encode_item};
use super::wire;
use crate::error::Error;
use crate::value::{AttributeValue, Item};
use serde::Serialize;

/// Returns the item that a struct or map is written as.
///
/// The type need not be one that serde reads. So what is written is not read back, as a put does with what serde may not read:
/// `u128` in a flattened struct, and its like. The guide's page on [values](crate::guide::values) lists it.
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

/// Returns the item that a struct or map is written as, in DynamoDB JSON: what DynamoDB's API, streams and the AWS CLI
/// take and give.
///
/// It is the item of [`to_item`]. [`from_json`](crate::codec::from_json) reads it back, if serde does: see [`to_item`].
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
