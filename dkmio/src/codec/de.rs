//! Decodes the SDK's values into Rust values.

mod list;
mod map;
mod variant;

use self::list::ValueList;
use self::map::ValueMap;
use self::variant::ValueVariant;

use super::error::CodecError;
use super::in_newtypes::InNewtypes;
use super::number;
use super::set_policy::SetPolicy;
use super::value_kind::ValueKind;
use crate::value::{AttributeValue, NUMBER_MARKER, SET_MARKER};
use serde::de::value::StringDeserializer;
use serde::de::{IntoDeserializer, Visitor};

/// The deserializer of one value.
pub(super) struct ValueDeserializer {
    value: AttributeValue,
    set_policy: SetPolicy,
}

impl ValueDeserializer {
    pub(super) fn new(value: AttributeValue) -> Self {
        Self {
            value,
            set_policy: SetPolicy::of::<()>(),
        }
    }

    /// Returns the deserializer of a value that a seed reads.
    fn seeded<S>(value: AttributeValue) -> Self {
        Self {
            value,
            set_policy: SetPolicy::of::<S>(),
        }
    }

    /// The value for a type that keeps a set as a set.
    fn reading_set(self) -> Self {
        Self {
            set_policy: self.set_policy.as_set(),
            ..self
        }
    }
}

fn expected(what: &str, found: &AttributeValue) -> CodecError {
    ValueKind::of(found).instead_of(what)
}

macro_rules! numbers {
    ($($method:ident $visit:ident $parse:ident $ty:ty),*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
            match self.value {
                AttributeValue::N(text) => visitor.$visit(number::$parse::<$ty>(&text, stringify!($ty))?),
                other => Err(expected("a number", &other)),
            }
        }
    )* };
}

impl<'de> serde::Deserializer<'de> for ValueDeserializer {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.value {
            AttributeValue::S(text) => visitor.visit_string(text),
            AttributeValue::N(text) => number::visit_any(&text, visitor),
            AttributeValue::B(blob) => visitor.visit_byte_buf(blob.into_inner()),
            AttributeValue::Bool(value) => visitor.visit_bool(value),
            AttributeValue::Null(_) => visitor.visit_unit(),
            AttributeValue::M(_) => self.deserialize_map(visitor),
            AttributeValue::Ss(_) | AttributeValue::Ns(_) | AttributeValue::Bs(_)
                if !self.set_policy.is_set() =>
            {
                visitor.visit_newtype_struct(InNewtypes::new(self.reading_set()))
            }
            _ => self.deserialize_seq(visitor),
        }
    }

    numbers! {
        deserialize_i8 visit_i8 parse_integer i8, deserialize_i16 visit_i16 parse_integer i16,
        deserialize_i32 visit_i32 parse_integer i32, deserialize_i64 visit_i64 parse_integer i64,
        deserialize_i128 visit_i128 parse_integer i128, deserialize_u8 visit_u8 parse_integer u8,
        deserialize_u16 visit_u16 parse_integer u16, deserialize_u32 visit_u32 parse_integer u32,
        deserialize_u64 visit_u64 parse_integer u64, deserialize_u128 visit_u128 parse_integer u128,
        deserialize_f32 visit_f32 parse_float f32, deserialize_f64 visit_f64 parse_float f64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.value {
            AttributeValue::Bool(value) => visitor.visit_bool(value),
            other => Err(expected("a boolean", &other)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.value {
            AttributeValue::S(text) => visitor.visit_string(text),
            other => Err(expected("a string", &other)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.value {
            AttributeValue::B(blob) => visitor.visit_byte_buf(blob.into_inner()),
            other => Err(expected("binary data", &other)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.value {
            AttributeValue::Null(_) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.value {
            AttributeValue::Null(_) => visitor.visit_unit(),
            other => Err(expected("NULL", &other)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match (name, self.value) {
            // `Number` takes the text.
            (NUMBER_MARKER, AttributeValue::N(text)) => {
                let text = StringDeserializer::<CodecError>::new(text);
                visitor.visit_newtype_struct(InNewtypes::new(text))
            }
            (NUMBER_MARKER, other) => Err(expected("a number", &other)),
            (SET_MARKER, value) => visitor.visit_newtype_struct(Self {
                value,
                set_policy: self.set_policy.as_set(),
            }),
            (_, value) => visitor.visit_newtype_struct(Self {
                value,
                set_policy: self.set_policy,
            }),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        if ValueKind::of(&self.value).is_set() && !self.set_policy.reads_sets::<V>() {
            return Err(ValueKind::of(&self.value).not_a_list());
        }
        match self.value {
            AttributeValue::L(elements) => visitor.visit_seq(ValueList::new(elements)),
            AttributeValue::Ss(elements) => {
                visitor.visit_seq(ValueList::new(elements.into_iter().map(AttributeValue::S)))
            }
            AttributeValue::Ns(elements) => {
                visitor.visit_seq(ValueList::new(elements.into_iter().map(AttributeValue::N)))
            }
            AttributeValue::Bs(elements) => {
                visitor.visit_seq(ValueList::new(elements.into_iter().map(AttributeValue::B)))
            }
            other => Err(expected("a list or set", &other)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.value {
            AttributeValue::M(entries) => visitor.visit_map(ValueMap::new(entries)),
            other => Err(expected("a map", &other)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.value {
            AttributeValue::S(name) => visitor.visit_enum(name.into_deserializer()),
            AttributeValue::M(entries) => {
                let mut entries = entries.into_iter();
                match (entries.next(), entries.next()) {
                    (Some((name, value)), None) => visitor.visit_enum(ValueVariant { name, value }),
                    _ => Err(CodecError::new(
                        "expected an enum: a name, or a map with one entry",
                    )),
                }
            }
            other => Err(expected("an enum: a string or a map", &other)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_unit()
    }
}
