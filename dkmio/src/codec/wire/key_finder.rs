//! Finds the key of an item that is decoded, to tell which of the requested items it is.

use super::attributes::peek_attributes;
use super::fault::Fault;
use super::reader::Reader;
use crate::value::Scalar;

/// Finds up to two key attributes of the next item without a second pass over it.
pub(crate) struct KeyFinder {
    names: [&'static str; 2],
    start: usize,
    depth: u32,
}

impl KeyFinder {
    /// Begins at an item, before it is decoded. An empty name is no attribute.
    pub(crate) fn begin(reader: &mut Reader<'_>, names: [&'static str; 2]) -> Self {
        reader.record_keys(names);
        Self {
            names,
            start: reader.position(),
            depth: reader.depth(),
        }
    }

    /// Returns the JSON of the values, once the item has been decoded; `None` if the decoder skipped one of them.
    #[inline]
    pub(crate) fn json<'de>(&self, reader: &Reader<'de>) -> Option<[&'de [u8]; 2]> {
        let mut values: [&[u8]; 2] = [b"", b""];
        for (index, (value, name)) in values.iter_mut().zip(self.names).enumerate() {
            if !name.is_empty() {
                let (start, end) = reader.key_offsets(index);
                *value = reader.bytes(start?..end?)?;
            }
        }
        Some(values)
    }

    /// Returns the values that a key can have, once the item has been decoded.
    #[cold]
    pub(crate) fn end<'de>(
        &self,
        reader: &mut Reader<'de>,
    ) -> Result<[Option<Scalar<'de>>; 2], Fault> {
        let end = reader.position();
        let mut found = [None, None];
        for (index, found) in found.iter_mut().enumerate() {
            if let (Some(start), _) = reader.key_offsets(index) {
                reader.rewind(start, self.depth + 1);
                *found = reader.scalar()?;
            }
        }
        // Some ways of reading an item record no offsets, such as a type that reads serde's buffer.
        let wanted = || self.names.iter().filter(|name| !name.is_empty());
        if found.iter().flatten().count() < wanted().count() {
            reader.rewind(self.start, self.depth);
            let is_wanted = |name: &str| self.names.contains(&name);
            for (name, value) in peek_attributes(reader, is_wanted, wanted().count())? {
                for (found, wanted) in found.iter_mut().zip(self.names) {
                    if *wanted == *name {
                        *found = value.scalar()?;
                    }
                }
            }
        }
        reader.rewind(end, self.depth);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::super::decode_item::decode_item;
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only decoded")]
    struct Row {
        id: String,
        at: u32,
        to: String,
    }

    #[test]
    fn a_key_is_found_whatever_names_were_looked_for_before() {
        let id = |n: usize| format!(r#"{{"S":"i{n}"}}"#);
        let at = |n: usize| format!(r#"{{"N":"{n}"}}"#);
        let to = |n: usize| format!(r#"{{"S":"t{n}"}}"#);
        let item = |n| format!(r#"{{"id":{},"at":{},"to":{}}}"#, id(n), at(n), to(n));
        let items: Vec<String> = (0..200).map(item).collect();
        let text = format!("[{}]", items.join(","));
        let mut reader = Reader::new(text.as_bytes()).unwrap();
        let mut elements = reader.array().unwrap();
        for n in 0..200 {
            assert!(reader.next_element(&mut elements).unwrap());
            let (names, expected) = match n / 20 % 3 {
                0 => (["id", "at"], [id(n), at(n)]),
                1 => (["at", "to"], [at(n), to(n)]),
                _ => (["to", ""], [to(n), String::new()]),
            };
            let finder = KeyFinder::begin(&mut reader, names);
            assert_eq!(decode_item::<Row>(&mut reader).unwrap().id, format!("i{n}"));
            let found = finder.json(&reader).unwrap();
            assert_eq!(found, expected.each_ref().map(String::as_bytes));
        }
    }
}
