//! Reads what a key attribute of an entity is made of: a template, or fields.

use super::key_word::{IndexKey, key};
use super::words::text;
use super::{Template, Value, Word};
use crate::diagnostics::Diagnostics;

/// What a key attribute is made of, as declared.
pub(crate) enum KeyText {
    Template(Template),
    Fields(IndexKey),
}

/// Reads `pk = "…"` or `pk = field`.
pub(super) fn key_text(word: &Word, diagnostics: &mut Diagnostics) -> Option<KeyText> {
    if let Value::Is(value) = &word.value
        && let Some(literal) = text(value)
    {
        return Some(KeyText::Template(Template::of(literal.clone())));
    }
    key(word, diagnostics).map(KeyText::Fields)
}
