//! Reads the parts of a struct with named fields that all derives need.

use super::{Field, SerdeContainer};
use crate::diagnostics::Diagnostics;
use syn::{Data, DeriveInput, Fields, Ident, Path, Visibility};

/// A struct with named fields.
pub(crate) struct Record {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) krate: Option<Path>,
    pub(crate) serde: SerdeContainer,
    pub(crate) fields: Vec<Field>,
}

/// Returns the fields of a struct that has names for them and no generics; reports any other shape.
pub(crate) fn named_fields<'a>(
    input: &'a DeriveInput,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Fields> {
    if !input.generics.params.is_empty() {
        diagnostics.on(
            &input.generics,
            format!("{what} cannot have generics or lifetimes"),
            "what is made of it is made once: use concrete, owned types for the fields",
        );
    }
    fields_with_names(input, what, diagnostics).filter(|_| input.generics.params.is_empty())
}

/// Returns the fields of a struct that has names for them; reports any other shape.
pub(super) fn fields_with_names<'a>(
    input: &'a DeriveInput,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Fields> {
    let help = format!(
        "{what} is a struct with named fields, one for each attribute: `struct {} {{ .. }}`",
        input.ident
    );
    let found = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => None,
            Fields::Unnamed(_) => Some("a tuple struct"),
            Fields::Unit => Some("a unit struct"),
        },
        Data::Enum(_) => Some("an enum"),
        Data::Union(_) => Some("a union"),
    };
    if let Some(found) = found {
        diagnostics.on(
            &input.ident,
            format!("`{}` is {found}, and {what} cannot be one", input.ident),
            help,
        );
    }
    match &input.data {
        Data::Struct(data) if found.is_none() => Some(&data.fields),
        _ => None,
    }
}
