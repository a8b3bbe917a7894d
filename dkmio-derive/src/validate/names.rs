//! Checks names: those of tables and indexes by DynamoDB's rules, and accessors against generated functions.

use crate::diagnostics::Diagnostics;
use crate::keyword::{self, ticked};
use crate::model::{index_accessor, index_name, reserved, vector_index_name};
use crate::parse::Table;
use crate::rename::pascal;
use proc_macro2::Span;
use std::collections::HashSet;
use syn::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// DynamoDB's naming rules for tables and indexes.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 3..=255;

pub(super) fn check_table_name(table: &Table, diagnostics: &mut Diagnostics) {
    match &table.name {
        Some(name) => check_name("table", &name.value(), name.span(), diagnostics),
        None if table.misread => {}
        None => report_no_table(&table.record.ident, diagnostics),
    }
}

/// Reports that the struct does not name its table.
pub(super) fn report_no_table(ident: &Ident, diagnostics: &mut Diagnostics) {
    let name = ident.unraw();
    // A name that DynamoDB would not take is no example.
    let guess = Some(crate::rename::snake(&name.to_string())).filter(|n| is_name(n));
    let example = guess.as_deref().unwrap_or("…");
    diagnostics.on(
        ident,
        format!("`{name}` does not say which table it is"),
        format!("write `#[dkmio(table = \"{example}\")]` above the struct"),
    );
}

pub(super) fn check_index_names(table: &Table, diagnostics: &mut Diagnostics) {
    let indexes = table.indexes.iter().map(|index| {
        let (accessor, name) = (index.accessor.as_ref(), index.name.as_ref());
        (index_name(index), name, accessor, index.span)
    });
    let vector_indexes = table.vector_indexes.iter().map(|index| {
        let (accessor, name) = (index.accessor.as_ref(), index.name.as_ref());
        (vector_index_name(index), name, accessor, index.span)
    });
    let mut seen = HashSet::new();
    for (name, given, accessor, span) in indexes.chain(vector_indexes) {
        let Some(name) = name else {
            continue;
        };
        let span = given
            .map(Spanned::span)
            .or(accessor.map(Spanned::span))
            .unwrap_or(span);
        check_name("index", &name, span, diagnostics);
        // Two indexes with one accessor and no name are one mistake: the accessor's.
        let derived = given.is_none();
        if !seen.insert(name.clone()) && !derived {
            diagnostics.at(
                span,
                format!("two indexes are named `{name}`"),
                "give one of them another `name`",
            );
        }
    }
}

pub(super) fn check_name(what: &str, name: &str, span: Span, diagnostics: &mut Diagnostics) {
    if name.is_empty() {
        diagnostics.at(
            span,
            format!("the name of the {what} is empty"),
            "write the name it has in DynamoDB",
        );
    } else if !is_name(name) {
        diagnostics.at(
            span,
            format!("`{name}` cannot be the name of a DynamoDB {what}"),
            "a name has 3 to 255 letters of `a-z`, `A-Z`, `0-9`, `_`, `-` and `.`",
        );
    }
}

pub(super) fn is_name(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_.-".contains(letter);
    NAME_LENGTH.contains(&name.len()) && name.chars().all(is_letter)
}

pub(super) fn check_accessors(table: &Table, diagnostics: &mut Diagnostics) {
    let accessors = table.indexes.iter().map(|index| Accessor {
        name: index_accessor(index),
        word: index.kind.word(),
        span: index.span,
        misread: index.misread,
    });
    let vector_accessors = table.vector_indexes.iter().map(|index| Accessor {
        name: index.accessor.clone(),
        word: keyword::VECTOR_INDEX,
        span: index.span,
        misread: index.misread,
    });
    check_distinct(accessors.chain(vector_accessors), diagnostics);
}

/// The accessor of an index, and where it would have to be.
pub(super) struct Accessor {
    pub(super) name: Option<Ident>,
    /// The word of its attribute.
    pub(super) word: &'static str,
    pub(super) span: Span,
    /// `true` if a fault has been reported, which may be why it is missing.
    pub(super) misread: bool,
}

/// Checks that each index has an accessor which is neither another's nor a function of the derive.
pub(super) fn check_distinct(
    accessors: impl Iterator<Item = Accessor>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen = HashSet::new();
    for index in accessors {
        let word = index.word;
        let Some(accessor) = index.name else {
            if index.misread {
                continue;
            }
            diagnostics.at(
                index.span,
                "the index has no accessor",
                format!("name the function that reads it first: `#[{word}(by_something, ..)]`"),
            );
            continue;
        };
        let name = accessor.unraw().to_string();
        if reserved().any(|reserved| reserved == name) {
            let names: Vec<&str> = reserved().collect();
            diagnostics.on(
                &accessor,
                format!(
                    "an index cannot be called `{name}`: the derive keeps this name for itself"
                ),
                format!("call it `by_{name}`, or anything but {}", ticked(&names)),
            );
        } else if !seen.insert(pascal(&name)) {
            diagnostics.on(
                &accessor,
                format!("two indexes are called `{name}`"),
                "give one of them another accessor, the first word in the parentheses",
            );
        }
    }
}
