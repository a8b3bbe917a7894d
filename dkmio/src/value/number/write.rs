//! Writes a `Number` through serde: its exact text for the codec, and a number where another format can hold it.

use super::{InvalidNumber, Number};
use crate::value::NUMBER_MARKER;
use serde::ser::{Serialize, Serializer};

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NUMBER_MARKER, &self.0)
    }
}

impl Number {
    /// Writes the number as a number in other formats too, if an integer or a float holds it exactly.
    pub(in crate::value) fn serialize_as_number<S: Serializer>(
        &self,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if let Ok(integer) = self.0.parse::<u64>() {
            return serializer.serialize_newtype_struct(NUMBER_MARKER, &integer);
        }
        if let Ok(integer) = self.0.parse::<i64>() {
            return serializer.serialize_newtype_struct(NUMBER_MARKER, &integer);
        }
        match self.0.parse::<f64>() {
            Ok(float) if Self::of_float(float).is_ok_and(|number| number == *self) => {
                serializer.serialize_newtype_struct(NUMBER_MARKER, &float)
            }
            _ => self.serialize(serializer),
        }
    }

    /// Returns the shortest number that reads back as this float.
    pub(in crate::value) fn of_float(value: f64) -> Result<Self, InvalidNumber> {
        format!("{value:e}").parse()
    }
}
