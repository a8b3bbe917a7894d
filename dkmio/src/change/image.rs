//! `Image`: an item in a record, whether it came as values or as JSON.

use crate::codec::CodecError;
use crate::codec::wire::{self, Reader};
use crate::schema::{EntitySet, FromItem, FromJson, ReadEntity, Table};
use crate::value::{AttributeValue, Item};
use bytes::Bytes;

/// An item in a record, or its key.
#[derive(Clone)]
pub(super) enum Image {
    #[cfg_attr(
        not(any(feature = "streams", feature = "lambda")),
        expect(dead_code, reason = "without these features records come as JSON only")
    )]
    Values(Item),
    /// DynamoDB JSON, which was looked at only as far as to find its end.
    Json(Bytes),
    /// It has a value of a type that this version does not know.
    #[cfg(feature = "streams")]
    Unknown,
}

impl Image {
    /// Reads these attributes, where they are text.
    pub(super) fn texts(
        &self,
        names: &[&'static str],
    ) -> Result<Vec<(&'static str, String)>, CodecError> {
        let text = |name: &str| names.iter().find(|wanted| **wanted == name).copied();
        let mut texts = Vec::with_capacity(names.len());
        match self {
            Self::Values(item) => texts.extend(names.iter().filter_map(|name| {
                let text = item.get(*name)?.as_s().ok()?;
                Some((*name, text.clone()))
            })),
            Self::Json(json) => {
                let mut reader = Reader::of_item(json)?;
                let found =
                    wire::peek_attributes(&mut reader, |name| text(name).is_some(), names.len());
                for (name, value) in found? {
                    if let (Some(name), Ok(AttributeValue::S(value))) = (text(&name), value.read())
                    {
                        texts.push((name, value));
                    }
                }
            }
            #[cfg(feature = "streams")]
            Self::Unknown => return Err(unknown()),
        }
        Ok(texts)
    }

    /// Reads it as the model or entity `M`, whose item it is.
    pub(super) fn model<M: Table>(&self) -> Result<M, CodecError> {
        match self {
            Self::Values(item) => FromItem(item.clone()).entity(),
            Self::Json(json) => Ok(FromJson(&mut Reader::of_item(json)?).entity()?),
            #[cfg(feature = "streams")]
            Self::Unknown => Err(unknown()),
        }
    }

    /// Reads it as the entity at this position of the set `S`.
    pub(super) fn set<S: EntitySet>(&self, entity: Option<usize>) -> Result<S, CodecError> {
        match self {
            Self::Values(item) => S::read(entity, FromItem(item.clone())),
            Self::Json(json) => Ok(S::read(entity, FromJson(&mut Reader::of_item(json)?))?),
            #[cfg(feature = "streams")]
            Self::Unknown => Err(unknown()),
        }
    }

    /// Reads it as it is.
    pub(super) fn item(&self) -> Result<Item, CodecError> {
        match self {
            Self::Values(item) => Ok(item.clone()),
            Self::Json(json) => Ok(wire::read_item(&mut Reader::of_item(json)?)?),
            #[cfg(feature = "streams")]
            Self::Unknown => Err(unknown()),
        }
    }
}

#[cfg(feature = "streams")]
fn unknown() -> CodecError {
    CodecError::new("a value of a type that this version does not know")
}
