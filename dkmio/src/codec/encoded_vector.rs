//! Vectors that are encoded once, into the bytes that are sent.

use super::error::CodecError;
use super::wire::{self, Reader};
use crate::error::Error;
use crate::value::{AttributeValue, EncodedVector};
use std::collections::BTreeMap;

/// What is around the numbers of a vector that is the value of an attribute, which errors name.
const BEFORE: &[u8] = b"{\"search_vector\":{\"L\":";
const AFTER: &[u8] = b"}}";

impl EncodedVector {
    /// Encodes the numbers; fails for NaN and infinity.
    pub(crate) fn of(floats: &[f32]) -> Result<Self, CodecError> {
        let mut json = Vec::with_capacity(floats.len() * 20 + 16);
        let item = BTreeMap::from([("search_vector", floats)]);
        wire::encode_item(&item, &mut json)?;
        let numbers = json.strip_prefix(BEFORE);
        numbers
            .and_then(|json| json.strip_suffix(AFTER))
            .map(Self::new)
            .ok_or_else(|| CodecError::new("the vector was not written as a list"))
    }

    /// Returns the numbers as the SDK's values, with an error for the user.
    pub(crate) fn sdk_numbers(&self) -> Result<Vec<AttributeValue>, Error> {
        let json = [BEFORE, self.json(), AFTER].concat();
        let read =
            || -> Result<_, CodecError> { Ok(wire::read_item(&mut Reader::of_item(&json)?)?) };
        let item = read().map_err(|e| e.into_encode(None))?;
        Ok(match item.into_values().next() {
            Some(AttributeValue::L(numbers)) => numbers,
            _ => Vec::new(),
        })
    }
}
