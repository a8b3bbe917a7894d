//! Keys of items, one behind the other.

use super::output::Output;
use crate::value::{Number, Scalar};
use std::ops::Range;

/// Writes keys in DynamoDB JSON, and each in one form: two keys are the same if and only if what is written of them is.
/// Numbers compare by value.
#[derive(Clone)]
pub(crate) struct KeyWriter {
    output: Output,
}

impl KeyWriter {
    pub(crate) fn new() -> Self {
        Self {
            output: Output::new(Vec::new(), 0),
        }
    }

    /// Writes the key of these attributes. `None`, and nothing is written, if a value is missing.
    pub(crate) fn write<'n, 'v>(
        &mut self,
        attributes: impl Iterator<Item = (&'n str, Option<Scalar<'v>>)>,
    ) -> Option<()> {
        let start = self.output.mark();
        let mut before = b'{';
        for (name, value) in attributes {
            let Some(value) = value else {
                self.output.back_to(start);
                return None;
            };
            self.output.field(before, name);
            self.value(&value);
            before = b',';
        }
        self.output.raw(b"}");
        Some(())
    }

    fn value(&mut self, value: &Scalar<'_>) {
        match value {
            Scalar::S(text) => self.output.string_value(text),
            Scalar::N(text) => {
                let number = text.parse::<Number>();
                self.output.raw(b"{\"N\":");
                // What is no number is left to DynamoDB.
                self.output
                    .string(number.as_ref().map_or(text, Number::as_str));
                self.output.raw(b"}");
            }
            Scalar::B(data) => self.output.binary_value(data),
        }
    }

    pub(crate) fn length(&self) -> usize {
        self.output.length()
    }

    /// Returns a part of what has been written.
    pub(crate) fn part(&self, range: Range<usize>) -> &[u8] {
        self.output.part(range)
    }

    /// Returns all that has been written.
    pub(crate) fn all(&self) -> &[u8] {
        self.part(0..self.length())
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.output.into_parts().0
    }

    /// Forgets what has been written, and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.output.clear();
    }
}
