//! Values as the cases write them, in DynamoDB's JSON.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use dkmio::aws_sdk_dynamodb::primitives::Blob;
use dkmio::{AttributeValue, Bytes, Number, Set};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;
use std::error::Error;
use std::fmt;

pub(crate) type Item = HashMap<String, Value>;
pub(crate) type SdkItem = HashMap<String, AttributeValue>;

/// A value; equal if DynamoDB takes it for the same, whatever the text of a number or the order of a set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Value {
    S(String),
    N(Number),
    #[serde(deserialize_with = "binary")]
    B(Bytes),
    Bool(bool),
    Null(bool),
    L(Vec<Value>),
    M(Item),
    Ss(Set<String>),
    Ns(Set<Number>),
    #[serde(deserialize_with = "binary_set")]
    Bs(Set<Bytes>),
}

/// As an operand of an expression: with dkmio's own types, and so through its codec.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::S(text) => text.serialize(serializer),
            Self::N(number) => number.serialize(serializer),
            Self::B(bytes) => bytes.serialize(serializer),
            Self::Bool(value) => value.serialize(serializer),
            Self::Null(_) => ().serialize(serializer),
            Self::L(list) => list.serialize(serializer),
            Self::M(map) => map.serialize(serializer),
            Self::Ss(set) => set.serialize(serializer),
            Self::Ns(set) => set.serialize(serializer),
            Self::Bs(set) => set.serialize(serializer),
        }
    }
}

/// As the SDK takes it, past dkmio: for keys, items and what else is no expression.
impl From<&Value> for AttributeValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::S(text) => Self::S(text.clone()),
            Value::N(number) => Self::N(number.to_string()),
            Value::B(bytes) => Self::B(Blob::new(bytes.as_ref())),
            Value::Bool(value) => Self::Bool(*value),
            Value::Null(value) => Self::Null(*value),
            Value::L(list) => Self::L(list.iter().map(Self::from).collect()),
            Value::M(map) => Self::M(to_sdk(map)),
            Value::Ss(set) => Self::Ss(set.iter().cloned().collect()),
            Value::Ns(set) => Self::Ns(set.iter().map(Number::to_string).collect()),
            Value::Bs(set) => Self::Bs(set.iter().map(|b| Blob::new(b.as_ref())).collect()),
        }
    }
}

/// Why an answer of the engine does not read as a value.
#[derive(Debug)]
pub(crate) struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no value of the cases: {}", self.0)
    }
}

impl Error for Unreadable {}

impl TryFrom<AttributeValue> for Value {
    type Error = Unreadable;

    fn try_from(value: AttributeValue) -> Result<Self, Unreadable> {
        Ok(match value {
            AttributeValue::S(text) => Self::S(text),
            AttributeValue::N(text) => Self::N(number(&text)?),
            AttributeValue::B(blob) => Self::B(blob.into_inner().into()),
            AttributeValue::Bool(value) => Self::Bool(value),
            AttributeValue::Null(value) => Self::Null(value),
            AttributeValue::L(list) => Self::L(
                list.into_iter()
                    .map(Self::try_from)
                    .collect::<Result<_, _>>()?,
            ),
            AttributeValue::M(map) => Self::M(from_sdk(map)?),
            AttributeValue::Ss(set) => Self::Ss(set.into()),
            AttributeValue::Ns(set) => {
                let numbers: Vec<Number> =
                    set.iter().map(|n| number(n)).collect::<Result<_, _>>()?;
                Self::Ns(numbers.into())
            }
            AttributeValue::Bs(set) => Self::Bs(set.into_iter().map(Blob::into_inner).collect()),
            other => return Err(Unreadable(format!("{other:?}"))),
        })
    }
}

pub(crate) fn to_sdk(item: &Item) -> SdkItem {
    item.iter()
        .map(|(name, value)| (name.clone(), value.into()))
        .collect()
}

pub(crate) fn from_sdk(item: SdkItem) -> Result<Item, Unreadable> {
    item.into_iter()
        .map(|(name, value)| Ok((name, value.try_into()?)))
        .collect()
}

fn number(text: &str) -> Result<Number, Unreadable> {
    text.parse()
        .map_err(|error| Unreadable(format!("{text:?}: {error}")))
}

fn binary<'de, D: Deserializer<'de>>(from: D) -> Result<Bytes, D::Error> {
    decode(&String::deserialize(from)?).map_err(D::Error::custom)
}

fn binary_set<'de, D: Deserializer<'de>>(from: D) -> Result<Set<Bytes>, D::Error> {
    Vec::<String>::deserialize(from)?
        .iter()
        .map(|text| decode(text).map_err(D::Error::custom))
        .collect()
}

fn decode(text: &str) -> Result<Bytes, base64::DecodeError> {
    BASE64_STANDARD.decode(text).map(Bytes::from)
}
