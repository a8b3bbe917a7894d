//! The places of an entity in the indexes of its table.

use super::members::{check_text, fields};
use super::names::Accessor;
use super::{field, members, no_attribute};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use crate::parse::{IndexKind, KeyText, Place, ProjectWord, Record};
use std::collections::HashSet;

/// DynamoDB's limit for each of the two keys of a global index.
const MAX_ATTRIBUTES: usize = 4;

/// Returns the accessors of the places.
pub(super) fn accessors(places: &[Place]) -> impl Iterator<Item = Accessor> + '_ {
    places.iter().map(|place| Accessor {
        name: place.accessor.clone(),
        word: place.kind.word(),
        span: place.span,
        misread: place.misread,
    })
}

/// Checks one place.
pub(super) fn check_place(record: &Record, place: &Place, diagnostics: &mut Diagnostics) {
    check_index(place, diagnostics);
    check_keys(place, diagnostics);
    for (word, text) in [(keyword::PK, &place.pk), (keyword::SK, &place.sk)] {
        if let Some(text) = text {
            check_text(record, word, text, diagnostics);
            check_length(place, word, text, diagnostics);
        }
    }
    let all = fields(record, place.pk.iter().chain(&place.sk));
    members::check_count(&all, "the key of an index", diagnostics);
    check_projection(record, place, diagnostics);
}

/// Refuses a second place in an index, because an item has one entry in it.
pub(super) fn check_one_entry(places: &[Place], diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for of in places.iter().filter_map(|place| place.of.as_ref()) {
        if !seen.insert(of.to_string()) {
            diagnostics.on(
                of,
                format!("two places are in the index `{of}`"),
                "an item has one entry in an index: name another index of the table, or drop one of the two",
            );
        }
    }
}

fn check_index(place: &Place, diagnostics: &mut Diagnostics) {
    if place.of.is_none() && !place.misread {
        let word = place.kind.word();
        diagnostics.at(
            place.span,
            "the place does not say in which index it is",
            format!(
                "write `#[{word}(.., of = {word}1, ..)]`: the accessor of an index of the shared table"
            ),
        );
    }
}

fn check_keys(place: &Place, diagnostics: &mut Diagnostics) {
    if place.misread {
        return;
    }
    match place.kind {
        IndexKind::Global if place.pk.is_none() => diagnostics.at(
            place.span,
            "the place has no text for the index's partition key",
            "write `pk = \"…\"`, with fields of the struct in braces, or `pk = field` for the attribute itself",
        ),
        IndexKind::Local if place.sk.is_none() => diagnostics.at(
            place.span,
            "the place has no text for the index's sort key",
            "write `sk = \"…\"`, with fields of the struct in braces, or `sk = field` for the attribute itself",
        ),
        _ => {}
    }
}

fn check_length(place: &Place, word: &str, text: &KeyText, diagnostics: &mut Diagnostics) {
    let KeyText::Fields(key) = text else { return };
    let (limit, what, plural) = match place.kind {
        IndexKind::Global => (MAX_ATTRIBUTES, "global", "s"),
        IndexKind::Local => (1, "local", ""),
    };
    if let Some(excess) = key.fields.get(limit) {
        diagnostics.on(
            excess,
            format!("the `{word}` of a {what} index has at most {limit} attribute{plural}"),
            "drop this one and those after it",
        );
    }
}

fn check_projection(record: &Record, place: &Place, diagnostics: &mut Diagnostics) {
    for (word, _) in place.project.iter().skip(1) {
        diagnostics.on(
            word,
            "the place says twice what it projects",
            "keep one of `project(field, ..)`, `project = keys_only` and `project = all`",
        );
    }
    let mut seen = HashSet::new();
    let included = place.project.iter().flat_map(|(_, word)| match word {
        ProjectWord::Include(fields) => fields.as_slice(),
        ProjectWord::All | ProjectWord::KeysOnly => &[],
    });
    for name in included {
        let Some(field) = field(record, name, diagnostics) else {
            continue;
        };
        if !seen.insert(name) {
            diagnostics.on(name, format!("`{name}` is projected twice"), "name it once");
        } else if let Some((message, help)) = no_attribute(field, "projected") {
            diagnostics.on(name, message, help);
        }
    }
}
