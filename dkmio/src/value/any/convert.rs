//! Converts a `Value` from Rust values, and from and to the SDK's `AttributeValue`.

use super::Value;
use crate::value::{AttributeValue, Bytes, InvalidNumber, Item, Number, Set};
use aws_sdk_dynamodb::primitives::Blob;
use std::collections::BTreeMap;

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
