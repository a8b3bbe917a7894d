//! DynamoDB JSON to Rust values, in one pass.
//!
//! What an item reads as, and the error where it does not, are those of [`codec::de`](crate::codec), which reads what the
//! SDK has parsed.

mod access;
mod variant;

use self::access::{Entered, Entries, Sequence};
use super::fault::{Fault, FaultKind};
use super::names::Names;
use super::reader::{Elements, Reader};
use super::skip::Repeated;
use crate::codec::{error::CodecError, kind::Kind, number, reading::How, wrapped::Wrapped};
use crate::value::{NUMBER_MARKER, SET_MARKER};
use aws_smithy_types::base64;
use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Visitor};
use std::borrow::Cow;

/// The deserializer of one value, which the reader stands at.
///
/// It leaves the reader behind the value or, after an error, anywhere; [`seeded`] mends that.
pub(super) struct Value<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// The type of what has no object around it: the elements of sets, and an item.
    bare: Option<Kind>,
    how: How,
}

/// Reads a value with a seed, and leaves the reader behind it, whatever the seed did: a type may pass over errors, or not
/// look at its value.
#[inline]
pub(super) fn seeded<'de, S: DeserializeSeed<'de>>(
    reader: &mut Reader<'de>,
    bare: Option<Kind>,
    seed: S,
) -> Result<S::Value, CodecError> {
    let (start, depth) = (reader.position(), reader.depth());
    // One variable to the end, here and below: what is read may be large, and is not moved then.
    let how = How::of::<S>();
    let mut result = seed.deserialize(Value { reader, bare, how });
    // A fault makes the depth another.
    if (reader.position() == start || reader.depth() != depth)
        && let Err(e) = skip_again(reader, bare, start, depth)
    {
        result = Err(e);
    }
    result
}

/// Goes back to where a value begins, and past it.
///
/// There was an error, and a name that comes twice in a struct may be why; a type may pass over it, so it is looked for here.
#[cold]
fn skip_again(
    reader: &mut Reader<'_>,
    bare: Option<Kind>,
    start: usize,
    depth: u32,
) -> Result<(), CodecError> {
    if reader.kept().is_none() {
        reader.rewind(start, depth);
        let repeated = if reader.refuses_repeats() {
            Repeated::Ignored
        } else {
            Repeated::Refused
        };
        if let Err(fault) = reader.skip_attribute(bare, repeated) {
            reader.keep(fault);
        }
    }
    match reader.kept() {
        Some(fault) => Err(CodecError::new(fault.to_string())),
        None => Ok(()),
    }
}

impl<'de> Reader<'de> {
    /// Remembers a fault and turns it into an error of serde's.
    #[cold]
    pub(super) fn broken(&mut self, fault: Fault) -> CodecError {
        self.keep(fault);
        CodecError::new(fault.to_string())
    }

    /// Says that the value which began at a position is of another type, and goes back there.
    #[cold]
    fn mismatch(&mut self, what: &str, found: Kind, start: (usize, u32)) -> CodecError {
        self.rewind(start.0, start.1);
        found.instead_of(what)
    }

    pub(super) fn or_broken<T>(&mut self, result: Result<T, Fault>) -> Result<T, CodecError> {
        match result {
            Ok(value) => Ok(value),
            Err(fault) => Err(self.broken(fault)),
        }
    }

    pub(super) fn blob(&mut self) -> Result<Vec<u8>, Fault> {
        let span = self.span()?;
        base64::decode(span.text).map_err(|_| self.fault(FaultKind::Base64))
    }
}

impl<'r, 'de> Value<'r, 'de> {
    /// The same value for who keeps a set as one.
    fn reading_set(self) -> Self {
        Self {
            how: self.how.as_set(),
            ..self
        }
    }

    fn open(&mut self) -> Result<Kind, CodecError> {
        match self.bare {
            None => match self.reader.open() {
                Ok(kind) => Ok(kind),
                Err(fault) => Err(self.reader.broken(fault)),
            },
            Some(kind) => Ok(kind),
        }
    }

    fn close(&mut self) -> Result<(), Fault> {
        match self.bare {
            None => self.reader.close(),
            Some(_) => Ok(()),
        }
    }

    /// Goes behind the value, behind whose content the reader stands.
    #[inline]
    fn closed(&mut self) -> Result<(), CodecError> {
        let closed = self.close();
        self.reader.or_broken(closed)
    }

    /// Reads what is written as a string: the text of S and of N.
    fn text(&mut self) -> Result<Cow<'de, str>, CodecError> {
        // What stands there plainly has been read already.
        let text = self.reader.other_string();
        let text = text.and_then(|text| self.close().map(|()| text));
        self.reader.or_broken(text)
    }

    /// Reads the text of a string or number that stands there plainly.
    #[inline(always)]
    fn plain_text<const TAG: u8>(&mut self) -> Option<&'de str> {
        match self.bare {
            None => self.reader.plain_text::<TAG>(),
            Some(kind) if kind.tag() == Some(TAG) => self.reader.plain_string(),
            Some(_) => None,
        }
    }

    /// Reads the text of this type, or says what was expected instead of another.
    fn text_of(&mut self, kind: Kind, what: &str) -> Result<Cow<'de, str>, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            found if found == kind => self.text(),
            found => Err(self.reader.mismatch(what, found, start)),
        }
    }

    fn blob(&mut self) -> Result<Vec<u8>, CodecError> {
        let blob = match self.reader.blob() {
            Ok(blob) => self.close().map(|()| blob),
            Err(fault) => Err(fault),
        };
        self.reader.or_broken(blob)
    }

    fn boolean(&mut self) -> Result<bool, CodecError> {
        let value = match self.reader.boolean() {
            Ok(value) => self.close().map(|()| value),
            Err(fault) => Err(fault),
        };
        self.reader.or_broken(value)
    }

    /// Enters a list or set, whose type has been read.
    fn enter_array(&mut self) -> Result<Elements, CodecError> {
        let elements = self.reader.array();
        self.reader.or_broken(elements)
    }

    /// Reads the elements of a list or set.
    fn elements<V: Visitor<'de>>(
        mut self,
        elements: Elements,
        bare: Option<Kind>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let mut sequence = Sequence::new(self.reader, elements, bare);
        let mut result = visitor.visit_seq(&mut sequence);
        if result.is_ok()
            && let Err(e) = sequence.finish().and_then(|()| self.closed())
        {
            result = Err(e);
        }
        result
    }

    /// Enters a list or set, or says what was found instead of it. Returns the kind of what is in a set.
    #[inline(never)]
    fn enter_list_or_set(
        &mut self,
        reads_sets: fn(How) -> bool,
    ) -> Result<(Elements, Option<Kind>), CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            kind if kind == Kind::L || (kind.is_set() && reads_sets(self.how)) => {
                Ok((self.enter_array()?, element_kind(kind)))
            }
            found => {
                self.reader.rewind(start.0, start.1);
                Err(if found.is_set() {
                    found.not_a_list()
                } else {
                    found.instead_of("a list or set")
                })
            }
        }
    }

    /// Reads the entries of a map.
    fn entries<V: Visitor<'de>, N: access::Seen>(
        mut self,
        entered: Entered<'de>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let mut entries = Entries::<N>::new(self.reader, entered);
        let mut result = visitor.visit_map(&mut entries);
        if result.is_ok()
            && let Err(e) = entries.finish().and_then(|()| self.closed())
        {
            result = Err(e);
        }
        result
    }

    fn map<V: Visitor<'de>, N: access::Seen>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let entered = match self.bare {
            None => self.reader.plain_map(),
            Some(_) => None,
        };
        let entered = match entered {
            Some(members) => Entered::plainly(members),
            None => self.enter_map()?,
        };
        self.entries::<V, N>(entered, visitor)
    }

    /// Enters a map, or says what was found instead of it.
    #[inline(never)]
    fn enter_map(&mut self) -> Result<Entered<'de>, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            Kind::M => Entered::at(self.reader),
            found => Err(self.reader.mismatch("a map", found, start)),
        }
    }
}

fn visit_text<'de, V: Visitor<'de>>(
    text: Cow<'de, str>,
    visitor: V,
) -> Result<V::Value, CodecError> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

/// The kind of a set's elements.
fn element_kind(set: Kind) -> Option<Kind> {
    match set {
        Kind::Ss => Some(Kind::S),
        Kind::Ns => Some(Kind::N),
        Kind::Bs => Some(Kind::B),
        _ => None,
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $parse:ident $ty:ty),*) => { $(
        fn $method<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
            if let Some(text) = self.plain_text::<b'N'>() {
                return visitor.$visit(number::$parse::<$ty>(text, stringify!($ty))?);
            }
            let text = self.text_of(Kind::N, "a number")?;
            visitor.$visit(number::$parse::<$ty>(&text, stringify!($ty))?)
        }
    )* };
}

impl<'de> serde::Deserializer<'de> for Value<'_, 'de> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            Kind::S => visit_text(self.text()?, visitor),
            Kind::N => number::visit_any(&self.text()?, visitor),
            Kind::B => visitor.visit_byte_buf(self.blob()?),
            Kind::Bool => visitor.visit_bool(self.boolean()?),
            Kind::Null => {
                self.boolean()?;
                visitor.visit_unit()
            }
            Kind::M => {
                let entered = Entered::at(self.reader)?;
                self.entries::<V, Names>(entered, visitor)
            }
            Kind::Ss | Kind::Ns | Kind::Bs if !self.how.is_set() => {
                self.reader.rewind(start.0, start.1);
                visitor.visit_newtype_struct(Wrapped::new(self.reading_set()))
            }
            kind @ (Kind::L | Kind::Ss | Kind::Ns | Kind::Bs) => {
                let elements = self.enter_array()?;
                self.elements(elements, element_kind(kind), visitor)
            }
            found @ Kind::Unknown => Err(self.reader.mismatch("a list or set", found, start)),
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
            Kind::Bool => visitor.visit_bool(self.boolean()?),
            found => Err(self.reader.mismatch("a boolean", found, start)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        if let Some(text) = self.plain_text::<b'S'>() {
            return visitor.visit_borrowed_str(text);
        }
        visit_text(self.text_of(Kind::S, "a string")?, visitor)
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
            Kind::B => visitor.visit_byte_buf(self.blob()?),
            found => Err(self.reader.mismatch("binary data", found, start)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        if self.bare.is_some() || self.reader.is_plainly_something() {
            return visitor.visit_some(self);
        }
        let start = (self.reader.position(), self.reader.depth());
        if self.open()? == Kind::Null {
            self.boolean()?;
            return visitor.visit_none();
        }
        self.reader.rewind(start.0, start.1);
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            Kind::Null => {
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
            NUMBER_MARKER => match self.text_of(Kind::N, "a number")? {
                Cow::Borrowed(text) => visitor.visit_newtype_struct(Wrapped::new(
                    BorrowedStrDeserializer::<CodecError>::new(text),
                )),
                Cow::Owned(text) => visitor.visit_newtype_struct(Wrapped::new(
                    StringDeserializer::<CodecError>::new(text),
                )),
            },
            SET_MARKER => visitor.visit_newtype_struct(self.reading_set()),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, CodecError> {
        let entered = match self.bare {
            None => self.reader.plain_list(),
            Some(_) => None,
        };
        let (elements, bare) = match entered {
            Some(elements) => (elements, None),
            None => self.enter_list_or_set(How::reads_sets::<V>)?,
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
        self.map::<V, Names>(visitor)
    }

    /// serde's structs refuse a name that comes twice, and the error makes us look closer.
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
            Kind::S => match self.text()? {
                Cow::Borrowed(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
                Cow::Owned(name) => visitor.visit_enum(StringDeserializer::new(name)),
            },
            Kind::M => {
                let value = variant::read(self.reader, visitor)?;
                self.closed().map(|()| value)
            }
            found => Err(self
                .reader
                .mismatch("an enum: a string or a map", found, start)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let skipped = self.reader.skip_attribute(self.bare, Repeated::Ignored);
        self.reader.or_broken(skipped)?;
        visitor.visit_unit()
    }
}
