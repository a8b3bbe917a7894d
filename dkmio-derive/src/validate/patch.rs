//! The rules of a patch.

use crate::diagnostics::Diagnostics;
use crate::parse::Patch;
use crate::type_shape::spelling;

/// Applies every rule.
pub(crate) fn patch(declared: &Patch, diagnostics: &mut Diagnostics) {
    check_model(declared, diagnostics);
    check_fields(declared, diagnostics);
}

fn check_model(declared: &Patch, diagnostics: &mut Diagnostics) {
    if declared.of.is_none() && !declared.misread {
        diagnostics.on(
            &declared.ident,
            format!("`{}` does not say what it is a patch of", declared.ident),
            "write `#[patch(of = Order)]`: the model whose attributes it sets",
        );
    }
}

fn check_fields(declared: &Patch, diagnostics: &mut Diagnostics) {
    for field in declared.fields.iter().filter(|field| !field.is_optional()) {
        let ty = spelling(&field.ty);
        diagnostics.on(
            &field.ty,
            format!("the field `{}` of a patch must be an `Option`", field.ident),
            format!("write `Option<{ty}>`: `None` leaves the attribute as it is; of an optional attribute `Option<Option<{ty}>>`, where `Some(None)` removes it"),
        );
    }
}
