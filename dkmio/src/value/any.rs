//! A value of any of DynamoDB's types, which keeps what it was.

use super::marker::{BINARY_MARKER, EMPTY_SET_MARKER};
use super::{AttributeValue, Bytes, InvalidNumber, Item, Number, Set, SetMarker};
use aws_sdk_dynamodb::primitives::Blob;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// A value of any of DynamoDB's ten types, with exact numbers: for attributes that a model does not know.
///
/// In a catch-all, `#[serde(flatten)] rest: BTreeMap<String, Value>`, or as a field, it reads whatever is stored and writes it
/// back as it was: sets stay sets, numbers keep their digits, binary data stays binary. It converts from and to the SDK's
/// [`AttributeValue`], so that items of `.raw()` can be worked on with it.
///
/// Another format of serde, such as JSON, writes it as one would by hand: a number as a number where the format's integers and
/// floats hold it exactly, and as text otherwise, a set as a list, binary data as base64. What such a format reads has no sets
/// and no binary data.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoTable, Value};
/// use serde::{Deserialize, Serialize};
/// use std::collections::BTreeMap;
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "documents")]
/// struct Documents {
///     #[pk]
///     id: String,
///     title: String,
///     #[serde(flatten)]
///     rest: BTreeMap<String, Value>, // what other programs have written
/// }
///
/// let value = Value::from("text");
/// assert_eq!(value, Value::S("text".to_owned()));
/// assert_eq!(serde_json::to_string(&Value::from(7))?, "7");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A string.
    S(String),
    /// A number, with its exact digits.
    N(Number),
    /// Binary data.
    B(Bytes),
    /// A boolean.
    Bool(bool),
    /// NULL.
    Null,
    /// A list.
    L(Vec<Value>),
    /// A map.
    M(BTreeMap<String, Value>),
    /// A string set. Writing an empty set is an error, because DynamoDB has none.
    Ss(Set<String>),
    /// A number set.
    Ns(Set<Number>),
    /// A binary set.
    Bs(Set<Bytes>),
}

macro_rules! from {
    ($($source:ty: $value:ident => $made:expr;)*) => { $(
        impl From<$source> for Value {
            fn from($value: $source) -> Self {
                $made
            }
        }
    )* };
}
from! {
    &str: text => Self::S(text.to_owned());
    String: text => Self::S(text);
    Number: number => Self::N(number);
    u8: number => Self::N(number.into());
    u16: number => Self::N(number.into());
    u32: number => Self::N(number.into());
    u64: number => Self::N(number.into());
    i8: number => Self::N(number.into());
    i16: number => Self::N(number.into());
    i32: number => Self::N(number.into());
    i64: number => Self::N(number.into());
    bool: value => Self::Bool(value);
    Bytes: bytes => Self::B(bytes);
    Vec<Self>: elements => Self::L(elements);
    BTreeMap<String, Self>: entries => Self::M(entries);
    Set<String>: elements => Self::Ss(elements);
    Set<Number>: elements => Self::Ns(elements);
    Set<Bytes>: elements => Self::Bs(elements);
}

impl Value {
    /// Returns the values of an item, such as one of `.raw()`.
    ///
    /// # Errors
    ///
    /// [`InvalidNumber`] for a number that DynamoDB does not store, and so does not return.
    pub fn of_item(item: Item) -> Result<BTreeMap<String, Self>, InvalidNumber> {
        item.into_iter()
            .map(|(name, value)| Ok((name, value.try_into()?)))
            .collect()
    }
}

/// Fails with [`InvalidNumber`] for a number that DynamoDB does not store, and so does not return.
impl TryFrom<AttributeValue> for Value {
    type Error = InvalidNumber;

    fn try_from(value: AttributeValue) -> Result<Self, InvalidNumber> {
        let bytes = |blob: Blob| Bytes::from(blob.into_inner());
        Ok(match value {
            AttributeValue::S(text) => Self::S(text),
            AttributeValue::N(text) => Self::N(text.parse()?),
            AttributeValue::B(blob) => Self::B(bytes(blob)),
            AttributeValue::Bool(value) => Self::Bool(value),
            AttributeValue::L(elements) => Self::L(
                elements
                    .into_iter()
                    .map(Self::try_from)
                    .collect::<Result<_, _>>()?,
            ),
            AttributeValue::M(entries) => Self::M(Self::of_item(entries)?),
            AttributeValue::Ss(elements) => Self::Ss(elements.into_iter().collect()),
            AttributeValue::Ns(elements) => {
                let numbers = elements.iter().map(|text| text.parse::<Number>());
                Self::Ns(numbers.collect::<Result<Vec<_>, _>>()?.into())
            }
            AttributeValue::Bs(elements) => Self::Bs(elements.into_iter().map(bytes).collect()),
            // A type that a later SDK adds: DynamoDB has these ten.
            _ => Self::Null,
        })
    }
}

impl From<Value> for AttributeValue {
    fn from(value: Value) -> Self {
        let blob = |bytes: Bytes| Blob::new(bytes.into_vec());
        match value {
            Value::S(text) => Self::S(text),
            Value::N(number) => Self::N(number.to_string()),
            Value::B(bytes) => Self::B(blob(bytes)),
            Value::Bool(value) => Self::Bool(value),
            Value::Null => Self::Null(true),
            Value::L(elements) => Self::L(elements.into_iter().map(Self::from).collect()),
            Value::M(entries) => Self::M(
                entries
                    .into_iter()
                    .map(|(name, value)| (name, value.into()))
                    .collect(),
            ),
            Value::Ss(elements) => Self::Ss(elements.into_iter().collect()),
            Value::Ns(elements) => Self::Ns(elements.iter().map(Number::to_string).collect()),
            Value::Bs(elements) => Self::Bs(elements.into_iter().map(blob).collect()),
        }
    }
}

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

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor {
            within_newtype: false,
        })
    }
}

struct ValueVisitor {
    /// `true` inside the codec's newtypes, which hold the elements of a set or the text of a number.
    within_newtype: bool,
}

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(Self {
            within_newtype: true,
        })
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        if self.within_newtype {
            return text.parse().map(Value::N).map_err(E::custom);
        }
        Ok(Value::S(text.to_owned()))
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Value, E> {
        if self.within_newtype {
            return self.visit_str(&text);
        }
        Ok(Value::S(text))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u128<E: serde::de::Error>(self, number: u128) -> Result<Value, E> {
        number.to_string().parse().map(Value::N).map_err(E::custom)
    }

    fn visit_i128<E: serde::de::Error>(self, number: i128) -> Result<Value, E> {
        number.to_string().parse().map(Value::N).map_err(E::custom)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        Number::of_float(number).map(Value::N).map_err(E::custom)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Value, E> {
        Ok(Value::B(Bytes::from(bytes.to_vec())))
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Value, E> {
        Ok(Value::B(Bytes::from(bytes)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut elements = Vec::with_capacity(seq.size_hint().unwrap_or(0).min(1024));
        while let Some(element) = seq.next_element()? {
            elements.push(element);
        }
        if !self.within_newtype {
            return Ok(Value::L(elements));
        }
        set(elements).ok_or_else(|| A::Error::custom("a set holds strings, numbers or binary data"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some((name, value)) = map.next_entry()? {
            entries.insert(name, value);
        }
        Ok(Value::M(entries))
    }
}

/// Makes a set of elements, which are all of one type.
fn set(elements: Vec<Value>) -> Option<Value> {
    Some(match elements.first()? {
        Value::S(_) => Value::Ss(all(elements, |element| match element {
            Value::S(text) => Some(text),
            _ => None,
        })?),
        Value::N(_) => Value::Ns(all(elements, |element| match element {
            Value::N(number) => Some(number),
            _ => None,
        })?),
        _ => Value::Bs(all(elements, |element| match element {
            Value::B(bytes) => Some(bytes),
            _ => None,
        })?),
    })
}

fn all<T: Ord>(elements: Vec<Value>, pick: impl Fn(Value) -> Option<T>) -> Option<Set<T>> {
    let elements: Option<Vec<T>> = elements.into_iter().map(pick).collect();
    Some(Set::from(elements?))
}
