//! Encodes Rust values as the SDK's values. It is the slower way, with errors that name the path.

mod list;
mod map;

use self::list::ListBuilder;
use self::map::MapBuilder;
use super::doubts::Doubt;
use super::error::CodecError;
use super::nesting::Nesting;
use super::number;
use crate::value::{AttributeValue, Item, Marker, SetMarker};
use aws_sdk_dynamodb::primitives::Blob;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{self, Serialize};

/// An encoded value, or `None` for serde's `None`, of which nothing is written.
type EncodedValue = Result<Option<AttributeValue>, CodecError>;

/// The serializer of one value.
pub(super) struct ValueSerializer<'p> {
    nesting: Nesting<'p>,
    /// `true` for the list of which a set is made.
    is_set: bool,
}

impl<'p> ValueSerializer<'p> {
    pub(super) fn new(nesting: Nesting<'p>) -> Self {
        Self {
            nesting,
            is_set: false,
        }
    }

    fn open_list(
        self,
        len: Option<usize>,
        variant: Option<&'static str>,
    ) -> Result<ListBuilder<'p>, CodecError> {
        // A set is no level of its own.
        let nesting = if self.is_set {
            self.nesting
        } else {
            self.nesting.opened()?
        };
        match variant {
            None => Ok(ListBuilder::new(nesting, len, None)),
            Some(_) => Ok(ListBuilder::new(nesting.opened()?, len, variant)),
        }
    }

    fn open_map(
        self,
        len: Option<usize>,
        variant: Option<&'static str>,
    ) -> Result<MapBuilder<'p>, CodecError> {
        let nesting = self.nesting.opened()?;
        match variant {
            None => Ok(MapBuilder::new(nesting, len, None)),
            Some(_) => Ok(MapBuilder::new(nesting.opened()?, len, variant)),
        }
    }

    fn wide(self, text: String) -> EncodedValue {
        self.nesting.note(Doubt::WideInteger);
        Ok(Some(AttributeValue::N(number::encode(text)?)))
    }
}

macro_rules! integers {
    ($($method:ident: $ty:ty),*) => { $(
        fn $method(self, v: $ty) -> EncodedValue {
            Ok(Some(AttributeValue::N(number::encode(v.to_string())?)))
        }
    )* };
}

impl<'p> ser::Serializer for ValueSerializer<'p> {
    type Ok = Option<AttributeValue>;
    type Error = CodecError;
    type SerializeSeq = ListBuilder<'p>;
    type SerializeTuple = ListBuilder<'p>;
    type SerializeTupleStruct = ListBuilder<'p>;
    type SerializeTupleVariant = ListBuilder<'p>;
    type SerializeMap = MapBuilder<'p>;
    type SerializeStruct = MapBuilder<'p>;
    type SerializeStructVariant = MapBuilder<'p>;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    fn serialize_i128(self, v: i128) -> EncodedValue {
        self.wide(v.to_string())
    }

    fn serialize_u128(self, v: u128) -> EncodedValue {
        self.wide(v.to_string())
    }

    fn serialize_f32(self, v: f32) -> EncodedValue {
        Ok(Some(AttributeValue::N(number::encode_float(v, v.into())?)))
    }

    fn serialize_f64(self, v: f64) -> EncodedValue {
        Ok(Some(AttributeValue::N(number::encode_float(v, v)?)))
    }

    fn serialize_bool(self, v: bool) -> EncodedValue {
        Ok(Some(AttributeValue::Bool(v)))
    }

    fn serialize_char(self, v: char) -> EncodedValue {
        Ok(Some(AttributeValue::S(v.to_string())))
    }

    fn serialize_str(self, v: &str) -> EncodedValue {
        Ok(Some(AttributeValue::S(v.to_owned())))
    }

    fn serialize_bytes(self, v: &[u8]) -> EncodedValue {
        Ok(Some(AttributeValue::B(Blob::new(v))))
    }

    fn serialize_none(self) -> EncodedValue {
        Ok(None)
    }

    /// Refuses a value that would read back as `None`.
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> EncodedValue {
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

    fn serialize_unit(self) -> EncodedValue {
        Ok(Some(AttributeValue::Null(true)))
    }

    fn serialize_unit_struct(self, _: &'static str) -> EncodedValue {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> EncodedValue {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> EncodedValue {
        let marker = Marker::of(name);
        let inner = value.serialize(Self {
            nesting: self.nesting,
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
            (None, inner) => Ok(Some(value_or_null(inner))),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> EncodedValue {
        let nesting = self.nesting.opened()?;
        let value = nesting
            .within_name(variant, |nesting| {
                value.serialize(ValueSerializer::new(nesting))
            })
            .map_err(|e| e.within_name(variant))?;
        Ok(Some(single(variant, value_or_null(value))))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<ListBuilder<'p>, CodecError> {
        self.open_list(len, None)
    }

    fn serialize_tuple(self, len: usize) -> Result<ListBuilder<'p>, CodecError> {
        self.open_list(Some(len), None)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        len: usize,
    ) -> Result<ListBuilder<'p>, CodecError> {
        self.open_list(Some(len), None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<ListBuilder<'p>, CodecError> {
        self.open_list(Some(len), Some(variant))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<MapBuilder<'p>, CodecError> {
        self.open_map(len, None)
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<MapBuilder<'p>, CodecError> {
        self.open_map(Some(len), None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<MapBuilder<'p>, CodecError> {
        self.open_map(Some(len), Some(variant))
    }
}

/// Returns a map of one entry, as a variant is written.
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

/// Returns a value for a list or variant, where nothing can be absent: NULL for `None` and for an empty set, which both
/// read from NULL.
fn value_or_null(value: Option<AttributeValue>) -> AttributeValue {
    match value {
        Some(value) if !is_empty_set(&value) => value,
        _ => AttributeValue::Null(true),
    }
}

/// Makes a set of a list.
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

/// Whether a value is an empty set, which DynamoDB does not have.
fn is_empty_set(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::Ss(v) | AttributeValue::Ns(v) => v.is_empty(),
        AttributeValue::Bs(v) => v.is_empty(),
        _ => false,
    }
}

/// Whether a value is an empty set or, with `is_set`, the list of which an empty set is made.
fn is_nothing(value: &AttributeValue, is_set: bool) -> bool {
    match value {
        AttributeValue::L(elements) => is_set && elements.is_empty(),
        _ => is_empty_set(value),
    }
}
