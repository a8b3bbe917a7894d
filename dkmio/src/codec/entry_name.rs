//! Decodes the names of map entries.

use super::error::CodecError;
use serde::de::{IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The name of a map entry, which reads as a string, a number or a boolean.
pub(super) enum EntryName<'de, 'a> {
    /// The name lives as long as the bytes that are decoded.
    Borrowed(&'de str),
    Transient(&'a str),
}

impl<'de> EntryName<'de, '_> {
    fn text(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Transient(text) => text,
        }
    }
}

macro_rules! parsed_names {
    ($($method:ident $visit:ident $ty:ty),*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
            match self.text().parse::<$ty>() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(CodecError::new(concat!("the name of a map entry does not read as `", stringify!($ty), "`"))),
            }
        }
    )* };
}

impl<'de> serde::Deserializer<'de> for EntryName<'de, '_> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self {
            Self::Borrowed(text) => visitor.visit_borrowed_str(text),
            Self::Transient(text) => visitor.visit_str(text),
        }
    }

    parsed_names! {
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_i128 visit_i128 i128, deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64,
        deserialize_u128 visit_u128 u128, deserialize_bool visit_bool bool
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        visitor.visit_enum(self.text().into_deserializer())
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}
