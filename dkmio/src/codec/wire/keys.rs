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

    /// Writes the key of these attributes, and returns where the values of the first two stand. `None`, and nothing is
    /// written, if a value is missing.
    pub(crate) fn write<'n, 'v>(
        &mut self,
        attributes: impl Iterator<Item = (&'n str, Option<Scalar<'v>>)>,
    ) -> Option<[Range<usize>; 2]> {
        let start = self.length();
        let mut values = [0..0, 0..0];
        for (index, (name, value)) in attributes.enumerate() {
            let Some(value) = value else {
                self.truncate(start);
                return None;
            };
            let place = self.attribute(index, name, &value);
            if let Some(to) = values.get_mut(index) {
                *to = place;
            }
        }
        self.close();
        Some(values)
    }

    /// Writes the next attribute of a key, of which the first one opens the key. Returns where its value stands.
    #[inline]
    pub(crate) fn attribute(
        &mut self,
        index: usize,
        name: &str,
        value: &Scalar<'_>,
    ) -> Range<usize> {
        let before = if index == 0 { b'{' } else { b',' };
        self.output.field(before, name);
        let start = self.length();
        self.value(value);
        start..self.length()
    }

    /// Writes what stands between two keys.
    pub(crate) fn separate(&mut self) {
        self.output.raw(b",");
    }

    /// Ends a key.
    pub(crate) fn close(&mut self) {
        self.output.raw(b"}");
    }

    /// Goes back to a length.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.output.truncate(length);
    }

    /// Makes room for so many bytes more.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.output.reserve(more);
    }

    #[inline]
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

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.output.into_parts().0
    }
}
