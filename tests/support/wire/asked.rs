//! A type that asks for anything: which of serde's methods it calls, and what it makes of errors, is decided by a number.

use serde::Deserialize;
use serde::de::{
    Deserializer, EnumAccess, Error as _, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

/// What a value was read as.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// It did not look.
    Left,
    /// It passed over the error.
    Failed,
    Unit,
    None,
    Some(Box<Asked>),
    Newtype(Box<Asked>),
    Bool(bool),
    Signed(i128),
    Unsigned(u128),
    /// The bits, for NaN is unequal to itself.
    Float(u64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Asked>),
    Map(BTreeMap<String, Asked>),
    Variant(String, Box<Asked>),
}

thread_local! {
    static QUESTION: Cell<u64> = const { Cell::new(0) };
}

/// Sets what [`Asked`] asks for from now on, in this thread.
pub fn asking(question: u64) {
    QUESTION.set(question);
}

impl<'de> Deserialize<'de> for Asked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ask(QUESTION.get()).read(deserializer)
    }
}

#[derive(Clone, Copy)]
struct Ask(u64);

impl Ask {
    fn about(self, part: &[u8]) -> Self {
        let mut hash = self.0 ^ 0xcbf2_9ce4_8422_2325;
        for byte in part {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
        Self(hash ^ (hash >> 29))
    }

    fn of(self, choices: u64) -> u64 {
        self.about(b"?").0 % choices
    }

    fn read<'de, D: Deserializer<'de>>(self, d: D) -> Result<Asked, D::Error> {
        const FIELDS: &[&str] = &["a", "b", "text"];
        let inner = AskVisitor(self.about(b"inner"));
        // Half of all ask for whatever there is.
        match self.of(80) {
            0 => d.deserialize_bool(inner),
            1 => d.deserialize_i8(inner),
            2 => d.deserialize_i16(inner),
            3 => d.deserialize_i32(inner),
            4 => d.deserialize_i64(inner),
            5 => d.deserialize_i128(inner),
            6 => d.deserialize_u8(inner),
            7 => d.deserialize_u16(inner),
            8 => d.deserialize_u32(inner),
            9 => d.deserialize_u64(inner),
            10 => d.deserialize_u128(inner),
            11 => d.deserialize_f32(inner),
            12 => d.deserialize_f64(inner),
            13 => char::deserialize(d).map(|c| Asked::Text(c.into())),
            14 | 15 => d.deserialize_str(inner),
            16 => d.deserialize_string(inner),
            17 => d.deserialize_bytes(inner),
            18 => d.deserialize_byte_buf(inner),
            19 | 20 => d.deserialize_option(inner),
            21 => d.deserialize_unit(inner),
            22 => d.deserialize_unit_struct("Unit", inner),
            23 | 24 => d.deserialize_newtype_struct("Newtype", inner),
            25 => d.deserialize_newtype_struct("$dkmio::Number", inner),
            26 | 27 => d.deserialize_seq(inner),
            28 => d.deserialize_tuple(2, inner),
            29 => d.deserialize_tuple_struct("Tuple", 2, inner),
            30 | 31 => d.deserialize_map(inner),
            32 => d.deserialize_struct("Struct", FIELDS, inner),
            33..36 => d.deserialize_enum("Enum", FIELDS, inner),
            36 => d.deserialize_identifier(inner),
            37 => IgnoredAny::deserialize(d).map(|_| Asked::Left),
            38 => Ok(Asked::Left),
            39 => Err(D::Error::custom("refused")),
            40..44 => Ok(inner.0.read(d).unwrap_or(Asked::Failed)),
            44 => dkmio::Number::deserialize(d).map(|n| Asked::Text(n.to_string())),
            45 => dkmio::Bytes::deserialize(d).map(|b| Asked::Bytes(b.into_vec())),
            46 => dkmio::Set::<String>::deserialize(d)
                .map(|set| Asked::List(set.into_iter().map(Asked::Text).collect())),
            47 => <(u8, String)>::deserialize(d).map(|(_, text)| Asked::Text(text)),
            _ => d.deserialize_any(inner),
        }
    }
}

impl<'de> serde::de::DeserializeSeed<'de> for Ask {
    type Value = Asked;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Asked, D::Error> {
        self.read(deserializer)
    }
}

struct AskVisitor(Ask);

impl<'de> Visitor<'de> for AskVisitor {
    type Value = Asked;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("whatever was asked for")
    }

    fn visit_bool<E>(self, v: bool) -> Result<Asked, E> {
        Ok(Asked::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Asked, E> {
        Ok(Asked::Signed(v.into()))
    }

    fn visit_i128<E>(self, v: i128) -> Result<Asked, E> {
        Ok(Asked::Signed(v))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Asked, E> {
        Ok(Asked::Unsigned(v.into()))
    }

    fn visit_u128<E>(self, v: u128) -> Result<Asked, E> {
        Ok(Asked::Unsigned(v))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Asked, E> {
        Ok(Asked::Float(v.to_bits()))
    }

    fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Asked, E> {
        if self.0.of(16) == 0 {
            return Err(E::invalid_value(serde::de::Unexpected::Str(v), &self));
        }
        Ok(Asked::Text(v.to_owned()))
    }

    fn visit_bytes<E>(self, v: &[u8]) -> Result<Asked, E> {
        Ok(Asked::Bytes(v.to_vec()))
    }

    fn visit_unit<E>(self) -> Result<Asked, E> {
        Ok(Asked::Unit)
    }

    fn visit_none<E>(self) -> Result<Asked, E> {
        Ok(Asked::None)
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Asked, D::Error> {
        self.0.read(d).map(|inner| Asked::Some(Box::new(inner)))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Asked, D::Error> {
        self.0.read(d).map(|inner| Asked::Newtype(Box::new(inner)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Asked, A::Error> {
        let most = match self.0.of(8) {
            0 => 0,
            1 => 1,
            2 => 2,
            _ => usize::MAX,
        };
        let tough = self.0.about(b"tough").of(4) == 0;
        let mut all = Vec::new();
        while all.len() < most {
            let ask = self.0.about(&[all.len() as u8]);
            match seq.next_element_seed(ask) {
                Ok(Some(element)) => all.push(element),
                Ok(None) => break,
                // A fault in the JSON would come for ever.
                Err(_) if tough && all.len() < 20 => all.push(Asked::Failed),
                Err(e) => return Err(e),
            }
        }
        Ok(Asked::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Asked, A::Error> {
        let mut all = BTreeMap::new();
        let names = self.0.about(b"names").of(24);
        if names == 0 {
            return Ok(Asked::Map(all));
        }
        loop {
            let name = match names {
                1 => map.next_key::<i64>()?.map(|n| n.to_string()),
                2 => map.next_key::<bool>()?.map(|n| n.to_string()),
                3 => map.next_key::<Option<String>>()?.map(|n| format!("{n:?}")),
                4 => map.next_key::<Wrapped>()?.map(|n| n.0),
                5 => map.next_key::<Letter>()?.map(|n| format!("{n:?}")),
                _ => map.next_key::<String>()?,
            };
            let Some(name) = name else {
                return Ok(Asked::Map(all));
            };
            let ask = self.0.about(name.as_bytes());
            let value = match ask.of(16) {
                // The value is left where it is.
                0 => Asked::Left,
                1 => map.next_value_seed(ask).unwrap_or(Asked::Failed),
                _ => map.next_value_seed(ask)?,
            };
            all.insert(name, value);
        }
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Asked, A::Error> {
        let (name, content) = data.variant::<String>()?;
        let ask = self.0.about(name.as_bytes());
        let inner = match self.0.of(6) {
            0 => {
                content.unit_variant()?;
                Asked::Unit
            }
            1 => content.tuple_variant(2, AskVisitor(ask))?,
            2 => content.struct_variant(&["a", "b"], AskVisitor(ask))?,
            3 => Asked::Left,
            _ => content.newtype_variant_seed(ask)?,
        };
        Ok(Asked::Variant(name, Box::new(inner)))
    }
}

#[derive(Deserialize)]
struct Wrapped(String);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Letter {
    A,
    B,
}
