//! Decodes enum variants that hold something, which are maps of one entry.

use super::{ValueDeserializer, expected};
use crate::codec::entry_name::EntryName;
use crate::codec::error::{CodecError, PathStep};
use crate::value::AttributeValue;
use serde::Deserializer as _;
use serde::de::{DeserializeSeed, EnumAccess, VariantAccess, Visitor};

/// The map of a variant.
pub(super) struct ValueVariant {
    pub(super) name: String,
    pub(super) value: AttributeValue,
}

impl<'de> EnumAccess<'de> for ValueVariant {
    type Error = CodecError;
    type Variant = ValueVariantContent;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, ValueVariantContent), CodecError> {
        let variant = seed.deserialize(EntryName::Transient(&self.name))?;
        Ok((variant, ValueVariantContent(self)))
    }
}

/// The value of the entry: what the variant holds.
pub(super) struct ValueVariantContent(ValueVariant);

impl ValueVariantContent {
    fn read<S, T>(
        self,
        read: impl FnOnce(ValueDeserializer) -> Result<T, CodecError>,
    ) -> Result<T, CodecError> {
        let ValueVariant { name, value } = self.0;
        read(ValueDeserializer::seeded::<S>(value)).map_err(|e| e.within(PathStep::Name(name)))
    }
}

impl<'de> VariantAccess<'de> for ValueVariantContent {
    type Error = CodecError;

    fn unit_variant(self) -> Result<(), CodecError> {
        self.read::<(), _>(|d| match d.value {
            AttributeValue::Null(_) => Ok(()),
            other => Err(expected("NULL", &other)),
        })
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, CodecError> {
        self.read::<T, _>(|d| seed.deserialize(d))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.read::<(), _>(|d| d.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.read::<(), _>(|d| d.deserialize_map(visitor))
    }
}
