//! Decodes DynamoDB JSON into Rust values, in one pass.
//!
//! The values and the errors are those of `codec/de.rs`, which decodes the SDK's values.

mod content;
mod entered_map;
mod fail;
mod list;
mod map;
mod seen_names;
mod value_context;
mod variant;

use self::content::{element_kind, visit_text};
use self::entered_map::EnteredMap;
use self::value_context::ValueContext;
use super::name_set::NameSet;
use super::reader::Reader;
use super::skip::RepeatedNames;
use crate::codec::error::CodecError;
use crate::codec::in_newtypes::InNewtypes;
use crate::codec::number;
use crate::codec::set_policy::SetPolicy;
use crate::codec::value_kind::ValueKind;
use crate::value::{NUMBER_MARKER, SET_MARKER};
use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Visitor};
use std::borrow::Cow;

/// The deserializer of the next value.
///
/// It leaves the reader after the value or, if there was an error, anywhere; [`seeded`] mends that.
pub(super) struct JsonDeserializer<'r, 'de> {
    reader: &'r mut Reader<'de>,
    context: &'static ValueContext,
}

/// Decodes the next value with a seed, and leaves the reader after it.
///
/// It does so whatever the seed does, because a type may swallow an error, or not look at its value.
#[inline]
pub(super) fn seeded<'de, S: DeserializeSeed<'de>>(
    reader: &mut Reader<'de>,
    bare: Option<ValueKind>,
    seed: S,
) -> Result<S::Value, CodecError> {
    let (start, depth) = (reader.position(), reader.depth());
    // One variable to the end, here and below: a large value is not moved then.
    let context = ValueContext::of::<S>(bare);
    let mut result = seed.deserialize(JsonDeserializer { reader, context });
    // A fault changes the depth.
    if (reader.position() == start || reader.depth() != depth)
        && let Err(e) = skip_again(reader, bare, start, depth)
    {
        result = Err(e);
    }
    result
}

/// Goes back to the start of a value, and past it.
///
/// The error may come from a name that is twice in a struct. Names are compared here because a type may swallow the
/// error.
#[cold]
fn skip_again(
    reader: &mut Reader<'_>,
    bare: Option<ValueKind>,
    start: usize,
    depth: u32,
) -> Result<(), CodecError> {
    if reader.first_fault().is_none() {
        reader.rewind(start, depth);
        let repeated = if reader.looks_ahead() {
            RepeatedNames::Ignored
        } else {
            RepeatedNames::Refused
        };
        if let Err(fault) = reader.skip_attribute(bare, repeated) {
            reader.remember(fault);
        }
    }
    match reader.first_fault() {
        Some(fault) => Err(fault.into()),
        None => Ok(()),
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $parse:ident $ty:ty),*) => { $(
        fn $method<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
            if let Some(text) = self.plain_text::<b'N'>() {
                return visitor.$visit(number::$parse::<$ty>(text, stringify!($ty))?);
            }
            let text = self.text_of(ValueKind::N, "a number")?;
            visitor.$visit(number::$parse::<$ty>(&text, stringify!($ty))?)
        }
    )* };
}

impl<'de> serde::Deserializer<'de> for JsonDeserializer<'_, 'de> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            ValueKind::S => visit_text(self.text()?, visitor),
            ValueKind::N => number::visit_any(&self.text()?, visitor),
            ValueKind::B => {
                let bytes = self.blob()?;
                self.reader.note_buffered(&bytes);
                visitor.visit_byte_buf(bytes)
            }
            ValueKind::Bool => visitor.visit_bool(self.boolean()?),
            ValueKind::Null => {
                self.boolean()?;
                visitor.visit_unit()
            }
            ValueKind::M => {
                let entered = EnteredMap::at(self.reader)?;
                self.entries::<V, NameSet>(entered, visitor)
            }
            ValueKind::Ss | ValueKind::Ns | ValueKind::Bs if !self.context.set_policy.is_set() => {
                self.reader.rewind(start.0, start.1);
                visitor.visit_newtype_struct(InNewtypes::new(self.reading_set()))
            }
            kind @ (ValueKind::L | ValueKind::Ss | ValueKind::Ns | ValueKind::Bs) => {
                let elements = self.enter_array()?;
                self.elements(elements, element_kind(kind), visitor)
            }
            found @ ValueKind::Unknown => Err(self.reader.mismatch("a list or set", found, start)),
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

    fn deserialize_bool<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            ValueKind::Bool => visitor.visit_bool(self.boolean()?),
            found => Err(self.reader.mismatch("a boolean", found, start)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        if let Some(text) = self.plain_text::<b'S'>() {
            return visitor.visit_borrowed_str(text);
        }
        visit_text(self.text_of(ValueKind::S, "a string")?, visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            ValueKind::B => visitor.visit_byte_buf(self.blob()?),
            found => Err(self.reader.mismatch("binary data", found, start)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        if self.context.bare.is_some() || self.reader.is_plainly_not_null() {
            return visitor.visit_some(self);
        }
        let start = (self.reader.position(), self.reader.depth());
        if self.open()? == ValueKind::Null {
            self.boolean()?;
            return visitor.visit_none();
        }
        self.reader.rewind(start.0, start.1);
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            ValueKind::Null => {
                self.boolean()?;
                visitor.visit_unit()
            }
            found => Err(self.reader.mismatch("NULL", found, start)),
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
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match name {
            NUMBER_MARKER => match self.text_of(ValueKind::N, "a number")? {
                Cow::Borrowed(text) => {
                    visitor.visit_newtype_struct(InNewtypes::new(BorrowedStrDeserializer::<
                        CodecError,
                    >::new(text)))
                }
                Cow::Owned(text) => visitor.visit_newtype_struct(InNewtypes::new(
                    StringDeserializer::<CodecError>::new(text),
                )),
            },
            SET_MARKER => visitor.visit_newtype_struct(self.reading_set()),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let entered = match self.context.bare {
            None => self.reader.plain_list(),
            Some(_) => None,
        };
        let (elements, bare) = match entered {
            Some(elements) => (elements, None),
            None => self.enter_list_or_set(SetPolicy::reads_sets::<V>)?,
        };
        self.elements(elements, bare, visitor)
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
        self.map::<V, NameSet>(visitor)
    }

    /// Needs no [`NameSet`]: a derived struct refuses a name that comes twice, and [`skip_again`] finds out why.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.map::<V, ()>(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            ValueKind::S => match self.text()? {
                Cow::Borrowed(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
                Cow::Owned(name) => visitor.visit_enum(StringDeserializer::new(name)),
            },
            ValueKind::M => {
                let value = variant::read(self.reader, visitor)?;
                self.closed().map(|()| value)
            }
            found => Err(self
                .reader
                .mismatch("an enum: a string or a map", found, start)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let skipped = self
            .reader
            .skip_attribute(self.context.bare, RepeatedNames::Ignored);
        self.reader.or_fail(skipped)?;
        visitor.visit_unit()
    }
}
