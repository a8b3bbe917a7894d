//! The rules of vector indexes.

use super::{field, no_attribute, table_keys};
use crate::diagnostics::Diagnostics;
use crate::parse::{Field, ProjectWord, Table, VectorIndex};
use std::collections::HashSet;
use syn::Ident;

/// DynamoDB's limits.
const MAX_INDEXES: usize = 5;
const DIMENSIONS: std::ops::RangeInclusive<u64> = 1..=4096;

pub(super) fn check(table: &Table, diagnostics: &mut Diagnostics) {
    if let Some(excess) = table.vector_indexes.get(MAX_INDEXES) {
        diagnostics.at(
            excess.span,
            format!("a table has at most {MAX_INDEXES} vector indexes"),
            "drop this one and those after it",
        );
    }
    if let Some(index) = table.vector_indexes.first()
        && table.is_templated()
    {
        let ident = &table.record.ident;
        diagnostics.at(
            index.span,
            format!("`{ident}` makes keys of its fields, and cannot have a vector index yet"),
            "declare its keys as fields, with `#[pk]` and `#[sk]`, and `pk = field` of its other indexes",
        );
    }
    for index in &table.vector_indexes {
        check_required(index, diagnostics);
        check_dimensions(index, diagnostics);
        check_vector(table, index, diagnostics);
        check_searched_by(table, index, diagnostics);
        check_projection(table, index, diagnostics);
    }
}

fn check_required(index: &VectorIndex, diagnostics: &mut Diagnostics) {
    if index.misread {
        return;
    }
    let mut require = |is_there: bool, what: &str, help: &str| {
        if !is_there {
            let message = format!("the vector index does not say {what}");
            diagnostics.at(index.span, message, help);
        }
    };
    require(
        index.on.is_some(),
        "which field has the vectors",
        "write `on = field` in the parentheses",
    );
    require(
        index.dimensions.is_some(),
        "how long the vectors are",
        "write `dimensions = 384` in the parentheses, with the length that your embeddings have",
    );
    require(
        index.distance.is_some(),
        "how it compares vectors",
        "write `distance = cosine`, `distance = dot_product` or `distance = euclidean` in the parentheses",
    );
}

fn check_dimensions(index: &VectorIndex, diagnostics: &mut Diagnostics) {
    let Some(number) = &index.dimensions else {
        return;
    };
    let dimensions: Option<u64> = number.base10_parse().ok();
    if !dimensions.is_some_and(|dimensions| DIMENSIONS.contains(&dimensions)) {
        diagnostics.on(
            number,
            "a vector index has 1 to 4096 dimensions",
            "DynamoDB takes no others: use embeddings of a length in this range",
        );
    }
}

/// Checks the field with the vectors.
fn check_vector(table: &Table, index: &VectorIndex, diagnostics: &mut Diagnostics) {
    let Some(name) = &index.on else {
        return;
    };
    let Some(vector) = field(&table.record, name, diagnostics) else {
        return;
    };
    if let Some((message, help)) = no_attribute(vector, "the vector of an index") {
        diagnostics.on(name, message, help);
    } else if let Some((word, span)) = vector.serde.adapter() {
        diagnostics.at(
            span,
            format!("`{name}` is the vector of an index, so it cannot have `{word}`"),
            "a vector is written as a list of numbers: use `dkmio::Vector` as it is",
        );
    } else if let Some(span) = vector.document {
        diagnostics.at(
            span,
            format!("`{name}` is the vector of an index, so it cannot be a document"),
            "drop `#[dkmio(document)]`",
        );
    }
}

/// Checks the partition attribute and the filters.
fn check_searched_by(table: &Table, index: &VectorIndex, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for name in searched_by(index) {
        let Some(found) = field(&table.record, name, diagnostics) else {
            continue;
        };
        if is_vector(index, name) {
            diagnostics.on(
                name,
                format!("`{name}` has the vectors, so a search cannot narrow by it"),
                "name an attribute that is a string, a number or binary",
            );
        } else if !seen.insert(name) {
            diagnostics.on(
                name,
                format!("`{name}` is twice in what the vector index searches by"),
                "name each attribute once: the partition attribute is no filter besides",
            );
        } else if let Some((message, help)) = no_attribute(found, "what a search narrows by") {
            diagnostics.on(name, message, help);
        } else {
            check_filter_field(table, found, diagnostics);
        }
    }
}

fn check_filter_field(table: &Table, found: &Field, diagnostics: &mut Diagnostics) {
    super::keys::check_adapter(&table.record, found, diagnostics);
    if let Some(span) = found.document {
        diagnostics.at(
            span,
            format!(
                "a search narrows by `{}`, so it cannot be a document",
                found.ident
            ),
            "a filter is a string, a number or binary: drop `#[dkmio(document)]`",
        );
    }
}

fn check_projection(table: &Table, index: &VectorIndex, diagnostics: &mut Diagnostics) {
    for (word, _) in index.project.iter().skip(1) {
        diagnostics.on(
            word,
            "the index says twice what it projects",
            "keep one of `project(field, ..)`, `project = keys_only` and `project = all`",
        );
    }
    let mut seen = HashSet::new();
    for name in included(index) {
        let Some(found) = field(&table.record, name, diagnostics) else {
            continue;
        };
        if !seen.insert(name) {
            diagnostics.on(name, format!("`{name}` is projected twice"), "name it once");
        } else if let Some((message, help)) = no_attribute(found, "projected") {
            diagnostics.on(name, message, help);
        } else if let Some(what) = always_projected(table, index, name) {
            diagnostics.on(
                name,
                format!("`{name}` is {what}, which is always projected"),
                format!("leave `{name}` out of `project(..)`"),
            );
        }
    }
}

/// Says what the field is, if the index holds it anyway.
fn always_projected(table: &Table, index: &VectorIndex, name: &Ident) -> Option<&'static str> {
    if searched_by(index).any(|field| field == name) {
        return Some("what the index searches by");
    }
    table_keys(table)
        .any(|key| key.ident == *name)
        .then_some("a key of the table")
}

fn is_vector(index: &VectorIndex, name: &Ident) -> bool {
    index.on.as_ref() == Some(name)
}

fn searched_by(index: &VectorIndex) -> impl Iterator<Item = &Ident> {
    index.pk.iter().chain(&index.filters)
}

fn included(index: &VectorIndex) -> impl Iterator<Item = &Ident> {
    index.project.iter().flat_map(|(_, word)| match word {
        ProjectWord::Include(fields) => fields.as_slice(),
        ProjectWord::All | ProjectWord::KeysOnly => &[],
    })
}
