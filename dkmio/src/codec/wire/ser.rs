//! Rust values to DynamoDB JSON, in one pass.
//!
//! What is written is what [`codec::ser`](crate::codec) makes and the SDK would write. The errors are left to the former:
//! whatever cannot be written here, or only with care, is [`NotInOnePass`], and goes the other way from the start.

mod list;
mod map;

use self::list::List;
use self::map::Map;
use super::output::{NotInOnePass, Output, Written};
use crate::codec::number::{self, Thousandths};
use crate::value::{Marker, SetMarker, check_number, digits_size, number_size};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{self, Serialize};
use std::fmt;

/// The place that a value is written to, and so the form that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// With its type around it.
    Value,
    /// A map without its type around it.
    Item,
    /// The name of a map entry.
    Name,
    /// The elements of a set.
    Set(SetMarker),
    /// One of them.
    Element(SetMarker),
    /// A number of exactly this text or value.
    Number(TextPlace),
    /// Binary data in base64.
    Base64(TextPlace),
}

/// Where the text of a number or of binary data stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextPlace {
    Value,
    /// In quotes and nothing else.
    Text,
}

pub(super) struct Serializer<'w> {
    output: &'w mut Output,
    form: Form,
}

impl<'w> Serializer<'w> {
    pub(super) fn item(output: &'w mut Output) -> Self {
        Self {
            output,
            form: Form::Item,
        }
    }

    fn value(output: &'w mut Output) -> Self {
        Self {
            output,
            form: Form::Value,
        }
    }

    /// Writes the text of a number, which needs no escapes.
    fn number(self, text: &str) -> Result<Written, NotInOnePass> {
        self.number_of(text.as_bytes(), number_size(text))
    }

    /// The same where it is known how many digits it has.
    #[inline]
    fn digits(self, text: &[u8], digits: usize) -> Result<Written, NotInOnePass> {
        self.number_of(text, digits_size(digits))
    }

    #[inline]
    fn number_of(self, text: &[u8], size: usize) -> Result<Written, NotInOnePass> {
        match self.form {
            Form::Value | Form::Number(TextPlace::Value) => self.output.number_value(text, size),
            // A name counts as long as it is, and so not as a number.
            Form::Name => {
                // serde's buffer would not read it as a number.
                self.output.doubt();
                self.output.number_element(text, text.len());
            }
            Form::Element(SetMarker::Numbers) | Form::Number(TextPlace::Text) => {
                self.output.number_element(text, size);
            }
            _ => return Err(self.output.refuse()),
        }
        Ok(Written::Value)
    }

    /// Writes what a newtype holds: NULL for nothing, as a struct reads a missing attribute as `None`, but not through a
    /// newtype.
    #[inline]
    fn newtype<T: Serialize + ?Sized>(self, value: &T) -> Result<Written, NotInOnePass> {
        let start = self.output.mark();
        match value.serialize(Serializer::value(self.output))? {
            Written::Nothing | Written::EmptySet => {
                self.output.back_to(start);
                self.output.null_value();
                Ok(Written::Null)
            }
            written => Ok(written),
        }
    }

    /// Opens what holds the entries of a map, or the one entry of a variant.
    fn open_map(self, variant: Option<&'static str>) -> Result<Map<'w>, NotInOnePass> {
        match self.form {
            Form::Value => Map::new(self.output, false, variant),
            Form::Item => Map::new(self.output, true, variant),
            _ => Err(self.output.refuse()),
        }
    }

    fn open_list(self) -> Result<List<'w>, NotInOnePass> {
        match self.form {
            Form::Value => List::new(self.output),
            Form::Set(marker) => Ok(List::set(self.output, marker)),
            _ => Err(self.output.refuse()),
        }
    }
}

macro_rules! integers {
    ($($method:ident: $ty:ty),*) => { $(
        #[inline]
        fn $method(self, v: $ty) -> Result<Written, NotInOnePass> {
            let mut buffer = itoa::Buffer::new();
            let text = buffer.format(v).as_bytes();
            self.digits(text, number::integer_digits(text))
        }
    )* };
}

/// Integers of more digits than DynamoDB keeps.
macro_rules! wide_integers {
    ($($method:ident: $ty:ty),*) => { $(
        fn $method(self, v: $ty) -> Result<Written, NotInOnePass> {
            let mut buffer = itoa::Buffer::new();
            let text = buffer.format(v);
            // serde's buffer would not hold it.
            self.output.doubt();
            match check_number(text) {
                Ok(()) => self.number(text),
                Err(_) => Err(self.output.refuse()),
            }
        }
    )* };
}

macro_rules! floats {
    ($($method:ident: $ty:ty),*) => { $(
        fn $method(self, v: $ty) -> Result<Written, NotInOnePass> {
            if let Some(short) = Thousandths::of(v) {
                return self.digits(short.text(), short.digits());
            }
            match number::encode_float(v, v.into()) {
                Ok(text) => self.number(&text),
                Err(_) => Err(self.output.refuse()),
            }
        }
    )* };
}

impl<'w> ser::Serializer for Serializer<'w> {
    type Ok = Written;
    type Error = NotInOnePass;
    type SerializeSeq = List<'w>;
    type SerializeTuple = List<'w>;
    type SerializeTupleStruct = List<'w>;
    type SerializeTupleVariant = List<'w>;
    type SerializeMap = Map<'w>;
    type SerializeStruct = Map<'w>;
    type SerializeStructVariant = Map<'w>;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    wide_integers! { serialize_i128: i128, serialize_u128: u128 }

    floats! { serialize_f32: f32, serialize_f64: f64 }

    #[inline]
    fn serialize_bool(self, v: bool) -> Result<Written, NotInOnePass> {
        match self.form {
            Form::Value => self.output.bool_value(v),
            Form::Name => {
                self.output.doubt();
                self.output.string(if v { "true" } else { "false" });
            }
            _ => return Err(self.output.refuse()),
        }
        Ok(Written::Value)
    }

    fn serialize_char(self, v: char) -> Result<Written, NotInOnePass> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, v: &str) -> Result<Written, NotInOnePass> {
        match self.form {
            Form::Value => self.output.string_value(v),
            Form::Name | Form::Element(SetMarker::Strings) => self.output.string(v),
            Form::Number(place) if check_number(v).is_ok() => match place {
                TextPlace::Value => self.output.number_value(v.as_bytes(), number_size(v)),
                TextPlace::Text => self.output.number_element(v.as_bytes(), number_size(v)),
            },
            Form::Base64(place) => match (STANDARD.decode(v), place) {
                (Ok(data), TextPlace::Value) => self.output.binary_value(&data),
                (Ok(data), TextPlace::Text) => self.output.binary(&data),
                (Err(_), _) => return Err(self.output.refuse()),
            },
            _ => return Err(self.output.refuse()),
        }
        Ok(Written::Value)
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<Written, NotInOnePass> {
        match self.form {
            Form::Value => self.output.binary_value(v),
            Form::Element(SetMarker::Binary) => self.output.binary(v),
            _ => return Err(self.output.refuse()),
        }
        Ok(Written::Value)
    }

    fn serialize_none(self) -> Result<Written, NotInOnePass> {
        match self.form {
            Form::Value => Ok(Written::Nothing),
            Form::Set(marker) => List::set(self.output, marker).finish(),
            _ => Err(self.output.refuse()),
        }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Written, NotInOnePass> {
        let written = value.serialize(Serializer {
            output: self.output,
            form: self.form,
        });
        match written? {
            Written::Value => Ok(Written::Value),
            // It would read back as `None`.
            Written::Null | Written::EmptySet | Written::Nothing => Err(self.output.refuse()),
        }
    }

    fn serialize_unit(self) -> Result<Written, NotInOnePass> {
        match self.form {
            Form::Value => self.output.null_value(),
            _ => return Err(self.output.refuse()),
        }
        Ok(Written::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Written, NotInOnePass> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Written, NotInOnePass> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Written, NotInOnePass> {
        let form = match (Marker::of(name), self.form) {
            (None, Form::Value) => return self.newtype(value),
            (None, form) => form,
            (Some(Marker::Set(marker)), Form::Value) => Form::Set(marker),
            (Some(Marker::Number), Form::Value) => Form::Number(TextPlace::Value),
            (Some(Marker::Number), Form::Element(SetMarker::Numbers)) => {
                Form::Number(TextPlace::Text)
            }
            (Some(Marker::Binary), Form::Value) => Form::Base64(TextPlace::Value),
            (Some(Marker::Binary), Form::Element(SetMarker::Binary)) => {
                Form::Base64(TextPlace::Text)
            }
            _ => return Err(self.output.refuse()),
        };
        value.serialize(Serializer {
            output: self.output,
            form,
        })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Written, NotInOnePass> {
        let output = self.output;
        let item = match self.form {
            Form::Value => false,
            Form::Item => true,
            _ => return Err(output.refuse()),
        };
        let levels = u8::from(!item);
        output.open(levels)?;
        if !item {
            output.raw(b"{\"M\":");
            output.count(3 + 1);
        }
        output.field(b'{', variant);
        Serializer::value(output).newtype(value)?;
        output.close(levels);
        output.raw_slice(if item { b"}" } else { b"}}" });
        Ok(Written::Value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'w>, NotInOnePass> {
        self.open_list()
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'w>, NotInOnePass> {
        self.open_list()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'w>, NotInOnePass> {
        self.open_list()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'w>, NotInOnePass> {
        match self.form {
            Form::Value => List::in_variant(self.output, false, variant),
            Form::Item => List::in_variant(self.output, true, variant),
            _ => Err(self.output.refuse()),
        }
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Map<'w>, NotInOnePass> {
        let mut map = self.open_map(None)?;
        map.may_be_flattened = len.is_none();
        Ok(map)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Map<'w>, NotInOnePass> {
        self.open_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Map<'w>, NotInOnePass> {
        self.open_map(Some(variant))
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<Written, NotInOnePass> {
        if self.form != Form::Value {
            return self.serialize_str(&value.to_string());
        }
        self.output.displayed_value(value)
    }
}
