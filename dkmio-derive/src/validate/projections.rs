//! Checks what the indexes of a table project.

use super::{field, no_attribute, table_keys};
use crate::diagnostics::Diagnostics;
use crate::parse::{Index, ProjectWord, Table};
use std::collections::HashSet;
use syn::Ident;

/// DynamoDB's limit for the attributes named in all projections of one table together.
const MAX_PROJECTED: usize = 100;

pub(super) fn check_one_projection(table: &Table, diagnostics: &mut Diagnostics) {
    for index in &table.indexes {
        for (word, _) in index.project.iter().skip(1) {
            diagnostics.on(
                word,
                "the index says twice what it projects",
                "keep one of `project(field, ..)`, `project = keys_only` and `project = all`",
            );
        }
    }
}

pub(super) fn check_projected_fields(table: &Table, diagnostics: &mut Diagnostics) {
    for index in &table.indexes {
        let mut seen = HashSet::new();
        for name in included(index) {
            let Some(field) = field(&table.record, name, diagnostics) else {
                continue;
            };
            if !seen.insert(name) {
                diagnostics.on(name, format!("`{name}` is projected twice"), "name it once");
            } else if let Some((message, help)) = no_attribute(field, "projected") {
                diagnostics.on(name, message, help);
            } else if let Some(whose) = key_of(table, index, name) {
                diagnostics.on(
                    name,
                    format!("`{name}` is a key of the {whose}, and keys are always projected"),
                    format!("leave `{name}` out of `project(..)`"),
                );
            }
        }
    }
}

/// Says whose key the field is: the index's or the table's.
fn key_of(table: &Table, index: &Index, name: &Ident) -> Option<&'static str> {
    let mut own = index
        .pk
        .iter()
        .chain(&index.sk)
        .flat_map(|key| &key.fields)
        .chain(&index.on_field);
    if own.any(|key| key == name) {
        return Some("index");
    }
    table_keys(table)
        .any(|key| key.ident == *name)
        .then_some("table")
}

pub(super) fn check_projected_count(table: &Table, diagnostics: &mut Diagnostics) {
    if let Some(excess) = table.indexes.iter().flat_map(included).nth(MAX_PROJECTED) {
        diagnostics.on(
            excess,
            format!("the indexes of a table name at most {MAX_PROJECTED} projected attributes in all"),
            "an attribute counts once for each index that names it: write `project = all` where an index names most of them",
        );
    }
}

pub(super) fn included(index: &Index) -> impl Iterator<Item = &Ident> {
    index.project.iter().flat_map(|(_, word)| match word {
        ProjectWord::Include(fields) => fields.as_slice(),
        ProjectWord::All | ProjectWord::KeysOnly => &[],
    })
}
