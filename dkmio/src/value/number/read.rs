//! Reads a `Number` through serde, from the codec, from serde's buffers and from other formats.

use super::Number;
use crate::value::NUMBER_MARKER;
use serde::de::{Deserialize, Deserializer, Unexpected, Visitor};
use std::fmt;

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NUMBER_MARKER, NumberVisitor::new(false))
    }
}

impl Number {
    /// Reads a number, also from its text as a string.
    #[cfg(feature = "rust_decimal")]
    pub(in crate::value) fn deserialize_lenient<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        // Not `NUMBER_MARKER`, because the codec accepts no string under that name.
        deserializer.deserialize_newtype_struct("$dkmio::Decimal", NumberVisitor::new(true))
    }
}

/// Reads a number of any format.
struct NumberVisitor {
    takes_text: bool,
    /// How many newtypes the visitor has entered.
    within: u8,
}

impl NumberVisitor {
    fn new(takes_text: bool) -> Self {
        Self {
            takes_text,
            within: 0,
        }
    }
}

/// Returns `true` for serde's buffer of what the codec reads, which the names of its types show. A string in that
/// buffer was stored as a string, because the codec hands numbers over inside newtypes.
fn is_buffer<D>() -> bool {
    let name = std::any::type_name::<D>();
    name.contains("Content") && name.contains("CodecError")
}

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Number, D::Error> {
        // The codec puts the text of a number inside two newtypes or more; other formats put their text inside one or
        // none.
        d.deserialize_any(Self {
            takes_text: self.takes_text || self.within > 0 || !is_buffer::<D>(),
            within: self.within.saturating_add(1),
        })
    }

    fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Number, E> {
        if self.within > 0 && !self.takes_text {
            return Err(E::invalid_type(Unexpected::Str(v), &self));
        }
        v.parse().map_err(E::custom)
    }

    fn visit_i64<E>(self, v: i64) -> Result<Number, E> {
        Ok(v.into())
    }

    fn visit_u64<E>(self, v: u64) -> Result<Number, E> {
        Ok(v.into())
    }

    fn visit_i128<E: serde::de::Error>(self, v: i128) -> Result<Number, E> {
        v.to_string().parse().map_err(E::custom)
    }

    fn visit_u128<E: serde::de::Error>(self, v: u128) -> Result<Number, E> {
        v.to_string().parse().map_err(E::custom)
    }

    fn visit_f64<E: serde::de::Error>(self, v: f64) -> Result<Number, E> {
        Number::of_float(v).map_err(E::custom)
    }
}
