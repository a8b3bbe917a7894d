//! Reads the inside of an attribute: `word`, `word = value`, `word(..)`, separated by commas.

use crate::diagnostics::Diagnostics;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, Token};

/// One word of an attribute.
pub(crate) struct Word {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

/// What follows a word.
pub(crate) enum Value {
    Nothing,
    Is(Expr),
    List(TokenStream),
    /// `word(..) = value`.
    Of(TokenStream, Expr),
}

impl Parse for Word {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // `crate` is a keyword, and words may be written raw.
        let name = input.call(Ident::parse_any)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Value::Is(ungrouped(input.parse()?))
        } else if input.peek(syn::token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            let list = content.parse()?;
            if input.peek(Token![=]) {
                input.parse::<Token![=]>()?;
                Value::Of(list, ungrouped(input.parse()?))
            } else {
                Value::List(list)
            }
        } else {
            Value::Nothing
        };
        Ok(Self { name, value })
    }
}

impl ToTokens for Word {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.name.to_tokens(tokens);
    }
}

impl Word {
    /// Returns the string of `word = "…"`.
    pub(crate) fn string(&self, diagnostics: &mut Diagnostics) -> Option<LitStr> {
        match &self.value {
            Value::Is(value) if text(value).is_some() => return text(value).cloned(),
            Value::Is(other) => diagnostics.on(
                other,
                format!("`{}` takes a string", self.name),
                format!("write `{} = \"…\"`", self.name),
            ),
            Value::Nothing | Value::List(_) | Value::Of(..) => {
                diagnostics.on(
                    &self.name,
                    format!("`{}` needs a value", self.name),
                    format!("write `{} = \"…\"`", self.name),
                );
            }
        }
        None
    }

    /// Reports a value where there must be none.
    pub(crate) fn bare(&self, diagnostics: &mut Diagnostics) {
        if !matches!(self.value, Value::Nothing) {
            diagnostics.on(
                &self.name,
                format!("`{}` takes no value", self.name),
                format!("write `{}` alone", self.name),
            );
        }
    }
}

/// Returns the expression without the invisible groups that `macro_rules!` puts around the value of `$name:literal`,
/// `$name:expr` and the like.
fn ungrouped(mut value: Expr) -> Expr {
    while let Expr::Group(group) = value {
        value = *group.expr;
    }
    value
}

/// Returns the string that the expression is, also one that came through `macro_rules!`.
pub(super) fn text(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Group(group) => text(&group.expr),
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text),
        _ => None,
    }
}

/// Returns the words of an attribute; none if it has no parentheses.
pub(crate) fn words(attribute: &Attribute, diagnostics: &mut Diagnostics) -> Vec<Word> {
    if matches!(attribute.meta, Meta::Path(_)) {
        return Vec::new();
    }
    match attribute.parse_args_with(Punctuated::<Word, Token![,]>::parse_terminated) {
        Ok(words) => words.into_iter().collect(),
        Err(error) => {
            diagnostics.syntax(error);
            Vec::new()
        }
    }
}

/// Puts the value of a word into its slot, which has to be empty.
pub(crate) fn once<T>(
    slot: &mut Option<T>,
    word: &Ident,
    value: Option<T>,
    diagnostics: &mut Diagnostics,
) {
    let Some(value) = value else { return };
    if slot.is_some() {
        diagnostics.on(word, format!("`{word}` is given twice"), "keep one of them");
    } else {
        *slot = Some(value);
    }
}
