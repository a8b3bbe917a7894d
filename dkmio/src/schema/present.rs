//! Reads one attribute by the functions of its field's `#[serde(with = "..")]`.

use crate::codec::PRESENT;
use serde::de::{Deserialize, Deserializer, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Reads a value that has to be there.
///
/// Serde does not call the functions of a field for an absent attribute. They must not be called for one either where
/// an attribute is read alone, because they may read absence as `None`.
///
/// # Errors
///
/// That the attribute is absent, or what the functions say.
pub fn read_present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(PRESENT, Present(PhantomData))
}

struct Present<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Present<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}
