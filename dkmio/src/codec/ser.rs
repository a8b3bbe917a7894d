//! Rust values to attribute values.

mod list;
mod map;

use self::list::List;
use self::map::Map;
use super::error::CodecError;
use super::notes::{Doubt, Place};
use super::number;
use crate::value::{AttributeValue, Item, Marker, SetMarker};
use aws_sdk_dynamodb::primitives::Blob;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{self, Serialize};

/// `None` for serde's `None`, which is stored as an absent attribute.
type Encoded = Result<Option<AttributeValue>, CodecError>;

pub(super) struct Serializer<'p> {
    place: Place<'p>,
    /// `true` for the content of a set.
    is_set: bool,
}

impl<'p> Serializer<'p> {
    pub(super) fn new(place: Place<'p>) -> Self {
        Self {
            place,
            is_set: false,
        }
    }

    fn open_list(
        self,
        len: Option<usize>,
        variant: Option<&'static str>,
    ) -> Result<List<'p>, CodecError> {
        // A set is no level of its own.
        let place = if self.is_set {
            self.place
        } else {
            self.place.opened()?
        };
        match variant {
            None => Ok(List::new(place, len, None)),
            Some(_) => Ok(List::new(place.opened()?, len, variant)),
        }
    }

    fn open_map(
        self,
        len: Option<usize>,
        variant: Option<&'static str>,
    ) -> Result<Map<'p>, CodecError> {
        let place = self.place.opened()?;
        match variant {
            None => Ok(Map::new(place, len, None)),
            Some(_) => Ok(Map::new(place.opened()?, len, variant)),
        }
    }

    fn wide(self, text: String) -> Encoded {
        self.place.note(Doubt::WideInteger);
        Ok(Some(AttributeValue::N(number::encode(text)?)))
    }
}

macro_rules! integers {
    ($($method:ident: $ty:ty),*) => { $(
        fn $method(self, v: $ty) -> Encoded {
            Ok(Some(AttributeValue::N(number::encode(v.to_string())?)))
        }
    )* };
}

impl<'p> ser::Serializer for Serializer<'p> {
    type Ok = Option<AttributeValue>;
    type Error = CodecError;
    type SerializeSeq = List<'p>;
    type SerializeTuple = List<'p>;
    type SerializeTupleStruct = List<'p>;
    type SerializeTupleVariant = List<'p>;
    type SerializeMap = Map<'p>;
    type SerializeStruct = Map<'p>;
    type SerializeStructVariant = Map<'p>;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    fn serialize_i128(self, v: i128) -> Encoded {
        self.wide(v.to_string())
    }

    fn serialize_u128(self, v: u128) -> Encoded {
        self.wide(v.to_string())
    }

    fn serialize_f32(self, v: f32) -> Encoded {
        Ok(Some(AttributeValue::N(number::encode_float(v, v.into())?)))
    }

    fn serialize_f64(self, v: f64) -> Encoded {
        Ok(Some(AttributeValue::N(number::encode_float(v, v)?)))
    }

    fn serialize_bool(self, v: bool) -> Encoded {
        Ok(Some(AttributeValue::Bool(v)))
    }

    fn serialize_char(self, v: char) -> Encoded {
        Ok(Some(AttributeValue::S(v.to_string())))
    }

    fn serialize_str(self, v: &str) -> Encoded {
        Ok(Some(AttributeValue::S(v.to_owned())))
    }

    fn serialize_bytes(self, v: &[u8]) -> Encoded {
        Ok(Some(AttributeValue::B(Blob::new(v))))
    }

    fn serialize_none(self) -> Encoded {
        Ok(None)
    }

    /// Refuses a content that would read back as `None`.
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Encoded {
        let is_set = self.is_set;
        match value.serialize(self)? {
            None => Err(CodecError::new(
                "`Some(None)` would read back as `None`; use one `Option`",
            )),
            Some(AttributeValue::Null(_)) => Err(CodecError::new(
                "`Some` of what is written as NULL would read back as `None`; use the type without `Option`",
            )),
            Some(value) if is_nothing(&value, is_set) => Err(CodecError::new(
                "`Some` of an empty set would read back as `None`; use `Set<T>` without `Option`, or `None`",
            )),
            value => Ok(value),
        }
    }

    fn serialize_unit(self) -> Encoded {
        Ok(Some(AttributeValue::Null(true)))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Encoded {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Encoded {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Encoded {
        let marker = Marker::of(name);
        let inner = value.serialize(Self {
            place: self.place,
            is_set: self.is_set || matches!(marker, Some(Marker::Set(_))),
        })?;
        match (marker, inner) {
            (Some(Marker::Set(marker)), inner) => set(marker, inner).map(Some),
            (Some(Marker::Number), Some(AttributeValue::S(text))) => {
                Ok(Some(AttributeValue::N(number::encode(text)?)))
            }
            (Some(Marker::Number), Some(number @ AttributeValue::N(_))) => Ok(Some(number)),
            (Some(Marker::Number), _) => Err(CodecError::new("expected the text of a number")),
            (Some(Marker::Binary), inner) => binary(inner).map(Some),
            (Some(Marker::EmptySet), _) => Err(CodecError::new(
                "an empty set in a `Value` would read back as NULL; leave it out, or write `Value::Null`",
            )),
            (None, inner) if self.is_set => Ok(inner),
            // A struct reads a missing attribute as `None`, but not through a newtype.
            (None, inner) => Ok(Some(something(inner))),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Encoded {
        let place = self.place.opened()?;
        let value = place
            .within_name(variant, |place| value.serialize(Serializer::new(place)))
            .map_err(|e| e.within_name(variant))?;
        Ok(Some(single(variant, something(value))))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List<'p>, CodecError> {
        self.open_list(len, None)
    }

    fn serialize_tuple(self, len: usize) -> Result<List<'p>, CodecError> {
        self.open_list(Some(len), None)
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<List<'p>, CodecError> {
        self.open_list(Some(len), None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<List<'p>, CodecError> {
        self.open_list(Some(len), Some(variant))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Map<'p>, CodecError> {
        self.open_map(len, None)
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Map<'p>, CodecError> {
        self.open_map(Some(len), None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Map<'p>, CodecError> {
        self.open_map(Some(len), Some(variant))
    }
}

fn single(name: &str, value: AttributeValue) -> AttributeValue {
    AttributeValue::M(Item::from([(name.to_owned(), value)]))
}

/// Reads the text of binary data.
fn binary(text: Option<AttributeValue>) -> Result<AttributeValue, CodecError> {
    let bytes = match text {
        Some(AttributeValue::S(text)) => STANDARD.decode(text).ok(),
        _ => None,
    };
    let bytes = bytes.ok_or_else(|| CodecError::new("expected binary data in base64"))?;
    Ok(AttributeValue::B(Blob::new(bytes)))
}

/// Returns the value, or NULL for `None` and for an empty set, where an element or a field cannot be absent. Both read
/// back from NULL.
fn something(value: Option<AttributeValue>) -> AttributeValue {
    match value {
        Some(value) if !is_empty_set(&value) => value,
        _ => AttributeValue::Null(true),
    }
}

fn set(marker: SetMarker, value: Option<AttributeValue>) -> Result<AttributeValue, CodecError> {
    let elements = match value {
        None => Vec::new(),
        Some(AttributeValue::L(elements)) => elements,
        Some(_) => return Err(CodecError::new("a set is written from a sequence")),
    };
    fn all<T>(
        elements: Vec<AttributeValue>,
        what: &str,
        pick: impl Fn(AttributeValue) -> Option<T>,
    ) -> Result<Vec<T>, CodecError> {
        elements
            .into_iter()
            .map(pick)
            .collect::<Option<_>>()
            .ok_or_else(|| CodecError::new(format!("this set holds {what} only")))
    }
    Ok(match marker {
        SetMarker::Strings => AttributeValue::Ss(all(elements, "strings", |v| match v {
            AttributeValue::S(s) => Some(s),
            _ => None,
        })?),
        SetMarker::Numbers => AttributeValue::Ns(all(elements, "numbers", |v| match v {
            AttributeValue::N(n) => Some(n),
            _ => None,
        })?),
        SetMarker::Binary => AttributeValue::Bs(all(elements, "binary values", |v| match v {
            AttributeValue::B(b) => Some(b),
            _ => None,
        })?),
    })
}

/// Returns whether this is an empty set, which DynamoDB does not have.
fn is_empty_set(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::Ss(v) | AttributeValue::Ns(v) => v.is_empty(),
        AttributeValue::Bs(v) => v.is_empty(),
        _ => false,
    }
}

/// Returns whether this is an empty set, or the empty list of a set's elements.
fn is_nothing(value: &AttributeValue, is_set: bool) -> bool {
    match value {
        AttributeValue::L(elements) => is_set && elements.is_empty(),
        _ => is_empty_set(value),
    }
}
