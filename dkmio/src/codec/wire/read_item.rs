//! Reads DynamoDB JSON into the SDK's values, as the SDK does.

use super::fault::{Fault, FaultKind};
use super::reader::Reader;
use crate::codec::value_kind::ValueKind;
use crate::value::{AttributeValue, Item, Scalar};
use aws_sdk_dynamodb::primitives::Blob;
use std::borrow::Cow;

/// Reads an item into the SDK's values.
pub(crate) fn read_item(reader: &mut Reader<'_>) -> Result<Item, Fault> {
    reader.item()
}

/// Reads the item between `start` and the reader's position, which has been decoded already.
pub(crate) fn read_again(reader: &Reader<'_>, start: usize) -> Result<Item, Fault> {
    let json = reader.slice(start, reader.position())?;
    Reader::nested(json, 0).item()
}

/// Reads the attribute value between `start` and the reader's position, which has been decoded already.
pub(super) fn read_value_again(reader: &Reader<'_>, start: usize) -> Result<AttributeValue, Fault> {
    let json = reader.slice(start, reader.position())?;
    Reader::nested(json, 0).attribute()
}

impl<'de> Reader<'de> {
    /// Reads an item. Of a name that comes twice, the last value counts.
    pub(super) fn item(&mut self) -> Result<Item, Fault> {
        let mut item = Item::new();
        let mut members = self.object()?;
        while let Some(name) = self.next_member(&mut members)? {
            let value = self.attribute()?;
            item.insert(name.into_owned(), value);
        }
        Ok(item)
    }

    /// Reads one attribute value.
    pub(super) fn attribute(&mut self) -> Result<AttributeValue, Fault> {
        let value = match self.open()? {
            ValueKind::S => AttributeValue::S(self.string()?.into_owned()),
            ValueKind::N => AttributeValue::N(self.string()?.into_owned()),
            ValueKind::B => AttributeValue::B(Blob::new(self.blob()?)),
            ValueKind::Bool => AttributeValue::Bool(self.boolean()?),
            ValueKind::Null => AttributeValue::Null(self.boolean()?),
            ValueKind::L => AttributeValue::L(self.all(Self::attribute)?),
            ValueKind::M => AttributeValue::M(self.item()?),
            ValueKind::Ss => AttributeValue::Ss(self.all(|r| r.string().map(String::from))?),
            ValueKind::Ns => AttributeValue::Ns(self.all(|r| r.string().map(String::from))?),
            ValueKind::Bs => AttributeValue::Bs(self.all(|r| r.blob().map(Blob::new))?),
            // Only the SDK can make such a value.
            ValueKind::Unknown => return Err(self.fault(FaultKind::Unknown)),
        };
        self.close()?;
        Ok(value)
    }

    /// Reads a value that a key can have, without a copy. After any other value it returns `None` and is somewhere
    /// within it.
    pub(super) fn scalar(&mut self) -> Result<Option<Scalar<'de>>, Fault> {
        if let Some(text) = self.plain_text::<b'S'>() {
            return Ok(Some(Scalar::S(Cow::Borrowed(text))));
        }
        let value = match self.open()? {
            ValueKind::S => Scalar::S(self.string()?),
            ValueKind::N => Scalar::N(self.string()?),
            ValueKind::B => Scalar::B(Cow::Owned(self.blob()?)),
            _ => return Ok(None),
        };
        self.close()?;
        Ok(Some(value))
    }

    fn all<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut all = Vec::new();
        let mut elements = self.array()?;
        while self.next_element(&mut elements)? {
            all.push(read(self)?);
        }
        Ok(all)
    }
}
