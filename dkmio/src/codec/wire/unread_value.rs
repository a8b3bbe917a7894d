//! A value that stays in the bytes of its answer, for a path into a document.

use super::decode_item::decode_value;
use super::error::WireError;
use super::fault::Fault;
use super::reader::Reader;
use super::skip::RepeatedNames;
use crate::codec::value_kind::ValueKind;
use crate::value::{AttributeValue, Scalar};
use serde::Deserialize;

/// An attribute value as JSON, which has been checked to be a value that the SDK reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnreadValue<'de> {
    json: &'de str,
    /// How many objects and arrays are around the value.
    depth: u32,
}

impl<'de> UnreadValue<'de> {
    /// Takes the next value, and leaves the reader after it.
    pub(super) fn take(reader: &mut Reader<'de>) -> Result<Self, Fault> {
        let (start, depth) = (reader.position(), reader.depth());
        reader.skip_attribute(None, RepeatedNames::Ignored)?;
        let json = reader.slice(start, reader.position())?;
        Ok(Self { json, depth })
    }

    fn reader(self) -> Reader<'de> {
        Reader::nested(self.json, self.depth)
    }

    /// Returns the value's JSON.
    #[cfg(test)]
    pub(crate) fn json(self) -> &'de str {
        self.json
    }

    /// Returns the value of this name, if this value is a map that has it.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        let mut reader = self.reader();
        if reader.open().ok()? != ValueKind::M {
            return None;
        }
        let mut found = None;
        let mut members = reader.object().ok()?;
        while let Some(member) = reader.next_member(&mut members).ok()? {
            let value = Self::take(&mut reader).ok()?;
            if member == name {
                found = Some(value);
            }
        }
        found
    }

    /// Returns the value at this index, if this value is a list that has it.
    pub(crate) fn element(self, index: usize) -> Option<Self> {
        let mut reader = self.reader();
        if reader.open().ok()? != ValueKind::L {
            return None;
        }
        let mut elements = reader.array().ok()?;
        for _ in 0..index {
            if !reader.next_element(&mut elements).ok()? {
                return None;
            }
            reader.skip_attribute(None, RepeatedNames::Ignored).ok()?;
        }
        if !reader.next_element(&mut elements).ok()? {
            return None;
        }
        Self::take(&mut reader).ok()
    }

    /// Decodes the value.
    pub(crate) fn decode<T: Deserialize<'de>>(self) -> Result<T, WireError> {
        decode_value(&mut self.reader())
    }

    /// Reads the value without a copy, if a key can have it.
    pub(crate) fn scalar(self) -> Result<Option<Scalar<'de>>, Fault> {
        self.reader().scalar()
    }

    /// Reads the value into the SDK's type.
    pub(crate) fn read(self) -> Result<AttributeValue, Fault> {
        self.reader().attribute()
    }
}
