//! Reads a type that is to be a key, and refuses shapes that cannot be one.

use super::{SerdeContainer, dkmio_crate};
use crate::diagnostics::Diagnostics;
use syn::{Data, DeriveInput, Fields, Ident, Path, Type};

const SHAPES: &str =
    "a key is a struct around one value, `struct OrderId(String);`, or an enum of plain variants";

/// A type that is to be a key, as declared.
pub(crate) struct KeyAttribute {
    pub(crate) krate: Option<Path>,
    pub(crate) ident: Ident,
    pub(crate) kind: Kind,
}

/// What the type is on the wire.
pub(crate) enum Kind {
    /// The same as this type: the one inside, or the one that serde is told to write.
    Of(Box<Type>),
    /// A string: the variant's name.
    Enum,
}

/// Reads a key; returns `None`, with the reason reported, if its shape or wire form excludes it.
pub(crate) fn key_attribute(
    input: &DeriveInput,
    diagnostics: &mut Diagnostics,
) -> Option<KeyAttribute> {
    let krate = dkmio_crate(&input.attrs, diagnostics);
    let serde = SerdeContainer::parse(&input.attrs, diagnostics);
    // The shape of a type does not matter if serde writes it as another type.
    let kind = match &serde.into {
        Some(into) => Some(Kind::Of(Box::new(into.clone()))),
        None => kind(input, diagnostics),
    };
    if !input.generics.params.is_empty() {
        diagnostics.on(
            &input.generics,
            "a key cannot have generics or lifetimes",
            "use a concrete, owned type",
        );
    }
    let converts = ["into", "from", "try_from"];
    for (word, span) in serde.reshaping.iter().chain(&serde.tagging) {
        // A newtype is written like the type inside, with or without `transparent`.
        let is_known = serde.into.is_some() && converts.contains(&word.as_str());
        if word != "transparent" && !is_known {
            diagnostics.at(*span, format!("`#[serde({word})]` is not supported on a key"), "it may change the key's form on the wire: drop it, or implement `dkmio::KeyAttribute` by hand and say what the form is");
        }
    }
    Some(KeyAttribute {
        krate,
        ident: input.ident.clone(),
        kind: kind?,
    })
}

fn kind(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Kind> {
    let ident = &input.ident;
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) => {
                let mut fields = fields.unnamed.iter();
                if let (Some(only), None) = (fields.next(), fields.next()) {
                    return Some(Kind::Of(Box::new(only.ty.clone())));
                }
                diagnostics.on(
                    ident,
                    format!("`{ident}` has not exactly one value, so it cannot be a key"),
                    SHAPES,
                );
            }
            Fields::Named(_) => diagnostics.on(
                ident,
                format!(
                    "`{ident}` has named fields, so it is a map on the wire and cannot be a key"
                ),
                SHAPES,
            ),
            Fields::Unit => diagnostics.on(
                ident,
                format!("`{ident}` holds no value, so it cannot be a key"),
                SHAPES,
            ),
        },
        Data::Enum(data) => {
            let with_fields: Vec<_> = data
                .variants
                .iter()
                .filter(|variant| !matches!(variant.fields, Fields::Unit))
                .collect();
            for variant in &with_fields {
                diagnostics.on(&variant.ident, format!("variant `{}` has fields, so `{ident}` is not a string on the wire and cannot be a key", variant.ident), SHAPES);
            }
            if data.variants.is_empty() {
                diagnostics.on(
                    ident,
                    format!("`{ident}` has no variants, so it cannot be a key"),
                    SHAPES,
                );
            } else if with_fields.is_empty() {
                return Some(Kind::Enum);
            }
        }
        Data::Union(_) => diagnostics.on(
            ident,
            format!("`{ident}` is a union, so it cannot be a key"),
            SHAPES,
        ),
    }
    None
}
