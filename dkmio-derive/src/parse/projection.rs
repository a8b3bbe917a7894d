//! A projection: `#[projection(of = ..)]`.

use super::record::fields_with_names;
use super::words::text;
use super::{Field, Record, SerdeContainer, Value, dkmio_crate, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{DeriveInput, Expr, GenericParam, Lifetime, Path};

/// A projection as declared.
pub(crate) struct Projection {
    pub(crate) record: Record,
    /// The span of the attribute, if there is one.
    pub(crate) attribute: Option<Span>,
    pub(crate) of: Option<Path>,
    /// The lifetime of the data that it borrows.
    pub(crate) lifetime: Option<Lifetime>,
}

/// Reads a projection, unless its shape excludes it.
pub(crate) fn projection(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Projection> {
    let fields = fields_with_names(input, "a projection", diagnostics);
    let lifetime = lifetime(input, diagnostics);
    let (fields, lifetime) = (fields?, lifetime?);
    let (mut place, mut of) = (None, None);
    for attribute in input
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident(keyword::PROJECTION))
    {
        place = place.or(Some(attribute.path().span()));
        for word in words(attribute, diagnostics) {
            if word.name != keyword::OF {
                let name = word.name.to_string();
                diagnostics.on(
                    &word,
                    format!("unknown word `{name}` in `#[projection(..)]`"),
                    keyword::suggest(&name, &[keyword::OF]),
                );
                continue;
            }
            let table = match &word.value {
                Value::Is(Expr::Path(path)) => Some(path.path.clone()),
                Value::Is(value) => text(value).and_then(|text| text.parse().ok()),
                Value::Nothing | Value::List(_) | Value::Of(..) => None,
            };
            if table.is_none() {
                diagnostics.on(&word, "`of` needs a table", "write the struct that derives `DynamoTable`, such as `#[projection(of = Orders)]`");
            }
            once(&mut of, &word.name, table, diagnostics);
        }
    }
    let krate = dkmio_crate(&input.attrs, diagnostics);
    let serde = SerdeContainer::parse(&input.attrs, diagnostics);
    let fields = fields
        .iter()
        .filter_map(|field| Field::parse(field, diagnostics))
        .collect();
    let record = Record {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        krate,
        serde,
        fields,
    };
    Some(Projection {
        record,
        attribute: place,
        of,
        lifetime,
    })
}

/// Returns the struct's lifetime, if it has one; nothing if it has other generics.
fn lifetime(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Option<Lifetime>> {
    let mut parameters = input.generics.params.iter();
    match (parameters.next(), parameters.next()) {
        (None, _) => Some(None),
        (Some(GenericParam::Lifetime(parameter)), None) => Some(Some(parameter.lifetime.clone())),
        _ => {
            diagnostics.on(
                &input.generics,
                "a projection cannot have generics, but for one lifetime",
                "use concrete types for the fields; what borrows, borrows from one page: `struct Row<'a> { name: &'a str }`",
            );
            None
        }
    }
}
