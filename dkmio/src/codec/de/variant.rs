//! Hands a variant of an enum and its content to serde.

use super::{Deserializer, expected};
use crate::codec::error::{CodecError, Step};
use crate::codec::name::Name;
use crate::value::AttributeValue;
use serde::de::{DeserializeSeed, Deserializer as _, EnumAccess, VariantAccess, Visitor};

/// A variant of an enum, which is a map of one entry.
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) value: AttributeValue,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = CodecError;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content), CodecError> {
        let variant = seed.deserialize(Name::Passing(&self.name))?;
        Ok((variant, Content(self)))
    }
}

/// What a variant holds.
pub(super) struct Content(Variant);

impl Content {
    fn read<S, T>(
        self,
        read: impl FnOnce(Deserializer) -> Result<T, CodecError>,
    ) -> Result<T, CodecError> {
        let Variant { name, value } = self.0;
        read(Deserializer::seeded::<S>(value)).map_err(|e| e.within(Step::Name(name)))
    }
}

impl<'de> VariantAccess<'de> for Content {
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
