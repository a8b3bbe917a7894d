//! Writes keys one after the other, for batches, which compare keys by their JSON.

use super::json_writer::JsonWriter;
use crate::value::{Number, Scalar};
use std::ops::Range;

/// Writes keys in DynamoDB JSON. Two keys are equal if and only if their JSON is, because numbers are written
/// canonically.
#[derive(Clone)]
pub(crate) struct KeyWriter {
    json: JsonWriter,
}

impl KeyWriter {
    pub(crate) fn new() -> Self {
        Self {
            json: JsonWriter::new(Vec::new(), 0),
        }
    }

    /// Writes the key of these attributes, and returns the ranges of the first two values. Returns `None` and writes
    /// nothing if a value is missing.
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
            let range = self.attribute(index, name, &value);
            if let Some(to) = values.get_mut(index) {
                *to = range;
            }
        }
        self.close();
        Some(values)
    }

    /// Writes the attribute of this index in a key; index 0 opens the key. Returns the range of the value.
    #[inline]
    pub(crate) fn attribute(
        &mut self,
        index: usize,
        name: &str,
        value: &Scalar<'_>,
    ) -> Range<usize> {
        let before = if index == 0 { b'{' } else { b',' };
        self.json.field(before, name);
        let start = self.length();
        self.value(value);
        start..self.length()
    }

    /// Writes the comma between two keys.
    pub(crate) fn separate(&mut self) {
        self.json.raw(b",");
    }

    /// Closes a key.
    pub(crate) fn close(&mut self) {
        self.json.raw(b"}");
    }

    /// Forgets what has been written after this length.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.json.truncate(length);
    }

    /// Makes room for `more` bytes.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.json.reserve(more);
    }

    #[inline]
    fn value(&mut self, value: &Scalar<'_>) {
        match value {
            Scalar::S(text) => self.json.string_value(text),
            Scalar::N(text) => {
                let number = text.parse::<Number>();
                self.json.raw(b"{\"N\":");
                // A text that is no number is for DynamoDB to refuse.
                self.json
                    .string(number.as_ref().map_or(text, Number::as_str));
                self.json.raw(b"}");
            }
            Scalar::B(data) => self.json.binary_value(data),
        }
    }

    pub(crate) fn length(&self) -> usize {
        self.json.length()
    }

    /// Returns a part of what has been written.
    pub(crate) fn part(&self, range: Range<usize>) -> &[u8] {
        self.json.part(range)
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.json.into_parts().0
    }
}
