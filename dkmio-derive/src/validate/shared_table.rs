//! The rules of a shared table.

use super::{indexes, names, shared_index, templates};
use crate::diagnostics::Diagnostics;
use crate::parse::{KeyKind, KeyNames, SharedTable};
use std::collections::HashMap;
use syn::LitStr;

/// Applies every rule.
pub(crate) fn shared_table(declared: &SharedTable, diagnostics: &mut Diagnostics) {
    check_table_name(declared, diagnostics);
    check_keys(declared, diagnostics);
    check_names(declared, diagnostics);
    check_distinct(declared, diagnostics);
    check_kinds_of_attributes(declared, diagnostics);
    check_adopts(declared, diagnostics);
    let counted = declared.indexes.iter();
    let counted: Vec<_> = counted.map(|index| (index.kind, index.span)).collect();
    indexes::check_count(&counted, diagnostics);
    for index in &declared.indexes {
        shared_index::check_index(declared, index, diagnostics);
    }
    shared_index::check_accessors(declared, diagnostics);
    shared_index::check_index_names(declared, diagnostics);
}

fn check_table_name(declared: &SharedTable, diagnostics: &mut Diagnostics) {
    match &declared.name {
        Some(name) => names::check_name("table", &name.value(), name.span(), diagnostics),
        None if declared.misread => {}
        None => names::report_no_table(&declared.ident, diagnostics),
    }
}

fn check_keys(declared: &SharedTable, diagnostics: &mut Diagnostics) {
    if declared.pk.is_none() && !declared.misread {
        diagnostics.on(
            &declared.ident,
            format!(
                "`{}` does not say how its key attributes are called",
                declared.ident
            ),
            "write `#[keys(pk = \"PK\", sk = \"SK\", kind = \"kind\")]`: their names in DynamoDB, and that of the attribute with the kind",
        );
    }
    for key in declared.pk.iter().chain(&declared.sk) {
        if let Some((second, _)) = key.names.get(1) {
            diagnostics.on(
                second,
                format!("the `{}` of a table is one attribute", key.word),
                "only the keys of a global index may have several",
            );
        }
    }
}

/// Returns the names of all keys: the table's, then those of its indexes.
fn all_keys(declared: &SharedTable) -> impl Iterator<Item = &(LitStr, KeyKind)> {
    let own = declared.pk.iter().chain(&declared.sk);
    let of_indexes = declared
        .indexes
        .iter()
        .flat_map(|index| index.pk.iter().chain(&index.sk));
    own.chain(of_indexes).flat_map(|key: &KeyNames| &key.names)
}

fn check_names(declared: &SharedTable, diagnostics: &mut Diagnostics) {
    let keys = all_keys(declared).map(|(name, _)| name);
    for name in keys.chain(&declared.kind).chain(&declared.ttl) {
        templates::check_name(name, diagnostics);
    }
}

/// Checks that the table's keys, the kind and the time to live are different attributes.
fn check_distinct(declared: &SharedTable, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    let keys = [("partition key", &declared.pk), ("sort key", &declared.sk)];
    let keys = keys
        .into_iter()
        .filter_map(|(what, key)| Some((what, &key.as_ref()?.names.first()?.0)));
    let others = [("kind", &declared.kind), ("time to live", &declared.ttl)];
    let others = others
        .into_iter()
        .filter_map(|(what, name)| Some((what, name.as_ref()?)));
    for (what, name) in keys
        .chain(others)
        .filter(|(_, name)| !name.value().is_empty())
    {
        if let Some(first) = seen.insert(name.value(), what) {
            diagnostics.on(
                name,
                format!("`{}` is the {first} and the {what}", name.value()),
                "they are different attributes: write the name of each",
            );
        }
    }
    let of_indexes = declared
        .indexes
        .iter()
        .flat_map(|index| index.pk.iter().chain(&index.sk));
    for (name, _) in of_indexes.flat_map(|key| &key.names) {
        if declared
            .kind
            .as_ref()
            .is_some_and(|kind| kind.value() == name.value())
        {
            diagnostics.on(
                name,
                format!(
                    "`{}` has the kind, so it cannot be the key of an index",
                    name.value()
                ),
                "what an entity has in an index is a text of its own: name another attribute",
            );
        }
    }
}

/// Checks that an attribute which several keys have is stored in one way.
fn check_kinds_of_attributes(declared: &SharedTable, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, KeyKind> = HashMap::new();
    for (name, kind) in all_keys(declared) {
        let first = *seen.entry(name.value()).or_insert(*kind);
        if first != *kind {
            diagnostics.on(
                name,
                format!("`{}` is of two kinds: {first:?} and {kind:?}", name.value()),
                "an attribute that several keys have is stored in one way: write the same for each",
            );
        }
    }
}

fn check_adopts(declared: &SharedTable, diagnostics: &mut Diagnostics) {
    if let (Some(adopts), None) = (declared.adopts, &declared.kind) {
        diagnostics.at(
            adopts,
            "`adopt` needs the attribute of the kind",
            "it takes items without that attribute too: name it, `kind = \"kind\"`, or drop `adopt`, because without `kind` all are told by their keys",
        );
    }
}
