//! Writes a struct by the names of its fields, as serde's derive does, without the code that the derive writes for each
//! struct.

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The fields of a struct, in order: `(&a, (&b, ()))`, where those that may be left out are [`Unless`].
pub trait WrittenFields {
    /// Returns how many fields are written.
    fn count(&self) -> usize;

    /// Writes the fields; the names begin with the first field's.
    ///
    /// # Errors
    ///
    /// What the serializer says.
    fn write<S: SerializeStruct>(
        &self,
        names: &'static [&'static str],
        state: &mut S,
    ) -> Result<(), S::Error>;
}

/// A field with `#[serde(skip_serializing_if = "..")]`; `true` if it is left out.
pub struct Unless<'a, T>(pub bool, pub &'a T);

impl WrittenFields for () {
    fn count(&self) -> usize {
        0
    }

    fn write<S: SerializeStruct>(
        &self,
        _: &'static [&'static str],
        _: &mut S,
    ) -> Result<(), S::Error> {
        Ok(())
    }
}

impl<H: Serialize, T: WrittenFields> WrittenFields for (&H, T) {
    fn count(&self) -> usize {
        1 + self.1.count()
    }

    fn write<S: SerializeStruct>(
        &self,
        names: &'static [&'static str],
        state: &mut S,
    ) -> Result<(), S::Error> {
        let (name, names) = super::read_fields::first(names);
        state.serialize_field(name, self.0)?;
        self.1.write(names, state)
    }
}

impl<H: Serialize, T: WrittenFields> WrittenFields for (Unless<'_, H>, T) {
    fn count(&self) -> usize {
        usize::from(!self.0.0) + self.1.count()
    }

    fn write<S: SerializeStruct>(
        &self,
        names: &'static [&'static str],
        state: &mut S,
    ) -> Result<(), S::Error> {
        let (name, names) = super::read_fields::first(names);
        let Unless(left_out, value) = &self.0;
        if *left_out {
            state.skip_field(name)?;
        } else {
            state.serialize_field(name, *value)?;
        }
        self.1.write(names, state)
    }
}

/// Writes the fields of a struct; `names` are what they are called.
///
/// # Errors
///
/// What the serializer says.
pub fn write_fields<S: Serializer>(
    serializer: S,
    name: &'static str,
    names: &'static [&'static str],
    fields: &impl WrittenFields,
) -> Result<S::Ok, S::Error> {
    let mut state = serializer.serialize_struct(name, fields.count())?;
    fields.write(names, &mut state)?;
    state.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_written_is_counted() {
        let fields = (
            &1u8,
            (Unless(true, &"left out"), (Unless(false, &"written"), ())),
        );
        assert_eq!(fields.count(), 2);
    }
}
