//! Reads what a key is made of: fields, or a text with the name of its attribute.

use super::words::text;
use super::{Template, Value, Word};
use crate::diagnostics::Diagnostics;
use quote::ToTokens;
use syn::{Expr, Ident, LitStr};

/// The fields of `pk = ..` or `sk = ..`; none if the key is a text.
pub(crate) struct IndexKey {
    pub(crate) word: Ident,
    pub(crate) fields: Vec<Ident>,
    /// The text of `pk("GSI1PK") = "…"`.
    pub(crate) text: Option<NamedText>,
}

/// The text of a key attribute, and the attribute's name in DynamoDB.
pub(crate) struct NamedText {
    pub(crate) name: LitStr,
    pub(crate) template: Template,
}

/// Reads `pk("PK") = "…"`, `pk = field` or `pk = (first, second)`.
///
/// `prefix` is how the names of such attributes often begin, for an example.
pub(super) fn table_key(
    word: &Word,
    prefix: &str,
    diagnostics: &mut Diagnostics,
) -> Option<IndexKey> {
    let name = &word.name;
    let (attribute, value) = match &word.value {
        Value::Of(attribute, value) => (Some(attribute), value),
        // Without a member it is a field's name in quotes.
        Value::Is(value) if text(value).is_some_and(|text| text.value().contains('{')) => {
            (None, value)
        }
        Value::List(attribute) if syn::parse2::<LitStr>(attribute.clone()).is_ok() => {
            diagnostics.on(
                word,
                format!("`{name}({attribute})` has no text"),
                format!("write `{name}({attribute}) = \"…\"`, with fields of the struct in braces"),
            );
            return None;
        }
        _ => return key(word, diagnostics),
    };
    let Some(literal) = text(value) else {
        diagnostics.on(
            value,
            format!("`{name}(..)` takes a text, with fields of the struct in braces"),
            format!("write `{name}(\"…\") = \"{{field}}\"`; a field that is itself the key goes without the name: `{name} = field`"),
        );
        return None;
    };
    let attribute = attribute.map(|attribute| syn::parse2::<LitStr>(attribute.clone()));
    let Some(Ok(attribute)) = attribute else {
        diagnostics.on(
            &word.name,
            format!("`{name}` does not say in which attribute its text is stored"),
            format!(
                "name the attribute as DynamoDB has it: `{name}(\"{prefix}{}\") = {:?}`",
                name.to_string().to_uppercase(),
                literal.value()
            ),
        );
        return None;
    };
    Some(IndexKey {
        word: name.clone(),
        fields: Vec::new(),
        text: Some(NamedText {
            name: attribute,
            template: Template::of(literal.clone()),
        }),
    })
}

/// Reads `pk = field` or `pk = (first, second)`.
pub(super) fn key(word: &Word, diagnostics: &mut Diagnostics) -> Option<IndexKey> {
    let name = &word.name;
    let fields = match &word.value {
        Value::Is(Expr::Tuple(tuple)) => tuple.elems.iter().map(ident).collect(),
        Value::Is(Expr::Paren(paren)) => ident(&paren.expr).map(|field| vec![field]),
        Value::Is(field) => ident(field).map(|field| vec![field]),
        Value::Nothing | Value::List(_) | Value::Of(..) => None,
    };
    match fields {
        Some(fields) if !fields.is_empty() => Some(IndexKey {
            word: name.clone(),
            fields,
            text: None,
        }),
        _ => {
            let help = format!(
                "write `{name} = field`, or `{name} = (first, second)` for a key of several attributes"
            );
            match &word.value {
                Value::Is(value) => {
                    diagnostics.on(value, format!("`{name}` takes the names of fields"), help)
                }
                Value::Nothing | Value::List(_) => {
                    diagnostics.on(word, format!("`{name}` needs a field"), help)
                }
                Value::Of(..) => diagnostics.on(
                    word,
                    format!("`{name}` of an entity takes no name of an attribute"),
                    format!("the shared table names it: write `{name} = \"…\"`, with fields of the struct in braces"),
                ),
            }
            None
        }
    }
}

/// Returns the name that the value is.
pub(super) fn ident(value: &Expr) -> Option<Ident> {
    match value {
        // A name that came through a `macro_rules!` fragment.
        Expr::Group(group) => ident(&group.expr),
        Expr::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    }
}

impl IndexKey {
    /// Returns the text, with the word for it.
    pub(crate) fn named_text(&self) -> Option<(&Ident, &NamedText)> {
        Some((&self.word, self.text.as_ref()?))
    }
}

impl ToTokens for IndexKey {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.word.to_tokens(tokens);
    }
}
