//! The attributes that dkmio keeps itself: the version, and the times.

use super::no_attribute;
use crate::diagnostics::Diagnostics;
use crate::keyword::{CREATED_AT, UPDATED_AT, VERSION};
use crate::parse::{Field, Record};
use crate::type_shape::{is_spelled, option_argument, spelling};
use proc_macro2::Span;

/// Checks the marked fields. `keys` are those of the table's key; `members` those of which keys of indexes are made.
pub(super) fn check(
    record: &Record,
    keys: &[&Field],
    members: &[&Field],
    diagnostics: &mut Diagnostics,
) {
    let is_in = |fields: &[&Field], field: &Field| fields.iter().any(|f| f.ident == field.ident);
    for (word, span) in [
        (
            VERSION,
            (|field| field.version) as fn(&Field) -> Option<Span>,
        ),
        (CREATED_AT, |field| field.created_at),
        (UPDATED_AT, |field| field.updated_at),
    ] {
        let marked = record.fields.iter();
        let marked = marked.filter_map(|field| Some((field, span(field)?)));
        let marked: Vec<_> = marked.collect();
        for (_, span) in marked.iter().skip(1) {
            diagnostics.at(
                *span,
                format!("`{}` has more than one `#[{word}]`", record.ident),
                "keep one of them",
            );
        }
        for (field, span) in marked {
            let name = &field.ident;
            if is_in(keys, field) {
                diagnostics.at(
                    span,
                    format!("the key `{name}` cannot be the `#[{word}]`, which writes change"),
                    "a key never changes: give it a field of its own",
                );
            } else if let Some((message, help)) = no_attribute(field, &format!("the `#[{word}]`")) {
                diagnostics.at(span, message, help);
            } else if word != CREATED_AT && is_in(members, field) {
                diagnostics.at(
                    span,
                    format!("`{name}` is a member of the key of an index, and cannot be the `#[{word}]`"),
                    "an update that sets it would have to know all other members: use an index whose key is the attribute itself",
                );
            }
            check_document(field, word, diagnostics);
        }
    }
    for field in &record.fields {
        check_words(field, diagnostics);
        check_optional(field, diagnostics);
        check_type(field, diagnostics);
    }
}

fn check_document(field: &Field, word: &str, diagnostics: &mut Diagnostics) {
    if let Some(span) = field.document {
        diagnostics.at(
            span,
            format!("the `#[{word}]` `{}` cannot be a document", field.ident),
            "drop `#[dkmio(document)]`",
        );
    }
}

/// Refuses a field that is two of the three, or the time to live too.
fn check_words(field: &Field, diagnostics: &mut Diagnostics) {
    let marks = [
        (VERSION, field.version),
        (CREATED_AT, field.created_at),
        (UPDATED_AT, field.updated_at),
        (crate::keyword::TTL, field.ttl),
    ];
    let mut given = marks
        .iter()
        .filter_map(|(word, span)| Some((word, (*span)?)));
    if let (Some((first, _)), Some((second, span))) = (given.next(), given.next()) {
        diagnostics.at(
            span,
            format!(
                "`{}` cannot be both `#[{first}]` and `#[{second}]`",
                field.ident
            ),
            "give each a field of its own",
        );
    }
}

fn check_optional(field: &Field, diagnostics: &mut Diagnostics) {
    let name = &field.ident;
    if field.created_at.is_some() && option_argument(&field.ty).is_none() {
        diagnostics.on(
            &field.ty,
            format!("the `#[created_at]` `{name}` must be an `Option`"),
            format!(
                "it is `None` until the first put sets it: write `Option<{}>`",
                spelling(&field.ty)
            ),
        );
    }
    if let (Some(_), Some(inner)) = (field.version, option_argument(&field.ty)) {
        diagnostics.on(
            &field.ty,
            format!("the `#[version]` `{name}` cannot be optional"),
            format!(
                "an item without a version reads as version 0: write `{}`",
                spelling(inner)
            ),
        );
    }
}

/// Refuses the types of the standard library and the time to live, which are neither. Of the others rustc asks what they are.
fn check_type(field: &Field, diagnostics: &mut Diagnostics) {
    let ty = option_argument(&field.ty).unwrap_or(&field.ty);
    if !WRONG.iter().any(|wrong| is_spelled(ty, wrong)) {
        return;
    }
    let (name, wrong) = (&field.ident, spelling(ty));
    if field.version.is_some() {
        diagnostics.on(
            ty,
            format!("`{wrong}` cannot be a version"),
            format!("write `{name}: Version`: a number that dkmio moves by one with each write, and that reads as 0 where it is absent"),
        );
    } else if field.created_at.or(field.updated_at).is_some() {
        diagnostics.on(
            ty,
            format!("`{wrong}` is no time that dkmio can set"),
            "take `dkmio::EpochSeconds`, `chrono::DateTime<Utc>` with the feature `chrono`, `jiff::Timestamp` with the feature `jiff`, or `Sortable` of the two",
        );
    }
}

/// Types of the standard library, and others that people may take for a version or a time.
const WRONG: [&str; 20] = [
    "String",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "SystemTime",
    "Duration",
    "NaiveDateTime",
    "Ttl",
    "Number",
];
