//! Decodes attributes that are absent.

use super::error::{CodecError, MISSING};
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The name of a newtype that is never read from an absent attribute, even if its content could be.
pub(crate) const PRESENT: &str = "$dkmio::Present";

/// The deserializer of an absent attribute.
pub(super) struct MissingAttribute;

impl<'de> Deserializer<'de> for MissingAttribute {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, CodecError> {
        Err(CodecError::new(MISSING))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        if name == PRESENT {
            return self.deserialize_any(visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
