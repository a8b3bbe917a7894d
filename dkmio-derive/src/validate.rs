//! The rules, one `check_…` each. Every rule runs, so that all faults of a struct are reported at once.

mod absence;
mod document;
mod entities;
mod entity;
mod index_keys;
mod indexes;
mod keys;
mod lifecycle;
mod members;
mod names;
mod patch;
mod places;
mod projection;
mod projections;
mod shared_index;
mod shared_table;
mod table_texts;
mod templates;
mod vector_indexes;
mod wire_names;

pub(crate) use self::entities::entities;
pub(crate) use self::entity::entity;
pub(crate) use self::patch::patch;
pub(crate) use self::shared_table::shared_table;
use crate::diagnostics::Diagnostics;
use crate::keyword::{suggest, ticked};
use crate::parse::{Field, Index, Projection, Record, Table};
use proc_macro2::Ident;

/// Checks a table.
pub(crate) fn table(table: &Table, diagnostics: &mut Diagnostics) {
    names::check_table_name(table, diagnostics);
    names::check_index_names(table, diagnostics);
    names::check_accessors(table, diagnostics);
    keys::check_table_keys(table, diagnostics);
    keys::check_key_fields(table, diagnostics);
    check_kept(table, diagnostics);
    table_texts::check_key(table, diagnostics);
    table_texts::check(table, diagnostics);
    indexes::check_counts(table, diagnostics);
    indexes::check_required_keys(table, diagnostics);
    indexes::check_local_sort_keys(table, diagnostics);
    index_keys::check_index_key_fields(table, diagnostics);
    index_keys::check_index_key_lengths(table, diagnostics);
    vector_indexes::check(table, diagnostics);
    projections::check_one_projection(table, diagnostics);
    projections::check_projected_fields(table, diagnostics);
    projections::check_projected_count(table, diagnostics);
    check_stored(&table.record, "a table", diagnostics);
    wire_names::check_key_names(table, diagnostics);
    wire_names::check_tag(&table.record, "a table", diagnostics);
}

/// Checks the time to live, and what dkmio keeps itself.
fn check_kept(table: &Table, diagnostics: &mut Diagnostics) {
    let members = table_texts::key_members(table).map(|(field, _)| field);
    let keys: Vec<&Field> = table_keys(table).chain(members).collect();
    keys::check_one_ttl(&table.record, &keys, diagnostics);
    let members = table_texts::index_members(table);
    lifecycle::check(&table.record, &keys, &members, diagnostics);
}

/// Checks what serde makes of a struct that is stored.
fn check_stored(record: &Record, what: &str, diagnostics: &mut Diagnostics) {
    wire_names::check_reshaping(record, what, diagnostics);
    wire_names::check_names(record, diagnostics);
    wire_names::check_aliases(record, diagnostics);
    wire_names::check_collisions(record, diagnostics);
    absence::check_stored(record, diagnostics);
    document::check_document_fields(record, diagnostics);
}

/// Checks a document.
pub(crate) fn document(record: &Record, diagnostics: &mut Diagnostics) {
    check_stored(record, "a document", diagnostics);
}

/// Checks a projection struct.
pub(crate) fn projection(projection: &Projection, diagnostics: &mut Diagnostics) {
    projection::check(projection, diagnostics);
}

/// Returns the field of this name, or reports that there is none.
fn field<'a>(record: &'a Record, name: &Ident, diagnostics: &mut Diagnostics) -> Option<&'a Field> {
    let found = record.fields.iter().find(|field| field.ident == *name);
    if found.is_none() {
        let names: Vec<String> = record
            .fields
            .iter()
            .map(|field| field.ident.to_string())
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let help = suggest(&name.to_string(), &names)
            .replacen("valid words are", "the fields are", 1)
            .replacen("the only valid word is", "the only field is", 1);
        let help = not_seen(record, name).unwrap_or(help);
        diagnostics.on(
            name,
            format!("`{}` has no field `{name}`", record.ident),
            help,
        );
    }
    found
}

/// Says that the field may be in a flattened one, if there is one.
fn not_seen(record: &Record, name: &Ident) -> Option<String> {
    let flattened = |field: &&Field| field.serde.flatten.is_some();
    let flattened = names_of(record.fields.iter().filter(flattened));
    let fields = names_of(record.fields.iter());
    (!flattened.is_empty()).then(|| format!(
        "the fields are {fields}; what `#[serde(flatten)]` spreads of {flattened} over the item, the derive does not see: for the key or the projection of an index declare `{name}` as a field of `{}` itself",
        record.ident
    ))
}

/// Returns the fields that the index names: its keys and what it projects.
fn named_fields(index: &Index) -> impl Iterator<Item = &Ident> {
    index_keys::key_fields(index).chain(projections::included(index))
}

/// Returns the table's key fields: the partition key, then the sort key.
fn table_keys(table: &Table) -> impl Iterator<Item = &Field> {
    table
        .record
        .fields
        .iter()
        .filter(|field| field.pk.is_some())
        .chain(
            table
                .record
                .fields
                .iter()
                .filter(|field| field.sk.is_some()),
        )
}

/// Says why a field that serde skips or flattens cannot be what `role` says.
fn no_attribute(field: &Field, role: &str) -> Option<(String, &'static str)> {
    if field.serde.flatten.is_some() {
        return Some((
            format!("`{}` is flattened, so it cannot be {role}", field.ident),
            "`#[serde(flatten)]` spreads the field over many attributes: declare the one you need as a field of its own",
        ));
    }
    let (word, _) = field.serde.skipped()?;
    Some((
        format!(
            "`{}` has `#[serde({word})]`, so it cannot be {role}",
            field.ident
        ),
        "such a field is not stored, or not read back: drop the attribute or use another field",
    ))
}

/// Returns the fields' names in back-ticks.
fn names_of<'a>(fields: impl Iterator<Item = &'a Field>) -> String {
    let names: Vec<String> = fields.map(|field| field.ident.to_string()).collect();
    ticked(&names)
}
