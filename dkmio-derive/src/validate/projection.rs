//! Checks a projection struct: its table, its fields' names, and what it borrows.

use super::{absence, wire_names};
use crate::diagnostics::Diagnostics;
use crate::parse::Projection;
use crate::type_shape::{Borrows, borrows};

pub(super) fn check(projection: &Projection, diagnostics: &mut Diagnostics) {
    check_table(projection, diagnostics);
    check_fields(projection, diagnostics);
    check_borrows(projection, diagnostics);
    wire_names::check_reshaping(&projection.record, "a projection", diagnostics);
    wire_names::check_names(&projection.record, diagnostics);
    wire_names::check_aliases_of_projection(&projection.record, diagnostics);
    wire_names::check_collisions(&projection.record, diagnostics);
    absence::check_read(&projection.record, diagnostics);
}

fn check_table(projection: &Projection, diagnostics: &mut Diagnostics) {
    // If the attribute is there and does not name the table, that has been reported.
    if projection.of.is_none() && projection.attribute.is_none() {
        let ident = &projection.record.ident;
        diagnostics.on(
            ident,
            format!("`{ident}` does not say which table it reads"),
            "write `#[projection(of = Orders)]`, with the struct that derives `DynamoTable`",
        );
    }
}

fn check_fields(projection: &Projection, diagnostics: &mut Diagnostics) {
    for field in &projection.record.fields {
        if let Some(span) = field.serde.flatten {
            diagnostics.at(
                span,
                format!(
                    "`{}` is flattened, and a projection names each attribute that it reads",
                    field.ident
                ),
                "declare the attributes as fields of the projection itself",
            );
        }
        if let Some(span) = field.document {
            diagnostics.at(
                span,
                "`#[dkmio(document)]` has no effect in a projection",
                "drop it: the field is read whole",
            );
        }
    }
    if projection
        .record
        .fields
        .iter()
        .all(|field| field.serde.has_no_attribute())
        && projection
            .record
            .fields
            .iter()
            .all(|field| field.serde.flatten.is_none())
    {
        let ident = &projection.record.ident;
        diagnostics.on(
            ident,
            format!("`{ident}` reads no attribute"),
            "declare a field for each attribute to read",
        );
    }
}

/// Checks that serde is told to borrow. Otherwise it copies, and rustc does not say why a field that cannot be copied
/// does not fit.
fn check_borrows(projection: &Projection, diagnostics: &mut Diagnostics) {
    let Some(lifetime) = &projection.lifetime else {
        return;
    };
    for field in &projection.record.fields {
        if field.serde.borrow.is_none()
            && !field.serde.has_no_attribute()
            && field.serde.skip_deserializing.is_none()
            && borrows(&field.ty, lifetime) == Borrows::Within
        {
            let ident = &field.ident;
            diagnostics.on(
                &field.ty,
                format!("serde does not borrow `{ident}` by itself"),
                "write `#[serde(borrow)]` on the field; only `&str` does without",
            );
        }
    }
}
