//! Reads a `Value` through serde: whatever there is, sets and exact numbers included.

use super::Value;
use crate::value::{Bytes, Number, Set};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use std::collections::BTreeMap;
use std::fmt;

/// How many levels of lists and maps a value may have: the 32 that DynamoDB takes, and the map of an item.
const MAX_LEVELS: u8 = 33;

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Levels(MAX_LEVELS).deserialize(deserializer)
    }
}

/// How many levels of lists and maps may still be opened. A value of any depth would overflow the stack when it is dropped.
#[derive(Clone, Copy)]
struct Levels(u8);

impl<'de> DeserializeSeed<'de> for Levels {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor {
            levels: self,
            within_newtype: false,
        })
    }
}

impl Levels {
    /// Returns the levels left in a list or map that is opened here.
    fn opened<E: serde::de::Error>(self) -> Result<Self, E> {
        let levels = self.0.checked_sub(1).map(Self);
        levels.ok_or_else(|| {
            E::custom(
                "nested more than 32 levels deep, which is all that DynamoDB takes of lists and maps",
            )
        })
    }
}

struct ValueVisitor {
    levels: Levels,
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
            ..self
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
        // A set is no level of its own, and its elements have none.
        let levels = self.levels.opened()?;
        while let Some(element) = seq.next_element_seed(levels)? {
            elements.push(element);
        }
        if !self.within_newtype {
            return Ok(Value::L(elements));
        }
        set(elements).ok_or_else(|| A::Error::custom("a set holds strings, numbers or binary data"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = BTreeMap::new();
        let levels = self.levels.opened()?;
        while let Some(name) = map.next_key()? {
            entries.insert(name, map.next_value_seed(levels)?);
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
