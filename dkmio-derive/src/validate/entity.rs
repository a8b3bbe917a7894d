//! The rules of an entity.

use super::{check_stored, keys, lifecycle, members, names, places, templates, wire_names};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use crate::parse::{Entity, KeyText, Record};
use crate::rename::snake;
use std::collections::HashSet;
use syn::LitStr;
use syn::ext::IdentExt;

/// How the kinds of dkmio's own items begin.
const OWN_KINDS: &str = "dkmio:";

/// Applies every rule.
pub(crate) fn entity(declared: &Entity, diagnostics: &mut Diagnostics) {
    check_table_and_kind(declared, diagnostics);
    check_kinds(declared, diagnostics);
    check_key(declared, diagnostics);
    check_members(declared, diagnostics);
    check_kept(declared, diagnostics);
    check_fields(declared, diagnostics);
    check_unknown_fields(
        &declared.record,
        "an entity",
        "its keys and its kind",
        diagnostics,
    );
    names::check_distinct(places::accessors(&declared.places), diagnostics);
    for place in &declared.places {
        places::check_place(&declared.record, place, diagnostics);
    }
    places::check_one_entry(&declared.places, diagnostics);
    check_stored(&declared.record, "an entity", diagnostics);
    wire_names::check_tag(&declared.record, "an entity", diagnostics);
}

fn check_table_and_kind(declared: &Entity, diagnostics: &mut Diagnostics) {
    if declared.misread {
        return;
    }
    let ident = &declared.record.ident;
    let kind = snake(&ident.unraw().to_string());
    let example = match &declared.of {
        Some(of) => {
            let of = quote::quote!(#of).to_string().replace(' ', "");
            format!("`#[entity(of = {of}, kind = \"{kind}\")]`")
        }
        None => format!("`#[entity(of = Shop, kind = \"{kind}\")]`"),
    };
    if declared.of.is_none() {
        diagnostics.on(
            ident,
            format!("`{ident}` does not say of which table it is an entity"),
            format!("write {example}: `of` is the struct that derives `SharedTable`"),
        );
    }
    if declared.kind.is_none() {
        diagnostics.on(
            ident,
            format!("`{ident}` does not say what kind its items are"),
            format!("write {example}: it is stored in each item, and outlives the struct's name"),
        );
    }
}

fn check_kinds(declared: &Entity, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for kind in declared.kind.iter().chain(&declared.was) {
        check_kind(kind, diagnostics);
        if !kind.value().is_empty() && !seen.insert(kind.value()) {
            diagnostics.on(
                kind,
                format!("the kind `{}` is named twice", kind.value()),
                "`was(..)` has the kinds of before, which are read and no longer written",
            );
        }
    }
}

fn check_kind(kind: &LitStr, diagnostics: &mut Diagnostics) {
    let name = kind.value();
    if name.is_empty() {
        diagnostics.on(
            kind,
            "a kind cannot be empty",
            "write what the items are, such as `order`",
        );
    } else if name.starts_with(OWN_KINDS) {
        diagnostics.on(
            kind,
            format!("kinds that begin with `{OWN_KINDS}` are dkmio's own"),
            "guards of unique attributes and sequences have them: choose another word",
        );
    }
}

fn check_key(declared: &Entity, diagnostics: &mut Diagnostics) {
    let ident = &declared.record.ident;
    let help = "write `#[key(pk = \"USER#{user_id}\", sk = \"ORDER#{order_id}\")]`, with fields of the struct in braces";
    match (declared.key, &declared.pk) {
        _ if declared.misread => {}
        (None, _) => diagnostics.on(
            ident,
            format!("`{ident}` does not say what its key is made of"),
            help,
        ),
        (Some(span), None) => diagnostics.at(
            span,
            format!("the key of `{ident}` has no text for the partition key"),
            help,
        ),
        _ => {}
    }
    for (word, text) in key_texts(declared) {
        members::check_text(&declared.record, word, text, diagnostics);
        match text {
            KeyText::Template(template) if word == keyword::PK => {
                templates::check_partition(template, diagnostics);
            }
            KeyText::Fields(key) => {
                if let Some(second) = key.fields.get(1) {
                    diagnostics.on(
                        second,
                        format!("the `{word}` of a table is one attribute"),
                        "only the keys of a global index may have several: write a text of the fields, such as `\"{a}#{b}\"`",
                    );
                }
            }
            KeyText::Template(_) => {}
        }
    }
}

fn key_texts(declared: &Entity) -> impl Iterator<Item = (&'static str, &KeyText)> {
    let pk = declared.pk.iter().map(|text| (keyword::PK, text));
    pk.chain(declared.sk.iter().map(|text| (keyword::SK, text)))
}

fn check_members(declared: &Entity, diagnostics: &mut Diagnostics) {
    let record = &declared.record;
    let in_key = key_texts(declared).map(|(_, text)| text);
    let key = members::fields(record, in_key);
    members::check_count(&key, "the table's key", diagnostics);
    for (field, _) in &key {
        members::check_required(field, diagnostics);
    }
    let in_places = declared
        .places
        .iter()
        .flat_map(|p| p.pk.iter().chain(&p.sk));
    let all = key_texts(declared).map(|(_, text)| text).chain(in_places);
    for (field, span) in members::fields(record, all) {
        members::check_member(record, field, span, diagnostics);
    }
}

/// Checks the time to live, and what dkmio keeps itself.
fn check_kept(declared: &Entity, diagnostics: &mut Diagnostics) {
    let key = members::fields(&declared.record, key_texts(declared).map(|(_, text)| text));
    let key: Vec<_> = key.into_iter().map(|(field, _)| field).collect();
    keys::check_one_ttl(&declared.record, &key, diagnostics);
    let places = declared.places.iter();
    let templates = places.flat_map(|p| p.pk.iter().chain(&p.sk));
    let templates = templates.filter(|text| matches!(text, KeyText::Template(_)));
    let members = members::fields(&declared.record, templates);
    let members: Vec<_> = members.into_iter().map(|(field, _)| field).collect();
    lifecycle::check(&declared.record, &key, &members, diagnostics);
}

/// Refuses the place in an index on a field, where a table may have it.
fn check_fields(declared: &Entity, diagnostics: &mut Diagnostics) {
    for (field, kind, span) in &declared.misplaced {
        let word = kind.word();
        diagnostics.at(
            *span,
            format!("the place of an entity in an index is not declared on a field: `{field}`"),
            format!(
                "write it above the struct: `#[{word}(by_{}, of = .., ..)]`",
                field.unraw()
            ),
        );
    }
}

/// Refuses what would refuse the keys that are made of fields.
pub(super) fn check_unknown_fields(
    record: &Record,
    what: &str,
    made: &str,
    diagnostics: &mut Diagnostics,
) {
    if let Some(span) = record.serde.denies_unknown {
        diagnostics.at(
            span,
            format!("`#[serde(deny_unknown_fields)]` is not supported on {what}"),
            format!("an item has {made} besides the fields, and would not read: drop it"),
        );
    }
}
