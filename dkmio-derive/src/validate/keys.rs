//! The table's keys and its time to live.

use super::{names_of, no_attribute};
use crate::diagnostics::Diagnostics;
use crate::parse::{Field, Record, Table};
use crate::type_shape::{option_argument, spelling};
use proc_macro2::Span;

pub(super) fn check_table_keys(table: &Table, diagnostics: &mut Diagnostics) {
    let ident = &table.record.ident;
    let marked = |span: fn(&Field) -> Option<Span>| {
        table
            .record
            .fields
            .iter()
            .filter_map(move |field| Some((field, span(field)?)))
    };
    let pks: Vec<_> = marked(|field| field.pk).collect();
    let sks: Vec<_> = marked(|field| field.sk).collect();
    match (pks.as_slice(), sks.as_slice()) {
        // What `#[key(..)]` says has rules of its own.
        _ if table.key.is_some() => {}
        ([], [(_, span), ..]) => diagnostics.at(*span, format!("`{ident}` has a sort key and no partition key"), "mark the partition key's field with `#[pk]`; a table with one key attribute has only that"),
        ([], []) => diagnostics.on(ident, format!("`{ident}` has no partition key"), "mark one field with `#[pk]`"),
        _ => {}
    }
    for (word, what, found) in [("pk", "partition key", &pks), ("sk", "sort key", &sks)] {
        for (_, span) in found.iter().skip(1) {
            let names = names_of(found.iter().map(|(field, _)| *field));
            diagnostics.at(*span, format!("`{ident}` has more than one {what}: {names}"), format!("keep one `#[{word}]`: only the keys of a global index may have several attributes"));
        }
    }
}

pub(super) fn check_key_fields(table: &Table, diagnostics: &mut Diagnostics) {
    for field in &table.record.fields {
        let Some(span) = field.pk.or(field.sk) else {
            continue;
        };
        let name = &field.ident;
        if let (Some(_), Some(sk)) = (field.pk, field.sk) {
            diagnostics.at(sk, format!("`{name}` cannot be both partition key and sort key"), "the two are different attributes: keep `#[pk]`, or mark another field with `#[sk]`");
        }
        if let Some((message, help)) = no_attribute(field, "a key") {
            diagnostics.at(span, message, help);
        }
        if let Some(inner) = option_argument(&field.ty) {
            diagnostics.on(
                &field.ty,
                format!("the key `{name}` cannot be optional"),
                format!("every item has its full key: write `{}`", spelling(inner)),
            );
        }
        check_adapter(&table.record, field, diagnostics);
        if let Some(span) = field.document {
            diagnostics.at(
                span,
                format!("the key `{name}` cannot be a document"),
                "a key is a string, a number or binary: drop `#[dkmio(document)]`",
            );
        }
    }
}

/// Refuses serde's adapters on a key, because a key is also written alone, without the field's adapter. What
/// dkmio's own adapter writes is known, so that adapter is allowed.
pub(super) fn check_adapter(record: &Record, field: &Field, diagnostics: &mut Diagnostics) {
    let krate = record.krate.as_ref();
    if field.serde.key_of_adapter(krate).is_some() {
        return;
    }
    if let Some((word, span)) = field.serde.adapter() {
        diagnostics.at(
            span,
            format!("a key attribute cannot have `{word}`: the key `{}` is also written outside of the struct", field.ident),
            "use a newtype that implements serde's traits that way and derives `dkmio::KeyAttribute`",
        );
    }
}

/// Checks that at most one field is the time to live, and that it is not one of `keys`.
pub(super) fn check_one_ttl(record: &Record, keys: &[&Field], diagnostics: &mut Diagnostics) {
    let ttls: Vec<_> = record
        .fields
        .iter()
        .filter_map(|field| Some((field, field.ttl?)))
        .collect();
    for (_, span) in ttls.iter().skip(1) {
        diagnostics.at(
            *span,
            format!("`{}` has more than one `#[ttl]`", record.ident),
            "DynamoDB reads the time to live from one attribute: keep one",
        );
    }
    for (field, span) in ttls {
        if keys.iter().any(|key| key.ident == field.ident) {
            diagnostics.at(span, format!("the key `{}` cannot be the time to live", field.ident), "a key never changes: give the expiry a field of its own, such as `expires_at: Option<Ttl>`");
        } else if let Some((message, help)) = no_attribute(field, "the time to live") {
            diagnostics.at(span, message, help);
        }
    }
}
