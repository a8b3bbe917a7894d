//! What serde makes of the struct on the wire.

use crate::diagnostics::Diagnostics;
use crate::model::wire_name;
use crate::parse::Record;
use std::collections::HashMap;

pub(super) fn check_reshaping(record: &Record, what: &str, diagnostics: &mut Diagnostics) {
    for (word, span) in &record.serde.reshaping {
        diagnostics.at(
            *span,
            format!("`#[serde({word})]` is not supported on {what}"),
            format!("the fields of {what} are its attributes, and `{word}` would store something else: drop it, or put it on the type of a field"),
        );
    }
}

pub(super) fn check_collisions(record: &Record, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for field in record
        .fields
        .iter()
        .filter(|field| !field.serde.has_no_attribute())
    {
        let name = wire_name(record, field);
        if let Some(first) = seen.insert(name.clone(), &field.ident) {
            diagnostics.on(
                &field.ident,
                format!(
                    "`{first}` and `{}` are both stored as `{name}`",
                    field.ident
                ),
                "change the `rename` of one of them",
            );
        }
    }
}
