//! Encodes Rust values as DynamoDB JSON, in one pass.
//!
//! The JSON is what the SDK would write of the values that `codec/ser.rs` makes. This pass has no errors of its own: a
//! value that it does not write, or only with care, is refused as [`NotInOnePass`], and `codec/ser.rs` encodes the item
//! instead.

mod form;
mod list;
mod map;

use self::form::{JsonForm, TextPlace};
use self::list::ListWriter;
use self::map::MapWriter;
use super::json_writer::JsonWriter;
use super::written_as::{NotInOnePass, WrittenAs};
use crate::codec::number;
use crate::codec::plain_float::PlainFloat;
use crate::codec::three_decimals::{ThreeDecimals, integer_digits};
use crate::value::{Marker, SetMarker, check_number, digits_size, number_size};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{self, Serialize};
use std::fmt;

/// The serializer of one value.
pub(super) struct JsonSerializer<'w> {
    json: &'w mut JsonWriter,
    form: JsonForm,
}

impl<'w> JsonSerializer<'w> {
    pub(super) fn item(json: &'w mut JsonWriter) -> Self {
        Self {
            json,
            form: JsonForm::Item,
        }
    }

    fn value(json: &'w mut JsonWriter) -> Self {
        Self {
            json,
            form: JsonForm::Value,
        }
    }

    /// Writes the text of a number, which needs no escapes.
    fn number(self, text: &str) -> Result<WrittenAs, NotInOnePass> {
        self.number_of(text.as_bytes(), number_size(text))
    }

    /// Writes the text of a number that has `digits` significant digits.
    #[inline]
    fn digits(self, text: &[u8], digits: usize) -> Result<WrittenAs, NotInOnePass> {
        self.number_of(text, digits_size(digits))
    }

    #[inline]
    fn number_of(self, text: &[u8], size: usize) -> Result<WrittenAs, NotInOnePass> {
        match self.form {
            JsonForm::Value | JsonForm::Number(TextPlace::Value) => {
                self.json.number_value(text, size)
            }
            // A name counts by its length, not as a number does.
            JsonForm::Name => {
                // serde's buffer does not read a name as a number.
                self.json.doubt();
                self.json.number_element(text, text.len());
            }
            JsonForm::Element(SetMarker::Numbers) | JsonForm::Number(TextPlace::Element) => {
                self.json.number_element(text, size);
            }
            _ => return Err(self.json.refuse()),
        }
        Ok(WrittenAs::Value)
    }

    /// Writes a string that is no value of its own: a name, an element of a set, or the text of a number or of binary data.
    ///
    /// Apart from `serialize_str`, so that the compiler inlines that one.
    #[inline(never)]
    fn other_string(self, v: &str) -> Result<WrittenAs, NotInOnePass> {
        match self.form {
            JsonForm::Name | JsonForm::Element(SetMarker::Strings) => self.json.string(v),
            JsonForm::Number(place) if check_number(v).is_ok() => match place {
                TextPlace::Value => self.json.number_value(v.as_bytes(), number_size(v)),
                TextPlace::Element => self.json.number_element(v.as_bytes(), number_size(v)),
            },
            JsonForm::Base64(place) => match (STANDARD.decode(v), place) {
                (Ok(data), TextPlace::Value) => self.json.binary_value(&data),
                (Ok(data), TextPlace::Element) => self.json.binary(&data),
                (Err(_), _) => return Err(self.json.refuse()),
            },
            _ => return Err(self.json.refuse()),
        }
        Ok(WrittenAs::Value)
    }

    /// Writes the content of a newtype, with NULL for nothing: a struct reads a missing attribute as `None`, but not
    /// through a newtype.
    #[inline]
    fn newtype<T: Serialize + ?Sized>(self, value: &T) -> Result<WrittenAs, NotInOnePass> {
        let start = self.json.mark();
        match value.serialize(JsonSerializer::value(self.json))? {
            WrittenAs::Nothing | WrittenAs::EmptySet => {
                self.json.back_to(start);
                self.json.null_value();
                Ok(WrittenAs::Null)
            }
            written => Ok(written),
        }
    }

    /// Opens a map, or the map of a variant with its one entry.
    fn open_map(self, variant: Option<&'static str>) -> Result<MapWriter<'w>, NotInOnePass> {
        match self.form {
            JsonForm::Value => MapWriter::new(self.json, false, variant),
            JsonForm::Item => MapWriter::new(self.json, true, variant),
            _ => Err(self.json.refuse()),
        }
    }

    fn open_list(self) -> Result<ListWriter<'w>, NotInOnePass> {
        match self.form {
            JsonForm::Value => ListWriter::new(self.json),
            JsonForm::Set(marker) => Ok(ListWriter::set(self.json, marker)),
            _ => Err(self.json.refuse()),
        }
    }
}

macro_rules! integers {
    ($($method:ident: $ty:ty),*) => { $(
        #[inline]
        fn $method(self, v: $ty) -> Result<WrittenAs, NotInOnePass> {
            let mut buffer = itoa::Buffer::new();
            let text = buffer.format(v).as_bytes();
            self.digits(text, integer_digits(text))
        }
    )* };
}

/// Integers that may have more digits than DynamoDB keeps.
macro_rules! wide_integers {
    ($($method:ident: $ty:ty),*) => { $(
        fn $method(self, v: $ty) -> Result<WrittenAs, NotInOnePass> {
            let mut buffer = itoa::Buffer::new();
            let text = buffer.format(v);
            // serde's buffer holds no integer of 128 bits.
            self.json.doubt();
            match check_number(text) {
                Ok(()) => self.number(text),
                Err(_) => Err(self.json.refuse()),
            }
        }
    )* };
}

macro_rules! floats {
    ($($method:ident: $ty:ty),*) => { $(
        fn $method(self, v: $ty) -> Result<WrittenAs, NotInOnePass> {
            if let Some(short) = ThreeDecimals::of(v) {
                return self.digits(short.text(), short.digits());
            }
            if let Some(plain) = PlainFloat::of(v) {
                return self.number(plain.text());
            }
            match number::encode_float(v, v.into()) {
                Ok(text) => self.number(&text),
                Err(_) => Err(self.json.refuse()),
            }
        }
    )* };
}

impl<'w> ser::Serializer for JsonSerializer<'w> {
    type Ok = WrittenAs;
    type Error = NotInOnePass;
    type SerializeSeq = ListWriter<'w>;
    type SerializeTuple = ListWriter<'w>;
    type SerializeTupleStruct = ListWriter<'w>;
    type SerializeTupleVariant = ListWriter<'w>;
    type SerializeMap = MapWriter<'w>;
    type SerializeStruct = MapWriter<'w>;
    type SerializeStructVariant = MapWriter<'w>;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    wide_integers! { serialize_i128: i128, serialize_u128: u128 }

    floats! { serialize_f32: f32, serialize_f64: f64 }

    #[inline]
    fn serialize_bool(self, v: bool) -> Result<WrittenAs, NotInOnePass> {
        match self.form {
            JsonForm::Value => self.json.bool_value(v),
            JsonForm::Name => {
                self.json.doubt();
                self.json.string(if v { "true" } else { "false" });
            }
            _ => return Err(self.json.refuse()),
        }
        Ok(WrittenAs::Value)
    }

    fn serialize_char(self, v: char) -> Result<WrittenAs, NotInOnePass> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, v: &str) -> Result<WrittenAs, NotInOnePass> {
        if self.form != JsonForm::Value {
            return self.other_string(v);
        }
        self.json.string_value(v);
        Ok(WrittenAs::Value)
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<WrittenAs, NotInOnePass> {
        match self.form {
            JsonForm::Value => self.json.binary_value(v),
            JsonForm::Element(SetMarker::Binary) => self.json.binary(v),
            _ => return Err(self.json.refuse()),
        }
        Ok(WrittenAs::Value)
    }

    fn serialize_none(self) -> Result<WrittenAs, NotInOnePass> {
        match self.form {
            JsonForm::Value => Ok(WrittenAs::Nothing),
            JsonForm::Set(marker) => ListWriter::set(self.json, marker).finish(),
            _ => Err(self.json.refuse()),
        }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<WrittenAs, NotInOnePass> {
        let written = value.serialize(JsonSerializer {
            json: self.json,
            form: self.form,
        });
        match written? {
            WrittenAs::Value => Ok(WrittenAs::Value),
            // The value would read back as `None`.
            WrittenAs::Null | WrittenAs::EmptySet | WrittenAs::Nothing => Err(self.json.refuse()),
        }
    }

    fn serialize_unit(self) -> Result<WrittenAs, NotInOnePass> {
        match self.form {
            JsonForm::Value => self.json.null_value(),
            _ => return Err(self.json.refuse()),
        }
        Ok(WrittenAs::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<WrittenAs, NotInOnePass> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<WrittenAs, NotInOnePass> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<WrittenAs, NotInOnePass> {
        let form = match (Marker::of(name), self.form) {
            (None, JsonForm::Value) => return self.newtype(value),
            (None, form) => form,
            (Some(Marker::Set(marker)), JsonForm::Value) => JsonForm::Set(marker),
            (Some(Marker::Number), JsonForm::Value) => JsonForm::Number(TextPlace::Value),
            (Some(Marker::Number), JsonForm::Element(SetMarker::Numbers)) => {
                JsonForm::Number(TextPlace::Element)
            }
            (Some(Marker::Binary), JsonForm::Value) => JsonForm::Base64(TextPlace::Value),
            (Some(Marker::Binary), JsonForm::Element(SetMarker::Binary)) => {
                JsonForm::Base64(TextPlace::Element)
            }
            _ => return Err(self.json.refuse()),
        };
        value.serialize(JsonSerializer {
            json: self.json,
            form,
        })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<WrittenAs, NotInOnePass> {
        let json = self.json;
        let is_item = match self.form {
            JsonForm::Value => false,
            JsonForm::Item => true,
            _ => return Err(json.refuse()),
        };
        let levels = u8::from(!is_item);
        json.open(levels)?;
        if !is_item {
            json.raw(b"{\"M\":");
            json.count(3 + 1);
        }
        json.field(b'{', variant);
        JsonSerializer::value(json).newtype(value)?;
        json.close(levels);
        json.raw_slice(if is_item { b"}" } else { b"}}" });
        Ok(WrittenAs::Value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListWriter<'w>, NotInOnePass> {
        self.open_list()
    }

    fn serialize_tuple(self, _: usize) -> Result<ListWriter<'w>, NotInOnePass> {
        self.open_list()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<ListWriter<'w>, NotInOnePass> {
        self.open_list()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<ListWriter<'w>, NotInOnePass> {
        match self.form {
            JsonForm::Value => ListWriter::in_variant(self.json, false, variant),
            JsonForm::Item => ListWriter::in_variant(self.json, true, variant),
            _ => Err(self.json.refuse()),
        }
    }

    fn serialize_map(self, len: Option<usize>) -> Result<MapWriter<'w>, NotInOnePass> {
        let mut map = self.open_map(None)?;
        map.may_be_flattened = len.is_none();
        Ok(map)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<MapWriter<'w>, NotInOnePass> {
        self.open_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<MapWriter<'w>, NotInOnePass> {
        self.open_map(Some(variant))
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<WrittenAs, NotInOnePass> {
        if self.form != JsonForm::Value {
            return self.serialize_str(&value.to_string());
        }
        self.json.displayed_value(value)
    }
}
