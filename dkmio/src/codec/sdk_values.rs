//! Encodes Rust values as the SDK's values, and decodes them.

use super::doubts::{Doubt, DoubtAt, Doubts};
use super::error::CodecError;
use super::missing_attribute::MissingAttribute;
use super::nesting::Nesting;
use super::value_kind::ValueKind;
use super::{de, ser, text_in_bytes};
use crate::value::{AttributeValue, Item};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Encodes a value. Returns `None` for serde's `None`, which is absent in DynamoDB.
pub(crate) fn encode<T: Serialize + ?Sized>(
    value: &T,
) -> Result<Option<AttributeValue>, CodecError> {
    let encoded = value.serialize(ser::ValueSerializer::new(Nesting::VALUE));
    encoded.map_err(|e| with_path(value, Nesting::VALUE, e))
}

/// Encodes a struct or map.
pub(crate) fn encode_item<T: Serialize + ?Sized>(value: &T) -> Result<Item, CodecError> {
    let item = encode_item_at(value, Nesting::ITEM);
    item.map_err(|e| with_path(value, Nesting::ITEM, e))
}

fn encode_item_at<T: Serialize + ?Sized>(
    value: &T,
    nesting: Nesting<'_>,
) -> Result<Item, CodecError> {
    match value.serialize(ser::ValueSerializer::new(nesting))? {
        Some(AttributeValue::M(item)) => Ok(item),
        other => Err(CodecError::new(format!(
            "an item must be a struct or a map, not {}",
            ValueKind::of(&other.unwrap_or(AttributeValue::Null(true))).words()
        ))),
    }
}

/// Encodes a struct or map, and returns the doubts about it too.
pub(super) fn encode_with_doubts<T: Serialize + ?Sized>(
    value: &T,
) -> Result<(Item, Vec<DoubtAt>), CodecError> {
    let doubts = Doubts::default();
    match encode_item_at(value, Nesting::ITEM.noting(&doubts)) {
        Ok(item) => Ok((item, doubts.into_sorted())),
        Err(e) => Err(at_unwritten(e, &doubts)),
    }
}

/// Returns the error with its whole path, by encoding the value once more.
#[cold]
fn with_path<T: Serialize + ?Sized>(
    value: &T,
    nesting: Nesting<'static>,
    e: CodecError,
) -> CodecError {
    let doubts = Doubts::default();
    match value.serialize(ser::ValueSerializer::new(nesting.noting(&doubts))) {
        Err(e) => at_unwritten(e, &doubts),
        Ok(_) => e,
    }
}

/// Adds to the path of an error the entry whose value serde could not collect.
fn at_unwritten(e: CodecError, doubts: &Doubts) -> CodecError {
    match doubts.take_unwritten() {
        Some(path) if path.len() > e.steps().len() => {
            let message = match e.message() {
                "u128 is not supported" | "i128 is not supported" => Doubt::WideInteger.message(),
                other => other,
            };
            CodecError::at(&path, message)
        }
        _ => e,
    }
}

/// Decodes a value.
pub(crate) fn decode<T: DeserializeOwned>(value: AttributeValue) -> Result<T, CodecError> {
    let decode = |value| T::deserialize(de::ValueDeserializer::new(value));
    if text_in_bytes::has_text(&value) {
        let result = decode(value.clone())?;
        text_in_bytes::check::<T>(&value)?;
        return Ok(result);
    }
    decode(value)
}

/// Decodes an item.
pub(crate) fn decode_item<T: DeserializeOwned>(item: Item) -> Result<T, CodecError> {
    decode(AttributeValue::M(item))
}

/// Decodes an absent attribute: as `None`, as an empty set, or with an error.
pub(crate) fn decode_missing<T: DeserializeOwned>() -> Result<T, CodecError> {
    T::deserialize(MissingAttribute)
}
