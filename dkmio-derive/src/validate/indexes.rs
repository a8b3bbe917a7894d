//! What an index must have, and how many there may be.

use super::table_texts;
use crate::diagnostics::Diagnostics;
use crate::parse::{IndexKind, Table};
use proc_macro2::Span;

/// DynamoDB's limits for one table.
const MAX_GLOBAL: usize = 20;
const MAX_LOCAL: usize = 5;

pub(super) fn check_counts(table: &Table, diagnostics: &mut Diagnostics) {
    let indexes: Vec<_> = table
        .indexes
        .iter()
        .map(|index| (index.kind, index.span))
        .collect();
    check_count(&indexes, diagnostics);
}

/// Checks how many indexes of each kind there are.
pub(super) fn check_count(indexes: &[(IndexKind, Span)], diagnostics: &mut Diagnostics) {
    for (kind, limit, what) in [
        (IndexKind::Global, MAX_GLOBAL, "global"),
        (IndexKind::Local, MAX_LOCAL, "local"),
    ] {
        if let Some((_, excess)) = indexes
            .iter()
            .filter(|(found, _)| *found == kind)
            .nth(limit)
        {
            diagnostics.at(
                *excess,
                format!("a table has at most {limit} {what} indexes"),
                "drop this one and those after it",
            );
        }
    }
}

pub(super) fn check_required_keys(table: &Table, diagnostics: &mut Diagnostics) {
    for index in table.indexes.iter().filter(|index| !index.misread) {
        match (index.kind, &index.on_field) {
            (IndexKind::Global, None) if index.pk.is_none() => {
                diagnostics.at(
                    index.span,
                    "a global index needs a partition key",
                    "write `pk = field` in the parentheses, or move the attribute to that field",
                );
            }
            (IndexKind::Global, Some(field)) => {
                if let Some(pk) = &index.pk {
                    diagnostics.on(
                        pk,
                        format!("`{field}`, which has the attribute, is the partition key already"),
                        "leave `pk` out, or move the attribute above the struct",
                    );
                }
            }
            (IndexKind::Local, None) if index.sk.is_none() => {
                diagnostics.at(
                    index.span,
                    "a local index needs a sort key",
                    "write `sk = field` in the parentheses, or move the attribute to that field",
                );
            }
            (IndexKind::Local, Some(field)) => {
                if let Some(sk) = &index.sk {
                    diagnostics.on(
                        sk,
                        format!("`{field}`, which has the attribute, is the sort key already"),
                        "leave `sk` out, or move the attribute above the struct",
                    );
                }
            }
            _ => {}
        }
    }
}

pub(super) fn check_local_sort_keys(table: &Table, diagnostics: &mut Diagnostics) {
    let ident = &table.record.ident;
    let pk = table.record.fields.iter().find(|field| field.pk.is_some());
    let sk = table.record.fields.iter().find(|field| field.sk.is_some());
    let (pk_is_text, sk_is_text) = table_texts::are_texts(table);
    for index in table
        .indexes
        .iter()
        .filter(|index| index.kind == IndexKind::Local)
    {
        // A table without any key has been reported; what its indexes lack follows from that.
        if (pk.is_some() || pk_is_text) && sk.is_none() && !sk_is_text {
            diagnostics.at(
                index.span,
                format!("`{ident}` has no sort key, so it cannot have a local index"),
                "mark the table's sort key with `#[sk]`, or write `#[gsi(..)]`",
            );
            continue;
        }
        let sort_keys = index
            .sk
            .iter()
            .flat_map(|key| &key.fields)
            .chain(&index.on_field);
        for name in sort_keys {
            for (key, what) in [(pk, "partition key"), (sk, "sort key")] {
                if key.is_some_and(|key| key.ident == *name) {
                    diagnostics.on(name, format!("`{name}` is the table's {what}, so a local index cannot sort by it"), "a local index sorts the table's partitions by another attribute: name that one");
                }
            }
        }
    }
}
