//! Checks `#[dkmio(document)]`: a field can be opened only if it is stored as it is.

use super::no_attribute;
use crate::diagnostics::Diagnostics;
use crate::parse::Record;

/// Checks the fields with `#[dkmio(document)]`. On a key, the rules for keys refuse it.
pub(super) fn check_document_fields(record: &Record, diagnostics: &mut Diagnostics) {
    for field in &record.fields {
        let Some(span) = field.document else { continue };
        // A flattened struct is opened with or without the attribute.
        if field.serde.flatten.is_none()
            && let Some((message, help)) = no_attribute(field, "opened as a document")
        {
            diagnostics.at(span, message, help);
        }
        if let Some((word, _)) = field.serde.adapter() {
            diagnostics.at(
                span,
                format!(
                    "`{}` has `#[serde({word})]`, so it cannot be opened as a document",
                    field.ident
                ),
                "its form on the wire is not that of its type: drop one of the two",
            );
        }
    }
}
