//! The fields of which the keys of an entity are made.

use super::absence::{path_text, tells_absence};
use super::{field, keys, no_attribute, templates};
use crate::diagnostics::Diagnostics;
use crate::parse::{Field, KeyText, Record, Template};
use crate::type_shape::{option_argument, spelling};
use proc_macro2::Span;
use std::collections::HashSet;
use syn::Ident;

/// The most members of a key, which are given as a tuple.
const MOST_MEMBERS: usize = 8;

/// Returns the names of the fields in the text, each with the span that names it.
pub(super) fn named(text: &KeyText) -> Vec<Ident> {
    match text {
        KeyText::Fields(key) => key.fields.clone(),
        KeyText::Template(template) => {
            let members = template.members();
            members
                .map(|name| templates::ident(name, template.span()))
                .collect()
        }
    }
}

/// Returns the fields in the texts, each once, with the span that names it first.
pub(super) fn fields<'r>(
    record: &'r Record,
    texts: impl Iterator<Item = &'r KeyText>,
) -> Vec<(&'r Field, Span)> {
    distinct(record, texts.flat_map(named))
}

/// Returns the fields of these names, each once.
fn distinct(record: &Record, names: impl Iterator<Item = Ident>) -> Vec<(&Field, Span)> {
    let mut seen = HashSet::new();
    names
        .filter_map(|name| {
            let found = record.fields.iter().find(|field| field.ident == name)?;
            seen.insert(name.to_string())
                .then_some((found, name.span()))
        })
        .collect()
}

/// Returns the fields in the templates, each once, with the span that names it first.
pub(super) fn of_templates<'r>(
    record: &'r Record,
    templates: impl Iterator<Item = &'r Template>,
) -> Vec<(&'r Field, Span)> {
    let names = templates.flat_map(|template| {
        let members = template.members();
        members.map(|name| templates::ident(name, template.span()))
    });
    distinct(record, names)
}

/// Checks that a key attribute is one field, or a template.
pub(super) fn check_text(
    record: &Record,
    word: &str,
    text: &KeyText,
    diagnostics: &mut Diagnostics,
) {
    match text {
        KeyText::Template(template) => {
            templates::check_template(record, template, diagnostics);
            if word == crate::keyword::SK {
                templates::check_members_once(template, diagnostics);
            }
        }
        KeyText::Fields(key) => {
            let mut seen = HashSet::new();
            for name in &key.fields {
                if field(record, name, diagnostics).is_some() && !seen.insert(name) {
                    diagnostics.on(
                        name,
                        format!("`{name}` is twice in one key"),
                        "name each attribute once",
                    );
                }
            }
        }
    }
}

/// Checks a field of which any key is made.
pub(super) fn check_member(
    record: &Record,
    field: &Field,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    if let Some((message, help)) = no_attribute(field, "a member of a key") {
        diagnostics.at(span, message, help);
        return;
    }
    keys::check_adapter(record, field, diagnostics);
    if let Some(at) = field.document {
        diagnostics.at(
            at,
            format!(
                "`{}` is a member of a key, so it cannot be a document",
                field.ident
            ),
            "a member is text or an integer: drop `#[dkmio(document)]`",
        );
    }
    check_left_out(field, diagnostics);
}

/// Refuses a member that serde may leave out: the key would be made of what is not stored.
pub(super) fn check_left_out(field: &Field, diagnostics: &mut Diagnostics) {
    let Some((span, function)) = &field.serde.skip_serializing_if else {
        return;
    };
    if option_argument(&field.ty).is_some() && tells_absence(function) {
        return;
    }
    diagnostics.at(
        *span,
        format!(
            "the member `{}` is in the key and not stored where `{}` says so",
            field.ident,
            path_text(function)
        ),
        "a member that is not stored cannot be checked: drop `skip_serializing_if`, or make the field an `Option`, which is left out where it is `None`",
    );
}

/// Refuses an optional member of the table's key.
pub(super) fn check_required(field: &Field, diagnostics: &mut Diagnostics) {
    if let Some(inner) = option_argument(&field.ty) {
        diagnostics.on(
            &field.ty,
            format!("the key member `{}` cannot be optional", field.ident),
            format!(
                "every item has its full key: write `{}`; in the key of an index an `Option` leaves the item out of it",
                spelling(inner)
            ),
        );
    }
}

/// Refuses more members than a tuple of them has.
pub(super) fn check_count(members: &[(&Field, Span)], what: &str, diagnostics: &mut Diagnostics) {
    if let Some((field, span)) = members.get(MOST_MEMBERS) {
        diagnostics.at(
            *span,
            format!("`{}` is one member too many of {what}", field.ident),
            format!("they are given as a tuple of at most {MOST_MEMBERS}: make one field of several, such as a newtype"),
        );
    }
}
