//! Writes a `Value` through serde: as it was for the codec, and as one would by hand in other formats.

use super::Value;
use crate::value::marker::{BINARY_MARKER, EMPTY_SET_MARKER};
use crate::value::{Number, SetMarker};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{Serialize, Serializer};

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::S(text) => serializer.serialize_str(text),
            Self::N(number) => number.serialize_as_number(serializer),
            Self::B(bytes) => Base64(bytes.as_ref()).serialize(serializer),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Null => serializer.serialize_unit(),
            Self::L(elements) => serializer.collect_seq(elements),
            Self::M(entries) => serializer.collect_map(entries),
            Self::Ss(elements) if !elements.is_empty() => elements.serialize(serializer),
            Self::Ns(elements) if !elements.is_empty() => {
                let elements: Vec<Exact<'_>> = elements.iter().map(Exact).collect();
                serializer.serialize_newtype_struct(SetMarker::Numbers.name(), &elements)
            }
            Self::Bs(elements) if !elements.is_empty() => {
                let elements: Vec<Base64<'_>> = elements
                    .iter()
                    .map(|bytes| Base64(bytes.as_ref()))
                    .collect();
                serializer.serialize_newtype_struct(SetMarker::Binary.name(), &elements)
            }
            Self::Ss(_) | Self::Ns(_) | Self::Bs(_) => {
                serializer.serialize_newtype_struct(EMPTY_SET_MARKER, &[(); 0])
            }
        }
    }
}

/// A number that other formats write as a number if an integer or a float of theirs holds it exactly.
struct Exact<'a>(&'a Number);

impl Serialize for Exact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_as_number(serializer)
    }
}

/// Binary data, as base64 in other formats.
struct Base64<'a>(&'a [u8]);

impl Serialize for Base64<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(BINARY_MARKER, &STANDARD.encode(self.0))
    }
}
