//! What a put writes of the attributes that dkmio keeps itself.

use super::Table;
use super::key_places::key_place;
use crate::codec::CodecError;
use crate::value::{AttributeValue, EncodedItem, Version};

/// A time as it is stored.
#[doc(hidden)]
pub type EncodedTime = Result<AttributeValue, CodecError>;

/// What a put writes in place of the struct's own values.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct Stamps {
    /// The version that the struct has; the next one is written.
    pub version: Option<Version>,
    /// Now, if the struct does not know when it was made.
    pub created_at: Option<EncodedTime>,
    /// Now.
    pub updated_at: Option<EncodedTime>,
}

impl Stamps {
    /// Iterates over the attributes with the values that are written.
    fn attributes<M: Table>(
        &self,
    ) -> impl Iterator<Item = Result<(&'static str, AttributeValue), CodecError>> {
        let lifecycle = M::SCHEMA.lifecycle();
        let (version, created_at, updated_at) = (
            lifecycle.version,
            lifecycle.created_at,
            lifecycle.updated_at,
        );
        let next = self
            .version
            .map(|version| Ok(version_value(version.next())));
        let all = [
            (version, next),
            (created_at, self.created_at.clone()),
            (updated_at, self.updated_at.clone()),
        ];
        all.into_iter()
            .filter_map(|(name, value)| Some((name?, value?)))
            .map(|(name, value)| Ok((name, value?)))
    }

    /// Writes the values into an item.
    pub(super) fn write<M: Table>(&self, item: &mut EncodedItem) -> Result<(), CodecError> {
        for attribute in self.attributes::<M>() {
            let (name, value) = attribute?;
            item.set(name, &value, key_place(&M::SCHEMA, name))?;
        }
        Ok(())
    }

    /// Puts the values in place of the members of templates that have them.
    pub(super) fn replace<M: Table>(
        &self,
        members: &mut [AttributeValue],
    ) -> Result<(), CodecError> {
        let Some(entity) = M::SCHEMA.entity() else {
            return Ok(());
        };
        for attribute in self.attributes::<M>() {
            let (name, value) = attribute?;
            let members = entity.members.iter().zip(members.iter_mut());
            for (_, to) in members.filter(|(member, _)| member.attribute == name) {
                *to = value.clone();
            }
        }
        Ok(())
    }
}

/// Returns a version as it is stored.
pub(crate) fn version_value(version: Version) -> AttributeValue {
    AttributeValue::N(version.get().to_string())
}
