//! DynamoDB JSON to the SDK's types, as the SDK reads it.

use super::fault::{Fault, FaultKind};
use super::reader::Reader;
use crate::codec::kind::Kind;
use crate::value::{AttributeValue, Item, Scalar};
use aws_sdk_dynamodb::primitives::Blob;
use std::borrow::Cow;

impl<'de> Reader<'de> {
    /// Reads an item: names and values. Of a name that comes twice, the last value counts.
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
            Kind::S => AttributeValue::S(self.string()?.into_owned()),
            Kind::N => AttributeValue::N(self.string()?.into_owned()),
            Kind::B => AttributeValue::B(Blob::new(self.blob()?)),
            Kind::Bool => AttributeValue::Bool(self.boolean()?),
            Kind::Null => AttributeValue::Null(self.boolean()?),
            Kind::L => AttributeValue::L(self.all(Self::attribute)?),
            Kind::M => AttributeValue::M(self.item()?),
            Kind::Ss => AttributeValue::Ss(self.all(|r| r.string().map(String::from))?),
            Kind::Ns => AttributeValue::Ns(self.all(|r| r.string().map(String::from))?),
            Kind::Bs => AttributeValue::Bs(self.all(|r| r.blob().map(Blob::new))?),
            // Only the SDK can make such a value.
            Kind::Unknown => return Err(self.fault(FaultKind::Unknown)),
        };
        self.close()?;
        Ok(value)
    }

    /// Reads one attribute value where it stands; `None` for one that no key can have, and then it stands within it.
    pub(super) fn scalar(&mut self) -> Result<Option<Scalar<'de>>, Fault> {
        if let Some(text) = self.plain_text::<b'S'>() {
            return Ok(Some(Scalar::S(Cow::Borrowed(text))));
        }
        let value = match self.open()? {
            Kind::S => Scalar::S(self.string()?),
            Kind::N => Scalar::N(self.string()?),
            Kind::B => Scalar::B(Cow::Owned(self.blob()?)),
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
