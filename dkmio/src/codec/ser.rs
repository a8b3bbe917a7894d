//! Rust values to attribute values.

use super::error::{CodecError, Step};
use super::number;
use crate::value::{AttributeValue, Item, NUMBER_MARKER, SetMarker};
use aws_sdk_dynamodb::primitives::Blob;
use serde::ser::{self, Serialize};

/// `None` is what serde's `None` is written as: nothing.
type Encoded = Result<Option<AttributeValue>, CodecError>;

pub(super) struct Serializer;

macro_rules! integers {
    ($($method:ident: $ty:ty),*) => { $(
        fn $method(self, v: $ty) -> Encoded {
            Ok(Some(AttributeValue::N(number::encode(v.to_string())?)))
        }
    )* };
}

impl ser::Serializer for Serializer {
    type Ok = Option<AttributeValue>;
    type Error = CodecError;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Map;
    type SerializeStruct = Map;
    type SerializeStructVariant = Map;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
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

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Encoded {
        value.serialize(self)
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
        let inner = value.serialize(self)?;
        if name == NUMBER_MARKER {
            return match inner {
                Some(AttributeValue::S(text)) => Ok(Some(AttributeValue::N(number::encode(text)?))),
                _ => Err(CodecError::new("expected the text of a number")),
            };
        }
        match SetMarker::of(name) {
            Some(marker) => set(marker, inner).map(Some),
            None => Ok(inner),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Encoded {
        let value = value
            .serialize(Self)
            .map_err(|e| e.within_name(variant))?
            .unwrap_or(AttributeValue::Null(true));
        Ok(Some(single(variant, value)))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List, CodecError> {
        Ok(List::new(len, None))
    }

    fn serialize_tuple(self, len: usize) -> Result<List, CodecError> {
        Ok(List::new(Some(len), None))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<List, CodecError> {
        Ok(List::new(Some(len), None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<List, CodecError> {
        Ok(List::new(Some(len), Some(variant)))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Map, CodecError> {
        Ok(Map::new(len, None))
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Map, CodecError> {
        Ok(Map::new(Some(len), None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Map, CodecError> {
        Ok(Map::new(Some(len), Some(variant)))
    }
}

fn single(name: &str, value: AttributeValue) -> AttributeValue {
    AttributeValue::M(Item::from([(name.to_owned(), value)]))
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

/// Whether this is an empty set, which DynamoDB does not have.
fn is_empty_set(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::Ss(v) | AttributeValue::Ns(v) => v.is_empty(),
        AttributeValue::Bs(v) => v.is_empty(),
        _ => false,
    }
}

pub(super) struct List {
    elements: Vec<AttributeValue>,
    variant: Option<&'static str>,
}

impl List {
    fn new(len: Option<usize>, variant: Option<&'static str>) -> Self {
        Self {
            elements: Vec::with_capacity(len.unwrap_or(0)),
            variant,
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let here = |e: CodecError| e.within(Step::Index(self.elements.len()));
        let value = value
            .serialize(Serializer)
            .map_err(here)?
            .unwrap_or(AttributeValue::Null(true));
        if is_empty_set(&value) {
            return Err(here(CodecError::new(
                "an empty set cannot stand in a list: DynamoDB has no empty sets",
            )));
        }
        self.elements.push(value);
        Ok(())
    }

    fn finish(self) -> Encoded {
        let list = AttributeValue::L(self.elements);
        Ok(Some(match self.variant {
            Some(variant) => single(variant, list),
            None => list,
        }))
    }
}

macro_rules! list {
    ($($trait:ident::$method:ident),*) => { $(
        impl ser::$trait for List {
            type Ok = Option<AttributeValue>;
            type Error = CodecError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
                self.push(value)
            }

            fn end(self) -> Encoded {
                self.finish()
            }
        }
    )* };
}
list! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field, SerializeTupleVariant::serialize_field
}

pub(super) struct Map {
    entries: Item,
    key: Option<String>,
    variant: Option<&'static str>,
}

impl Map {
    fn new(len: Option<usize>, variant: Option<&'static str>) -> Self {
        Self {
            entries: Item::with_capacity(len.unwrap_or(0)),
            key: None,
            variant,
        }
    }

    fn insert<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), CodecError> {
        match value.serialize(Serializer) {
            Ok(Some(value)) if !is_empty_set(&value) => {
                self.entries.insert(name, value);
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(e) => Err(e.within(Step::Name(name))),
        }
    }

    fn finish(self) -> Encoded {
        let map = AttributeValue::M(self.entries);
        Ok(Some(match self.variant {
            Some(variant) => single(variant, map),
            None => map,
        }))
    }
}

impl ser::SerializeMap for Map {
    type Ok = Option<AttributeValue>;
    type Error = CodecError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        self.key = Some(match key.serialize(Serializer)? {
            Some(AttributeValue::S(text) | AttributeValue::N(text)) => text,
            Some(AttributeValue::Bool(value)) => value.to_string(),
            _ => return Err(CodecError::new("the name of a map entry must be a string")),
        });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        match self.key.take() {
            Some(name) => self.insert(name, value),
            None => Err(CodecError::new("a map value was written before its name")),
        }
    }

    fn end(self) -> Encoded {
        self.finish()
    }
}

macro_rules! structs {
    ($($trait:ident),*) => { $(
        impl ser::$trait for Map {
            type Ok = Option<AttributeValue>;
            type Error = CodecError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
                self.insert(name.to_owned(), value)
            }

            fn end(self) -> Encoded {
                self.finish()
            }
        }
    )* };
}
structs!(SerializeStruct, SerializeStructVariant);
