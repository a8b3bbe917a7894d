//! A projection: `#[projection(of = ..)]`.

use super::{Field, Record, SerdeContainer, Value, dkmio_crate, named_fields, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{DeriveInput, Expr, ExprLit, Lit, Path};

/// A projection as declared.
pub(crate) struct Projection {
    pub(crate) record: Record,
    /// Where the attribute stands, if there is one.
    pub(crate) attribute: Option<Span>,
    pub(crate) of: Option<Path>,
}

/// Reads a projection, unless its shape excludes it.
pub(crate) fn projection(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Projection> {
    let fields = named_fields(input, "a projection", diagnostics)?;
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
                Value::Is(Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                })) => text.parse().ok(),
                _ => None,
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
    })
}
