//! Finds the key of an item that a reader is about to decode.

use super::fault::Fault;
use super::peek_attributes;
use super::reader::Reader;
use crate::value::Scalar;

/// Finds up to two attributes of the item that is read next, by the way, if a key can have their values.
pub(crate) struct KeyFinder {
    names: [&'static str; 2],
    start: usize,
    depth: u32,
}

impl KeyFinder {
    /// Begins where the reader stands at the item. Names that are empty are none.
    pub(crate) fn begin(reader: &mut Reader<'_>, names: [&'static str; 2]) -> Self {
        reader.watch(names);
        Self {
            names,
            start: reader.position(),
            depth: reader.depth(),
        }
    }

    /// Returns the JSON of their values as it stands there, when the reader stands behind the item; `None` if not all of
    /// them were come by.
    #[inline]
    pub(crate) fn json<'de>(&self, reader: &Reader<'de>) -> Option<[&'de [u8]; 2]> {
        let mut values: [&[u8]; 2] = [b"", b""];
        for (index, (value, name)) in values.iter_mut().zip(self.names).enumerate() {
            if !name.is_empty() {
                let (start, end) = reader.watched(index);
                *value = reader.bytes(start?..end?)?;
            }
        }
        Some(values)
    }

    /// Returns their values, when the reader stands behind the item.
    #[cold]
    pub(crate) fn end<'de>(
        &self,
        reader: &mut Reader<'de>,
    ) -> Result<[Option<Scalar<'de>>; 2], Fault> {
        let end = reader.position();
        let mut found = [None, None];
        for (index, found) in found.iter_mut().enumerate() {
            if let (Some(start), _) = reader.watched(index) {
                reader.rewind(start, self.depth + 1);
                *found = reader.scalar()?;
            }
        }
        // Not each way of reading an item comes by its attributes.
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

    use super::super::decode_item;
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
            let watching = KeyFinder::begin(&mut reader, names);
            assert_eq!(decode_item::<Row>(&mut reader).unwrap().id, format!("i{n}"));
            let found = watching.json(&reader).unwrap();
            assert_eq!(found, expected.each_ref().map(String::as_bytes));
        }
    }
}
