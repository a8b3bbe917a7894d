//! The fields that make up the keys of indexes.

use super::{field, keys, no_attribute};
use crate::diagnostics::Diagnostics;
use crate::parse::{Index, IndexKind, Table};
use std::collections::HashSet;
use syn::Ident;

/// DynamoDB's limit for each of the two keys of a global index.
const MAX_ATTRIBUTES: usize = 4;

pub(super) fn check_index_key_fields(table: &Table, diagnostics: &mut Diagnostics) {
    // Reported once for each field, however many indexes have it, because the mistake is the field's.
    let mut adapters_reported = HashSet::new();
    for index in &table.indexes {
        let mut seen = HashSet::new();
        for name in key_fields(index) {
            let Some(field) = field(&table.record, name, diagnostics) else {
                continue;
            };
            if !seen.insert(name) {
                diagnostics.on(
                    name,
                    format!("`{name}` is twice in the key of one index"),
                    "name each attribute once",
                );
                continue;
            }
            if let Some((message, help)) = no_attribute(field, "the key of an index") {
                diagnostics.on(name, message, help);
            }
            let is_table_key = field.pk.is_some() || field.sk.is_some();
            if is_table_key || !adapters_reported.insert(name) {
                continue;
            }
            keys::check_adapter(&table.record, field, diagnostics);
            if let Some(span) = field.document {
                diagnostics.at(
                    span,
                    format!("`{name}` is the key of an index, so it cannot be a document"),
                    "a key is a string, a number or binary: drop `#[dkmio(document)]`",
                );
            }
        }
    }
}

/// Returns the fields named as the index's keys, without those that only the table has.
pub(super) fn key_fields(index: &Index) -> impl Iterator<Item = &Ident> {
    let pk = index.pk.iter().flat_map(|key| &key.fields);
    let sk = index.sk.iter().flat_map(|key| &key.fields);
    index.on_field.iter().chain(pk).chain(sk)
}

pub(super) fn check_index_key_lengths(table: &Table, diagnostics: &mut Diagnostics) {
    for index in &table.indexes {
        let limit = match index.kind {
            IndexKind::Global => MAX_ATTRIBUTES,
            IndexKind::Local => 1,
        };
        for key in index.pk.iter().chain(&index.sk) {
            if let Some(excess) = key.fields.get(limit) {
                let (what, plural) = if limit == 1 {
                    ("local", "")
                } else {
                    ("global", "s")
                };
                let word = &key.word;
                diagnostics.on(
                    excess,
                    format!("the `{word}` of a {what} index has at most {limit} attribute{plural}"),
                    "drop this one and those after it",
                );
            }
        }
    }
}
