//! Reads `#[vector_index(..)]` of a struct.

use super::index::project;
use super::key_word::ident;
use super::{ProjectWord, Value, Word, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use proc_macro2::Span;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitInt, LitStr, Token};

/// A vector index as declared.
pub(crate) struct VectorIndex {
    /// The whole attribute.
    pub(crate) span: Span,
    pub(crate) accessor: Option<Ident>,
    pub(crate) name: Option<LitStr>,
    /// The field with the vector.
    pub(crate) on: Option<Ident>,
    pub(crate) dimensions: Option<LitInt>,
    pub(crate) distance: Option<Distance>,
    pub(crate) pk: Option<Ident>,
    pub(crate) filters: Vec<Ident>,
    pub(crate) project: Vec<(Ident, ProjectWord)>,
    /// `true` if a fault in the attribute has been reported, which may be why something is missing.
    pub(crate) misread: bool,
}

/// How an index compares vectors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Distance {
    Cosine,
    DotProduct,
    Euclidean,
}

const WORDS: &[&str] = &[
    keyword::NAME,
    keyword::ON,
    keyword::DIMENSIONS,
    keyword::DISTANCE,
    keyword::PK,
    keyword::FILTER,
    keyword::PROJECT,
];

const DISTANCES: &[&str] = &[keyword::COSINE, keyword::DOT_PRODUCT, keyword::EUCLIDEAN];

/// Returns whether the attribute declares a vector index.
pub(super) fn is_vector_index(attribute: &Attribute) -> bool {
    attribute.path().is_ident(keyword::VECTOR_INDEX)
}

/// Reports the attribute on a field.
pub(super) fn refuse_on_field(attribute: &Attribute, field: &Ident, diagnostics: &mut Diagnostics) {
    diagnostics.at(
        attribute.path().span(),
        "a vector index is declared above the struct",
        format!("move the attribute there, and name the field in it: `on = {field}`"),
    );
}

/// Returns the vector index that the attribute declares, if it declares one.
pub(super) fn vector_index(
    attribute: &Attribute,
    diagnostics: &mut Diagnostics,
) -> Option<VectorIndex> {
    if !is_vector_index(attribute) {
        return None;
    }
    let mut index = VectorIndex {
        span: attribute.path().span(),
        accessor: None,
        name: None,
        on: None,
        dimensions: None,
        distance: None,
        pk: None,
        filters: Vec::new(),
        project: Vec::new(),
        misread: false,
    };
    let faults = diagnostics.count();
    for (position, word) in words(attribute, diagnostics).into_iter().enumerate() {
        index.read(position, word, diagnostics);
    }
    index.misread = diagnostics.count() > faults;
    Some(index)
}

impl VectorIndex {
    fn read(&mut self, position: usize, word: Word, diagnostics: &mut Diagnostics) {
        let name = word.name.to_string();
        match (name.as_str(), &word.value) {
            // The first word alone is the accessor, whatever it is called.
            (_, Value::Nothing) if position == 0 => self.accessor = Some(word.name),
            (keyword::NAME, _) => {
                let value = word.string(diagnostics);
                once(&mut self.name, &word.name, value, diagnostics);
            }
            (keyword::ON, _) => {
                let value = one_field(&word, diagnostics);
                once(&mut self.on, &word.name, value, diagnostics);
            }
            (keyword::PK, _) => {
                let value = one_field(&word, diagnostics);
                once(&mut self.pk, &word.name, value, diagnostics);
            }
            (keyword::DIMENSIONS, _) => {
                let value = number(&word, diagnostics);
                once(&mut self.dimensions, &word.name, value, diagnostics);
            }
            (keyword::DISTANCE, _) => {
                let value = distance(&word, diagnostics);
                once(&mut self.distance, &word.name, value, diagnostics);
            }
            (keyword::FILTER, _) => self.filters.extend(fields(&word, diagnostics)),
            (keyword::PROJECT, _) => {
                let value = project(&word, diagnostics);
                self.project.extend(value.map(|value| (word.name, value)));
            }
            (keyword::SK, _) => diagnostics.on(
                &word,
                "a vector index has no sort key",
                "what it finds is sorted by the distance to the vector; to narrow it declare `filter(field)`",
            ),
            _ => diagnostics.on(
                &word,
                format!("unknown word `{name}` in `#[vector_index(..)]`"),
                keyword::suggest(&name, WORDS),
            ),
        }
    }
}

/// Returns the one field of `on = ..` or `pk = ..`.
fn one_field(word: &Word, diagnostics: &mut Diagnostics) -> Option<Ident> {
    let name = &word.name;
    let help = format!("write `{name} = field`");
    match &word.value {
        Value::Is(value) => match (ident(value), value) {
            (Some(field), _) => return Some(field),
            (None, Expr::Tuple(fields)) => {
                let message = format!("`{name}` of a vector index is one field");
                diagnostics.on(fields, message, help);
            }
            (None, _) => diagnostics.on(value, format!("`{name}` takes the name of a field"), help),
        },
        Value::Nothing | Value::List(_) | Value::Of(..) => {
            diagnostics.on(word, format!("`{name}` needs a field"), help);
        }
    }
    None
}

fn number(word: &Word, diagnostics: &mut Diagnostics) -> Option<LitInt> {
    const HELP: &str = "write the length of the vectors, such as `dimensions = 384`";
    match &word.value {
        Value::Is(value) => match literal(value) {
            Some(number) => return Some(number.clone()),
            None => diagnostics.on(value, "`dimensions` takes a number", HELP),
        },
        Value::Nothing | Value::List(_) | Value::Of(..) => {
            diagnostics.on(word, "`dimensions` needs a number", HELP);
        }
    }
    None
}

/// Returns the number that the expression is, also one that came through `macro_rules!`.
fn literal(value: &Expr) -> Option<&LitInt> {
    match value {
        Expr::Group(group) => literal(&group.expr),
        Expr::Lit(ExprLit {
            lit: Lit::Int(number),
            ..
        }) => Some(number),
        _ => None,
    }
}

fn distance(word: &Word, diagnostics: &mut Diagnostics) -> Option<Distance> {
    const HELP: &str =
        "write `distance = cosine`, `distance = dot_product` or `distance = euclidean`";
    let named = match &word.value {
        Value::Is(Expr::Path(path)) => path.path.get_ident(),
        _ => None,
    };
    let Some(named) = named else {
        match &word.value {
            Value::Is(value) => diagnostics.on(value, "`distance` takes a word", HELP),
            Value::Nothing | Value::List(_) | Value::Of(..) => {
                diagnostics.on(word, "`distance` needs a value", HELP);
            }
        }
        return None;
    };
    match named.to_string().as_str() {
        keyword::COSINE => Some(Distance::Cosine),
        keyword::DOT_PRODUCT => Some(Distance::DotProduct),
        keyword::EUCLIDEAN => Some(Distance::Euclidean),
        other => {
            diagnostics.on(
                named,
                format!("unknown distance `{other}`"),
                keyword::suggest(other, DISTANCES),
            );
            None
        }
    }
}

/// Returns the fields of `filter(..)`.
fn fields(word: &Word, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    const HELP: &str = "write `filter(field, ..)`";
    let Value::List(fields) = &word.value else {
        diagnostics.on(word, "`filter` takes fields in parentheses", HELP);
        return Vec::new();
    };
    match Punctuated::<Ident, Token![,]>::parse_terminated.parse2(fields.clone()) {
        Ok(fields) if fields.is_empty() => {
            diagnostics.on(word, "`filter()` names no field", HELP);
            Vec::new()
        }
        Ok(fields) => fields.into_iter().collect(),
        Err(error) => {
            diagnostics.at(
                error.span(),
                format!("`filter(..)` takes the names of fields: {error}"),
                HELP,
            );
            Vec::new()
        }
    }
}
