//! The keys of a table that are texts made of its fields.

use super::{entity, field, members, no_attribute, templates};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use crate::model::wire_name;
use crate::parse::{Field, Index, IndexKind, NamedText, Record, Table};
use proc_macro2::Span;
use std::collections::HashMap;
use syn::Ident;

/// How an example of a key is written.
const EXAMPLE: &str = "`pk(\"PK\") = \"USER#{user_id}\"`, with fields of the struct in braces, or `pk = user_id` for the field itself";

/// Checks the texts of all keys.
pub(super) fn check(table: &Table, diagnostics: &mut Diagnostics) {
    let texts = || {
        let of_indexes = table.indexes.iter().flat_map(Index::texts);
        table.key_texts().chain(of_indexes)
    };
    check_escape(table, diagnostics);
    if !table.is_templated() {
        return;
    }
    for (word, text) in texts() {
        check_text(&table.record, word, text, diagnostics);
    }
    for (field, span) in of_texts(&table.record, texts()) {
        // What is marked as a key has been checked as one.
        if field.pk.or(field.sk).is_none() {
            members::check_member(&table.record, field, span, diagnostics);
        }
    }
    check_key_members(table, diagnostics);
    for index in &table.indexes {
        check_index(table, index, diagnostics);
    }
    check_one_text(texts().map(|(_, text)| text), diagnostics);
    entity::check_unknown_fields(
        &table.record,
        "a table whose keys are texts",
        "its keys",
        diagnostics,
    );
}

/// Refuses a word for the members of texts where there are none.
fn check_escape(table: &Table, diagnostics: &mut Diagnostics) {
    if let (Some(word), false) = (&table.refuses, table.is_templated()) {
        diagnostics.on(
            word,
            "`escape` is for keys that are texts, and the keys of this table are fields",
            "drop it: the value of a key attribute is stored as it is",
        );
    }
}

/// Checks that `#[key(..)]` says what the key is, and does not say again what fields say.
pub(super) fn check_key(table: &Table, diagnostics: &mut Diagnostics) {
    let Some(key) = &table.key else { return };
    let ident = &table.record.ident;
    let marked = |span: fn(&Field) -> Option<Span>| {
        let fields = table.record.fields.iter();
        fields.filter_map(move |field| Some((field, span(field)?)))
    };
    let keys = [
        (
            &key.pk,
            marked(|field| field.pk).collect::<Vec<_>>(),
            "partition key",
        ),
        (&key.sk, marked(|field| field.sk).collect(), "sort key"),
    ];
    for (said, marked, what) in &keys {
        let Some(said) = said else { continue };
        let word = &said.word;
        for name in &said.fields {
            field(&table.record, name, diagnostics);
        }
        if let Some(second) = said.fields.get(1) {
            diagnostics.on(
                second,
                format!("the `{word}` of a table is one attribute"),
                format!("only the keys of a global index may have several: write a text of the fields, such as `{word}(\"{}\") = \"{{a}}#{{b}}\"`", word.to_string().to_uppercase()),
            );
        }
        // Of two fields it is said with the table's other keys.
        for (field, span) in marked.iter().filter(|_| said.text.is_some()) {
            diagnostics.at(
                *span,
                format!("`{ident}` has two {what}s: this one, and that of `#[key(..)]`"),
                format!(
                    "drop `#[{word}]` of `{}`, or `{word}` in `#[key(..)]`",
                    field.ident
                ),
            );
        }
    }
    let has_pk = key.pk.is_some() || !keys[0].1.is_empty();
    if !has_pk && !key.misread {
        diagnostics.at(
            key.span,
            format!("`{ident}` has no partition key"),
            format!("write {EXAMPLE}"),
        );
    }
}

/// Returns whether the table's partition key and its sort key are texts.
pub(super) fn are_texts(table: &Table) -> (bool, bool) {
    let is = |word: &str| table.key_texts().any(|(found, _)| found == word);
    (is(keyword::PK), is(keyword::SK))
}

/// Returns the fields in the texts of the table's key, each with the span that names it.
pub(super) fn key_members(table: &Table) -> impl Iterator<Item = (&Field, Span)> {
    of_texts(&table.record, table.key_texts()).into_iter()
}

/// Returns the fields in the texts of indexes, each once.
pub(super) fn index_members(table: &Table) -> Vec<&Field> {
    let texts = table.indexes.iter().flat_map(Index::texts);
    let members = of_texts(&table.record, texts).into_iter();
    members.map(|(field, _)| field).collect()
}

/// Returns the fields in the texts, each once, with the span that names it first.
fn of_texts<'r>(
    record: &'r Record,
    texts: impl Iterator<Item = (&'r Ident, &'r NamedText)>,
) -> Vec<(&'r Field, Span)> {
    members::of_templates(record, texts.map(|(_, text)| &text.template))
}

fn check_text(record: &Record, word: &Ident, text: &NamedText, diagnostics: &mut Diagnostics) {
    templates::check_template(record, &text.template, diagnostics);
    if word == keyword::SK {
        templates::check_members_once(&text.template, diagnostics);
    }
    let name = text.name.value();
    templates::check_name(&text.name, diagnostics);
    let stored =
        |field: &&Field| !field.serde.has_no_attribute() && wire_name(record, field) == name;
    if let Some(field) = record.fields.iter().find(stored) {
        diagnostics.on(
            &text.name,
            format!("`{name}` is where the field `{}` is stored", field.ident),
            format!("an attribute is a field or a text of fields: give the text another name, or write `{word} = {}` for the field itself", field.ident),
        );
    }
}

fn check_key_members(table: &Table, diagnostics: &mut Diagnostics) {
    for (field, _) in key_members(table) {
        // What is marked as a key has been checked as one.
        if field.pk.or(field.sk).is_none() {
            members::check_required(field, diagnostics);
        }
    }
    let mut key: Vec<_> = key_members(table).collect();
    let fields = table.record.fields.iter();
    let marked = fields.filter_map(|field| Some((field, field.pk.or(field.sk)?)));
    for (field, span) in marked {
        if !key.iter().any(|(known, _)| known.ident == field.ident) {
            key.push((field, span));
        }
    }
    members::check_count(&key, "the table's key", diagnostics);
    if let [pk, sk] = table
        .key_texts()
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .as_slice()
    {
        check_two_names(pk, sk, "the key of the table", diagnostics);
    }
}

fn check_two_names(pk: &NamedText, sk: &NamedText, whose: &str, diagnostics: &mut Diagnostics) {
    if pk.name.value() == sk.name.value() {
        diagnostics.on(
            &sk.name,
            format!("`{}` is twice in {whose}", sk.name.value()),
            "a partition key and a sort key are two attributes: name another one",
        );
    }
}

fn check_index(table: &Table, index: &Index, diagnostics: &mut Diagnostics) {
    let texts: Vec<_> = index.texts().map(|(_, text)| text).collect();
    if let [pk, sk] = texts.as_slice() {
        check_two_names(pk, sk, "the key of one index", diagnostics);
    }
    let mut all = of_texts(&table.record, index.texts());
    let fields = super::index_keys::key_fields(index);
    let fields = fields.filter_map(|name| {
        let found = table
            .record
            .fields
            .iter()
            .find(|field| field.ident == *name)?;
        Some((found, name.span()))
    });
    for (field, span) in fields {
        if !all.iter().any(|(known, _)| known.ident == field.ident) {
            all.push((field, span));
        }
        // A text beside it is made anew where it changes, so serde may not leave it out.
        if !texts.is_empty() && no_attribute(field, "").is_none() {
            members::check_left_out(field, diagnostics);
        }
    }
    members::check_count(&all, "the key of an index", diagnostics);
    if index.kind == IndexKind::Local {
        for text in texts {
            let name = text.name.value();
            if table.key_texts().any(|(_, key)| key.name.value() == name) {
                diagnostics.on(
                    &text.name,
                    format!("`{name}` is a key of the table, so a local index cannot sort by it"),
                    "a local index sorts the table's partitions by another attribute: name that one",
                );
            }
        }
    }
}

/// Checks that an attribute which several keys have is one text.
fn check_one_text<'t>(texts: impl Iterator<Item = &'t NamedText>, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for text in texts.filter(|text| !text.name.value().is_empty()) {
        let written = text.template.literal.value();
        let first = seen
            .entry(text.name.value())
            .or_insert_with(|| written.clone());
        if *first != written {
            diagnostics.at(
                text.template.span(),
                format!("`{}` is another text in another key: `{first}`", text.name.value()),
                "an attribute has one text: write the same for each key that has it, or name another attribute",
            );
        }
    }
}
