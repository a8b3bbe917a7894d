//! The rules of an index of a shared table.

use super::names;
use crate::diagnostics::Diagnostics;
use crate::parse::{IndexKind, KeyNames, SharedIndex, SharedProjection, SharedTable};
use std::collections::HashSet;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// DynamoDB's limit for each of the two keys of a global index.
const MAX_ATTRIBUTES: usize = 4;

/// Checks the keys of an index, and what it projects.
pub(super) fn check_index(table: &SharedTable, index: &SharedIndex, diagnostics: &mut Diagnostics) {
    check_required_keys(table, index, diagnostics);
    check_lengths(index, diagnostics);
    check_key_names(table, index, diagnostics);
    check_projection(table, index, diagnostics);
}

fn check_required_keys(table: &SharedTable, index: &SharedIndex, diagnostics: &mut Diagnostics) {
    if index.misread {
        return;
    }
    match index.kind {
        IndexKind::Global if index.pk.is_none() => diagnostics.at(
            index.span,
            "a global index needs a partition key",
            "write `pk = \"…\"`: the attribute's name in DynamoDB",
        ),
        IndexKind::Local if index.sk.is_none() => diagnostics.at(
            index.span,
            "a local index needs a sort key",
            "write `sk = \"…\"`: the attribute's name in DynamoDB",
        ),
        IndexKind::Local if table.pk.is_some() && table.sk.is_none() => diagnostics.at(
            index.span,
            format!(
                "`{}` has no sort key, so it cannot have a local index",
                table.ident
            ),
            "name the table's sort key in `#[keys(.., sk = \"…\")]`, or write `#[gsi(..)]`",
        ),
        _ => {}
    }
}

fn check_lengths(index: &SharedIndex, diagnostics: &mut Diagnostics) {
    let (limit, what, plural) = match index.kind {
        IndexKind::Global => (MAX_ATTRIBUTES, "global", "s"),
        IndexKind::Local => (1, "local", ""),
    };
    for key in index.pk.iter().chain(&index.sk) {
        if let Some((excess, _)) = key.names.get(limit) {
            diagnostics.on(
                excess,
                format!(
                    "the `{}` of a {what} index has at most {limit} attribute{plural}",
                    key.word
                ),
                "drop this one and those after it",
            );
        }
    }
}

fn names_of(key: Option<&KeyNames>) -> impl Iterator<Item = &syn::LitStr> {
    key.into_iter()
        .flat_map(|key| &key.names)
        .map(|(name, _)| name)
}

fn check_key_names(table: &SharedTable, index: &SharedIndex, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for name in names_of(index.pk.as_ref()).chain(names_of(index.sk.as_ref())) {
        if !seen.insert(name.value()) {
            diagnostics.on(
                name,
                format!("`{}` is twice in the key of one index", name.value()),
                "name each attribute once",
            );
        }
    }
    if index.kind == IndexKind::Global {
        return;
    }
    for name in names_of(index.sk.as_ref()) {
        for (key, what) in [(&table.pk, "partition key"), (&table.sk, "sort key")] {
            if names_of(key.as_ref()).any(|key| key.value() == name.value()) {
                diagnostics.on(
                    name,
                    format!("`{}` is the table's {what}, so a local index cannot sort by it", name.value()),
                    "a local index sorts the table's partitions by another attribute: name that one",
                );
            }
        }
    }
}

fn check_projection(table: &SharedTable, index: &SharedIndex, diagnostics: &mut Diagnostics) {
    let Some(SharedProjection::Include(names)) = &index.project else {
        return;
    };
    if names.is_empty() {
        diagnostics.at(
            index.span,
            "`project()` names no attribute",
            "write `project = keys_only` to project nothing but the keys",
        );
    }
    let keys = [&index.pk, &index.sk, &table.pk, &table.sk];
    let keys: Vec<_> = keys
        .into_iter()
        .flat_map(|key| names_of(key.as_ref()))
        .collect();
    let mut seen = HashSet::new();
    for name in names {
        let value = name.value();
        if !seen.insert(value.clone()) {
            diagnostics.on(
                name,
                format!("`{value}` is projected twice"),
                "name it once",
            );
        } else if keys.iter().any(|key| key.value() == value) {
            diagnostics.on(
                name,
                format!("`{value}` is a key, and keys are always projected"),
                format!("leave `{value}` out of `project(..)`"),
            );
        } else if table
            .kind
            .as_ref()
            .is_some_and(|kind| kind.value() == value)
        {
            diagnostics.on(
                name,
                format!("`{value}` has the kind, which `project(..)` always takes along"),
                format!("leave `{value}` out of `project(..)`"),
            );
        }
    }
}

/// Checks that each index has an accessor of its own, by which entities name it.
pub(super) fn check_accessors(table: &SharedTable, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for index in &table.indexes {
        match &index.accessor {
            Some(accessor) if !seen.insert(accessor.unraw().to_string()) => diagnostics.on(
                accessor,
                format!("two indexes are called `{accessor}`"),
                "give one of them another name, the first word in the parentheses",
            ),
            None if !index.misread => {
                let word = index.kind.word();
                diagnostics.at(
                    index.span,
                    "the index has no name by which entities take a place in it",
                    format!("write it first: `#[{word}({word}1, ..)]`"),
                );
            }
            _ => {}
        }
    }
}

/// Checks the names of the indexes in DynamoDB.
pub(super) fn check_index_names(table: &SharedTable, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for index in &table.indexes {
        let Some(name) = index.name_in_dynamodb() else {
            continue;
        };
        let span = match &index.name {
            Some(name) => name.span(),
            None => index.accessor.span(),
        };
        names::check_name("index", &name, span, diagnostics);
        // Two indexes with one accessor and no name are one mistake: the accessor's.
        if !seen.insert(name.clone()) && index.name.is_some() {
            diagnostics.at(
                span,
                format!("two indexes are named `{name}`"),
                "give one of them another `name`",
            );
        }
    }
}
