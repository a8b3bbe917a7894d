//! The tables of a request: renamed for the connection, and listed for spans and errors.

use crate::executor::table_names::TableNames;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Renames the table of a request that has one, and returns its name.
pub(super) fn resolve_table(table: &mut Option<String>, names: &TableNames) -> String {
    let table = table.get_or_insert_default();
    names.rename(table);
    table.clone()
}

/// Renames the tables of a batch, and lists them.
///
/// Two tables of the models can have one name in the connection: then `merge` joins their entries.
pub(super) fn resolve_keys<T>(
    request_items: &mut Option<HashMap<String, T>>,
    names: &TableNames,
    merge: impl Fn(&mut T, T),
) -> String {
    let mut resolved: HashMap<String, T> = HashMap::new();
    for (table, entry) in request_items.take().unwrap_or_default() {
        match resolved.entry(names.resolve(&table).into_owned()) {
            Entry::Vacant(vacant) => {
                vacant.insert(entry);
            }
            Entry::Occupied(mut occupied) => merge(occupied.get_mut(), entry),
        }
    }
    let tables = list(resolved.keys());
    *request_items = Some(resolved);
    tables
}

/// Renames the tables of a transaction's members, and lists them.
pub(super) fn resolve_members<'a>(
    tables: impl Iterator<Item = &'a mut String>,
    names: &TableNames,
) -> String {
    list(tables.map(|table| {
        names.rename(table);
        &*table
    }))
}

/// Lists tables in order, each once.
fn list<'a>(tables: impl Iterator<Item = &'a String>) -> String {
    let mut listed: Vec<&String> = Vec::new();
    for table in tables {
        // This comparison is enough for most requests, because they have one table.
        if listed.last() != Some(&table) {
            listed.push(table);
        }
    }
    listed.sort();
    listed.dedup();
    match listed.as_slice() {
        [only] => (*only).clone(),
        _ => listed
            .iter()
            .map(|table| table.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    }
}
