//! Brings sets and long numbers through serde's buffer, within newtypes.
//!
//! serde reads flattened structs, and tagged or untagged enums, into a buffer first. The buffer asks for a value of any
//! type, and holds no sets and no numbers with more digits than integers and floats have. These are handed to it within
//! newtypes. [`Set`](crate::Set), [`Number`](crate::Number) and [`Value`](crate::Value) take the newtypes off; a type
//! that would lose something, as a `Vec` would of a set, refuses them.

use super::error::CodecError;
use crate::value::NEWTYPE_LEVELS;
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// A deserializer with newtypes around it.
pub(super) struct InNewtypes<D> {
    inner: D,
    levels: u8,
}

impl<D> InNewtypes<D> {
    /// Returns the content of the outermost newtype, for a visitor.
    pub(super) fn new(inner: D) -> Self {
        Self {
            inner,
            levels: NEWTYPE_LEVELS - 1,
        }
    }
}

impl<'de, D: Deserializer<'de, Error = CodecError>> Deserializer<'de> for InNewtypes<D> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.levels.checked_sub(1) {
            None => self.inner.deserialize_any(visitor),
            Some(levels) => visitor.visit_newtype_struct(Self { levels, ..self }),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let levels = self.levels.saturating_sub(1);
        visitor.visit_newtype_struct(Self { levels, ..self })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_some(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.inner.deserialize_ignored_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier
    }
}
