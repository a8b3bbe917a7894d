//! Reads a patch: a struct of what an update sets, if it is there.

use super::record::fields_with_names;
use super::{Value, dkmio_crate, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use crate::type_shape::option_argument;
use syn::{DeriveInput, Expr, Ident, Path, Type};

/// A patch as declared.
pub(crate) struct Patch {
    pub(crate) krate: Option<Path>,
    pub(crate) ident: Ident,
    /// The model.
    pub(crate) of: Option<Path>,
    pub(crate) fields: Vec<PatchField>,
    /// `true` if a fault in `#[patch(..)]` has been reported, which may be why `of` is missing.
    pub(crate) misread: bool,
}

/// A field of a patch, as declared.
pub(crate) struct PatchField {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
}

impl PatchField {
    /// Returns whether the field is an `Option`, which says whether the attribute is changed.
    pub(crate) fn is_optional(&self) -> bool {
        option_argument(&self.ty).is_some()
    }

    /// Returns whether the field is an `Option` of an `Option`: `Some(None)` removes the attribute.
    pub(crate) fn removes(&self) -> bool {
        option_argument(&self.ty).is_some_and(|inner| option_argument(inner).is_some())
    }
}

/// Reads a patch, unless its shape excludes it.
pub(crate) fn patch(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Patch> {
    let fields = fields_with_names(input, "a patch", diagnostics)?;
    if !input.generics.params.is_empty() {
        diagnostics.on(
            &input.generics,
            "a patch cannot have generics or lifetimes",
            "use concrete, owned types for the fields",
        );
        return None;
    }
    let mut patch = Patch {
        krate: dkmio_crate(&input.attrs, diagnostics),
        ident: input.ident.clone(),
        of: None,
        fields: fields
            .iter()
            .filter_map(|field| {
                Some(PatchField {
                    ident: field.ident.clone()?,
                    ty: field.ty.clone(),
                })
            })
            .collect(),
        misread: false,
    };
    for attribute in input
        .attrs
        .iter()
        .filter(|a| a.path().is_ident(keyword::PATCH))
    {
        let faults = diagnostics.count();
        for word in words(attribute, diagnostics) {
            let value = match &word.value {
                Value::Is(Expr::Path(path)) if word.name == keyword::OF => Some(path.path.clone()),
                _ => {
                    diagnostics.on(
                        &word,
                        "`#[patch(..)]` says of which model it is",
                        "write `#[patch(of = Order)]`",
                    );
                    None
                }
            };
            once(&mut patch.of, &word.name, value, diagnostics);
        }
        patch.misread |= diagnostics.count() > faults;
    }
    Some(patch)
}
