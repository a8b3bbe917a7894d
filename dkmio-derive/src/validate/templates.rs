//! The text of a key template.

use super::field;
use super::wire_names::MAX_KEY_NAME;
use crate::diagnostics::Diagnostics;
use crate::parse::{Piece, Record, Template};
use proc_macro2::Span;
use std::collections::HashSet;
use syn::{Ident, LitStr};

/// Characters that a template must not have, and what they are.
const RESERVED: [(char, &str); 3] = [
    ('%', "begins an escaped character of a member"),
    ('*', "stands for a member where templates are compared"),
    ('\u{10FFFF}', "ends ranges of keys"),
];

/// How the partitions of dkmio's own items begin.
const PARTITIONS: [&str; 2] = ["UNIQUE#", "SEQUENCE#"];

/// Checks the text of one key attribute.
pub(super) fn check_template(record: &Record, template: &Template, diagnostics: &mut Diagnostics) {
    for fault in &template.faults {
        diagnostics.at(template.span(), &fault.message, &fault.help);
    }
    check_empty(template, diagnostics);
    check_members(record, template, diagnostics);
    check_separators(template, diagnostics);
    check_characters(template, diagnostics);
}

/// Checks the name of the attribute in which a text is stored.
pub(super) fn check_name(name: &LitStr, diagnostics: &mut Diagnostics) {
    let length = name.value().len();
    if !(1..=MAX_KEY_NAME).contains(&length) {
        diagnostics.on(
            name,
            match length {
                0 => "the attribute has an empty name".to_owned(),
                _ => format!("the name of the attribute has {length} bytes"),
            },
            "the name of a key has 1 to 255 bytes: write the one it has in DynamoDB",
        );
    }
}

/// Refuses a member that comes twice in a sort key, because `.sk(|k| ..)` compares each once.
pub(super) fn check_members_once(template: &Template, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for name in template.members() {
        if !seen.insert(name) {
            diagnostics.at(
                template.span(),
                format!("`{{{name}}}` is twice in one sort key"),
                "a query compares each member once: name it once",
            );
        }
    }
}

/// Refuses a partition that could hold dkmio's own items.
pub(super) fn check_partition(template: &Template, diagnostics: &mut Diagnostics) {
    let Some(Piece::Literal(text)) = template.pieces.first() else {
        return;
    };
    if let Some(own) = PARTITIONS.iter().find(|own| text.starts_with(**own)) {
        diagnostics.at(
            template.span(),
            format!("partitions that begin with `{own}` are dkmio's own"),
            "they hold guards of unique attributes and sequences: begin the text with another word",
        );
    }
}

fn check_empty(template: &Template, diagnostics: &mut Diagnostics) {
    if template.pieces.is_empty() && template.faults.is_empty() {
        diagnostics.at(
            template.span(),
            "the text of a key cannot be empty",
            "DynamoDB takes no empty key: write a word, such as `PROFILE`, or members",
        );
    }
}

fn check_members(record: &Record, template: &Template, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for name in template.members().filter(|name| seen.insert(*name)) {
        field(record, &ident(name, template.span()), diagnostics);
    }
}

/// Returns the name of a field, which may be a word of Rust.
pub(super) fn ident(name: &str, span: Span) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => Ident::new(&ident.to_string(), span),
        Err(_) => Ident::new_raw(name, span),
    }
}

fn check_separators(template: &Template, diagnostics: &mut Diagnostics) {
    for pair in template.pieces.windows(2) {
        if let [
            Piece::Member { name: first, .. },
            Piece::Member { name: second, .. },
        ] = pair
        {
            diagnostics.at(
                template.span(),
                format!("nothing in the key shows where `{{{first}}}` ends"),
                format!("put a separator between the two: `{{{first}}}#{{{second}}}`"),
            );
        }
    }
}

fn check_characters(template: &Template, diagnostics: &mut Diagnostics) {
    for (character, what) in RESERVED {
        let has_it =
            |piece: &Piece| matches!(piece, Piece::Literal(text) if text.contains(character));
        if template.pieces.iter().any(has_it) {
            diagnostics.at(
                template.span(),
                format!(
                    "`{}` in the text of a key is dkmio's own",
                    character.escape_default()
                ),
                format!("it {what}: write another separator, such as `#`"),
            );
        }
    }
}
