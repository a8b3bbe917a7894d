//! `Identities`: finds equal keys among the writes of a batch or the members of a transaction.

use crate::executor::TableNames;
use std::borrow::Cow;
use std::ops::Range;

/// Keys of several tables. Tables count by their names in the connection, because an override can make one table of two.
pub(super) struct Identities<'a> {
    names: &'a TableNames,
    /// The names of the tables in the models and in the connection.
    tables: Vec<(&'static str, Cow<'a, str>)>,
    keys: Vec<KeyBytes>,
    bytes: Vec<u8>,
}

struct KeyBytes {
    /// The index of the first table with the same name in the connection.
    table: usize,
    bytes: Range<usize>,
}

impl<'a> Identities<'a> {
    pub(super) fn new(names: &'a TableNames, count: usize) -> Self {
        Self {
            names,
            tables: Vec::new(),
            keys: Vec::with_capacity(count),
            bytes: Vec::with_capacity(count * 64),
        }
    }

    /// Adds a key. The function appends bytes that are equal for equal keys of the table.
    pub(super) fn push(&mut self, table: &'static str, identify: impl FnOnce(&mut Vec<u8>)) {
        let table = self.table(table);
        let start = self.bytes.len();
        identify(&mut self.bytes);
        let bytes = start..self.bytes.len();
        self.keys.push(KeyBytes { table, bytes });
    }

    fn table(&mut self, model: &'static str) -> usize {
        // Most batches have one table.
        match (self.tables.as_slice(), self.keys.last()) {
            ([(only, _)], Some(last)) if *only == model => return last.table,
            _ => {}
        }
        let known = |tables: &[(&str, Cow<'_, str>)]| tables.iter().position(|t| t.0 == model);
        let index = known(&self.tables).unwrap_or_else(|| {
            self.tables.push((model, self.names.resolve(model)));
            self.tables.len() - 1
        });
        let name = self.tables.get(index).map(|table| &table.1);
        let first = self.tables.iter().position(|table| Some(&table.1) == name);
        first.unwrap_or(index)
    }

    /// Returns for each key the index of the first key that equals it.
    pub(super) fn firsts(&self) -> Vec<usize> {
        let keys = self.keys.iter().enumerate();
        let mut sorted: Vec<_> = keys
            .map(|(index, key)| ((key.table, self.bytes.get(key.bytes.clone())), index))
            .collect();
        sorted.sort_unstable();
        first_of_each(&sorted)
    }
}

/// Returns for each index the first index with an equal key; takes the keys sorted, each with its index.
fn first_of_each<K: PartialEq>(sorted: &[(K, usize)]) -> Vec<usize> {
    let mut firsts = vec![0; sorted.len()];
    for same in sorted.chunk_by(|(a, _), (b, _)| a == b) {
        for (_, index) in same {
            firsts[*index] = same[0].1;
        }
    }
    firsts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_finds_the_first_that_is_the_same() {
        let names = TableNames {
            prefix: "p-".to_owned(),
            overrides: [("b".to_owned(), "p-a".to_owned())].into(),
        };
        let keys = [
            ("a", "1"),
            ("a", "2"),
            ("b", "1"),
            ("c", "1"),
            ("a", "2"),
            ("a", "12"),
            ("b", "2"),
            ("c", "1"),
        ];
        let mut identities = Identities::new(&names, keys.len());
        for (table, key) in keys {
            identities.push(table, |bytes| bytes.extend(key.as_bytes()));
        }
        assert_eq!(identities.firsts(), [0, 1, 0, 3, 1, 5, 1, 3]);
    }
}
