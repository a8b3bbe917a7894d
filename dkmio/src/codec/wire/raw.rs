use super::WireError;
use super::fault::Fault;
use super::reader::Reader;
use super::skip::Repeated;
use crate::codec::kind::Kind;
use crate::value::{AttributeValue, Scalar};
use serde::Deserialize;

/// An attribute value that is still JSON, and is known to be a value that the SDK reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawValue<'de> {
    json: &'de str,
    /// The objects and arrays around it.
    depth: u32,
}

impl<'de> RawValue<'de> {
    /// Takes the value that the reader stands at, and leaves the reader behind it.
    pub(super) fn take(reader: &mut Reader<'de>) -> Result<Self, Fault> {
        let (start, depth) = (reader.position(), reader.depth());
        reader.skip_attribute(None, Repeated::Ignored)?;
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

    /// Returns the value of this name in a map.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        let mut reader = self.reader();
        if reader.open().ok()? != Kind::M {
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

    /// Returns the value at this index of a list.
    pub(crate) fn element(self, index: usize) -> Option<Self> {
        let mut reader = self.reader();
        if reader.open().ok()? != Kind::L {
            return None;
        }
        let mut elements = reader.array().ok()?;
        for _ in 0..index {
            if !reader.next_element(&mut elements).ok()? {
                return None;
            }
            reader.skip_attribute(None, Repeated::Ignored).ok()?;
        }
        if !reader.next_element(&mut elements).ok()? {
            return None;
        }
        Self::take(&mut reader).ok()
    }

    /// Decodes the value.
    pub(crate) fn decode<T: Deserialize<'de>>(self) -> Result<T, WireError> {
        super::decode_value(&mut self.reader())
    }

    /// Reads the value where it stands, if a key can have it.
    pub(crate) fn scalar(self) -> Result<Option<Scalar<'de>>, Fault> {
        self.reader().scalar()
    }

    /// Reads the value as the SDK does.
    pub(crate) fn read(self) -> Result<AttributeValue, Fault> {
        self.reader().attribute()
    }
}
