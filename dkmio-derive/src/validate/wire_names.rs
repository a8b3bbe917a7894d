//! Checks the names and the form that serde gives a struct on the wire.

use crate::diagnostics::Diagnostics;
use crate::model::wire_name;
use crate::parse::{Field, Record, Table};
use proc_macro2::Span;
use std::collections::HashMap;

pub(super) fn check_reshaping(record: &Record, what: &str, diagnostics: &mut Diagnostics) {
    for (word, span) in &record.serde.reshaping {
        diagnostics.at(
            *span,
            format!("`#[serde({word})]` is not supported on {what}"),
            format!("the fields of {what} are its attributes, and `{word}` would store something else: drop it, or put it on the type of a field"),
        );
    }
}

/// Refuses words that add an attribute, because the struct's own functions do not know such an attribute.
pub(super) fn check_tag(record: &Record, what: &str, diagnostics: &mut Diagnostics) {
    let example = match &record.serde.tag {
        Some(tag) => format!("an attribute `{tag}`"),
        None => "an attribute".to_owned(),
    };
    for (word, span) in &record.serde.tagging {
        diagnostics.at(
            *span,
            format!("`#[serde({word})]` is not supported on {what}"),
            format!("a put would write {example} that no update writes and no get checks: declare a field for it"),
        );
    }
}

pub(super) fn check_aliases(record: &Record, diagnostics: &mut Diagnostics) {
    for field in &record.fields {
        for (span, alias) in &field.serde.aliases {
            let name = &field.ident;
            diagnostics.at(
                *span,
                format!("`{name}` cannot have a second name: `alias` is not supported"),
                format!("an update would write one name and leave the other, and an item that has both does not read; filters and selections see one name only. \
                    To keep the stored name, write `rename = \"{alias}\"` in place of `alias`. \
                    To move to a new name, declare both as fields, each an `Option`, and write the new one"),
            );
        }
    }
}

/// Refuses other names in a projection, because a projection asks for one name.
pub(super) fn check_aliases_of_projection(record: &Record, diagnostics: &mut Diagnostics) {
    for field in &record.fields {
        for (span, alias) in &field.serde.aliases {
            let name = &field.ident;
            diagnostics.at(
                *span,
                format!("`{name}` cannot have a second name: `alias` is not supported"),
                format!("a projection asks DynamoDB for one name of each attribute: write `rename = \"{alias}\"` in place of `alias`, or declare a field for each name, each an `Option`"),
            );
        }
    }
}

/// DynamoDB's limit for the name of an attribute, in bytes.
const MAX_NAME: usize = 65_535;
/// DynamoDB's limit for the name of a key, and of an attribute that an index names, in bytes.
pub(super) const MAX_KEY_NAME: usize = 255;

pub(super) fn check_names(record: &Record, diagnostics: &mut Diagnostics) {
    let stored = |field: &&Field| !field.serde.has_no_attribute();
    for field in record.fields.iter().filter(stored) {
        let length = wire_name(record, field).len();
        if length == 0 {
            diagnostics.at(
                name_span(field),
                format!("the attribute of `{}` has an empty name", field.ident),
                "the name of an attribute has 1 to 65,535 bytes: write the one it has in DynamoDB, or drop `rename`",
            );
        } else if length > MAX_NAME {
            diagnostics.at(
                name_span(field),
                format!("the name of `{}` has {length} bytes", field.ident),
                "the name of an attribute has 1 to 65,535 bytes, and counts for the item's size: choose a short one",
            );
        }
    }
}

pub(super) fn check_key_names(table: &Table, diagnostics: &mut Diagnostics) {
    let named: Vec<_> = table.indexes.iter().flat_map(super::named_fields).collect();
    for field in &table.record.fields {
        let is_key = field.pk.is_some() || field.sk.is_some() || named.contains(&&field.ident);
        let length = wire_name(&table.record, field).len();
        if is_key && (MAX_KEY_NAME + 1..=MAX_NAME).contains(&length) {
            diagnostics.at(
                name_span(field),
                format!("the name of `{}` has {length} bytes", field.ident),
                "the name of a key, and of an attribute that an index projects by name, has at most 255 bytes",
            );
        }
    }
}

/// Returns where the attribute's name is written.
fn name_span(field: &Field) -> Span {
    match &field.serde.rename {
        Some(name) => name.span(),
        None => field.ident.span(),
    }
}

pub(super) fn check_collisions(record: &Record, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for field in record
        .fields
        .iter()
        .filter(|field| !field.serde.has_no_attribute())
    {
        let name = wire_name(record, field);
        // An empty name is reported once.
        if name.is_empty() {
            continue;
        }
        if let Some(first) = seen.insert(name.clone(), &field.ident) {
            diagnostics.on(
                &field.ident,
                format!(
                    "`{first}` and `{}` are both stored as `{name}`",
                    field.ident
                ),
                "change the `rename` of one of them",
            );
        }
    }
}
