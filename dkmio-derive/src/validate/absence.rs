//! Checks that a field which is left out of an item when it is written reads back from its absence.

use crate::diagnostics::Diagnostics;
use crate::parse::{Field, Record};
use crate::type_shape::{Absence, absence, is_map};
use proc_macro2::Span;
use syn::ExprPath;

/// Checks the fields of a struct that is stored.
pub(super) fn check_stored(record: &Record, diagnostics: &mut Diagnostics) {
    for field in record.fields.iter().filter(|field| is_stored(field)) {
        check_unread(record, field, diagnostics);
        if reads_default(record, field) {
            continue;
        }
        match field.serde.skip_serializing {
            Some(span) => check_never_written(field, span, diagnostics),
            None => check_left_out(field, diagnostics),
        }
    }
}

/// Checks the fields of a struct that only reads.
pub(super) fn check_read(record: &Record, diagnostics: &mut Diagnostics) {
    let fields = record.fields.iter().filter(|field| is_stored(field));
    for field in fields.filter(|field| !reads_default(record, field)) {
        check_left_out(field, diagnostics);
    }
}

/// Returns whether the field has an attribute of its own, which may be absent. A flattened field has none: without any
/// attributes, a map reads as empty and an `Option` as `None`.
fn is_stored(field: &Field) -> bool {
    !field.serde.has_no_attribute()
}

/// Returns whether serde has a value for the field where its attribute is absent, or does not read the field at all.
fn reads_default(record: &Record, field: &Field) -> bool {
    let default = field.serde.default.is_some() || record.serde.default.is_some();
    default || field.serde.skip_deserializing.is_some()
}

/// Returns whether an absent attribute reads as the field's type.
fn reads_absent(field: &Field) -> bool {
    field.serde.reading_adapter().is_none() && absence(&field.ty).is_some()
}

fn check_never_written(field: &Field, span: Span, diagnostics: &mut Diagnostics) {
    if reads_absent(field) {
        return;
    }
    diagnostics.at(
        span,
        format!(
            "`{}` is never stored, and no item reads without it",
            field.ident
        ),
        "add `default`: `#[serde(default, skip_serializing)]`; or write `#[serde(skip)]`, if it is no attribute",
    );
}

fn check_left_out(field: &Field, diagnostics: &mut Diagnostics) {
    let name = &field.ident;
    if let (Some(absence), Some((word, span, function))) =
        (absence(&field.ty), field.serde.reading_adapter())
    {
        let function = path_text(function);
        let when = match absence {
            Absence::IfNone => "`None`",
            Absence::IfEmpty => "empty",
        };
        diagnostics.at(
            span,
            format!("`{name}` is not stored where it is {when}, and with `{word}` an item without it does not read"),
            format!("add `default`: `#[serde(default, {word} = \"{function}\")]`"),
        );
        return;
    }
    let Some((span, function)) = &field.serde.skip_serializing_if else {
        return;
    };
    // An `Option` may have another name; its function tells it.
    let is_absent = field.serde.reading_adapter().is_none() && tells_absence(function);
    if reads_absent(field) || is_absent {
        return;
    }
    let function = path_text(function);
    diagnostics.at(
        *span,
        format!("`{name}` is not stored where `{function}` says so, and an item without it does not read"),
        format!("add `default`: `#[serde(default, skip_serializing_if = \"{function}\")]`"),
    );
}

/// Returns whether the function belongs to a type that reads from an absent attribute: `Option::is_none` or
/// `Set::is_empty`.
pub(super) fn tells_absence(function: &ExprPath) -> bool {
    let mut words = function.path.segments.iter().rev();
    let (Some(method), Some(owner)) = (words.next(), words.next()) else {
        return false;
    };
    let owner = owner.ident.to_string();
    [("Option", "is_none"), ("Set", "is_empty")]
        .into_iter()
        .any(|(known, function)| owner == known && method.ident == function)
}

pub(super) fn path_text(path: &ExprPath) -> String {
    quote::quote!(#path).to_string().replace(' ', "")
}

/// Refuses a field that is written and not read, if serde refuses names that no field has, or gives them to a flattened
/// map: to serde, no field has this name.
fn check_unread(record: &Record, field: &Field, diagnostics: &mut Diagnostics) {
    let (Some(span), None) = (field.serde.skip_deserializing, field.serde.skip_serializing) else {
        return;
    };
    let name = &field.ident;
    let flattened_map = record
        .fields
        .iter()
        .find(|field| field.serde.flatten.is_some() && is_map(&field.ty));
    if record.serde.denies_unknown.is_some() {
        diagnostics.at(
            span,
            format!("`{name}` is stored and not read, and `deny_unknown_fields` refuses an item that has it"),
            "drop `deny_unknown_fields`, or write `#[serde(skip)]`, if it is no attribute",
        );
    } else if let Some(map) = flattened_map {
        let map = &map.ident;
        diagnostics.at(
            span,
            format!("`{name}` is stored and not read, so that the flattened map `{map}` reads it"),
            "drop `skip_deserializing`, or write `#[serde(skip)]`, if it is no attribute",
        );
    }
}
