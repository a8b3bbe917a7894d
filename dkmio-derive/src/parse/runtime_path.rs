//! `#[dkmio(crate = "…")]`: where the generated code finds the runtime.

use super::words::text;
use super::{Value, Word, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword::{self, TypeWord};
use quote::quote;
use syn::{Attribute, Expr, Path, parse_quote};

/// Returns the path of the module that generated code refers to.
pub(crate) fn runtime(krate: Option<&Path>) -> Path {
    match krate {
        Some(path) => parse_quote!(#path::__private),
        None => parse_quote!(::dkmio::__private),
    }
}

/// Returns the path of `crate = "…"`, written as a string or as it is.
pub(super) fn crate_path(word: &Word, diagnostics: &mut Diagnostics) -> Option<Path> {
    const HELP: &str = "write the crate's path, such as `crate = \"my_crate::dkmio\"`";
    let literal = match &word.value {
        Value::Is(Expr::Path(path)) => return Some(path.path.clone()),
        Value::Is(value) => text(value),
        Value::Nothing | Value::List(_) | Value::Of(..) => None,
    };
    let Some(literal) = literal else {
        diagnostics.on(word, "`crate` needs a path", HELP);
        return None;
    };
    if let Ok(path) = literal.parse() {
        return Some(path);
    }
    let message = format!("`{}` is not a path", literal.value());
    diagnostics.on(literal, message, HELP);
    None
}

/// Reads the `#[dkmio(..)]` of a derive that knows only the words of every derive.
pub(crate) fn dkmio_crate(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Option<Path> {
    let mut krate = None;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(keyword::DKMIO))
    {
        for word in words(attribute, diagnostics) {
            match TypeWord::of(&word.name) {
                Some(TypeWord::Crate) => {
                    let path = crate_path(&word, diagnostics);
                    once(&mut krate, &word.name, path, diagnostics);
                }
                Some(TypeWord::NoImplicitPrelude) => word.bare(diagnostics),
                None => unknown(&word, TypeWord::ALL, diagnostics),
            }
        }
    }
    krate
}

/// Returns whether a word is among those of `#[dkmio(..)]`.
pub(crate) fn has_word(attributes: &[Attribute], name: &str) -> bool {
    // Faults in the other words are reported where these are read.
    let mut reported = Diagnostics::default();
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(keyword::DKMIO))
        .flat_map(|attribute| words(attribute, &mut reported))
        .any(|word| word.name == name)
}

/// Reports a word of `#[dkmio(..)]` that is none of `valid`.
pub(super) fn unknown(word: &Word, valid: &[&str], diagnostics: &mut Diagnostics) {
    let name = &word.name;
    diagnostics.on(
        word,
        format!("unknown word `{name}` in `#[dkmio(..)]`"),
        keyword::suggest(&name.to_string(), valid),
    );
}

/// Returns the path as serde's `crate` attribute takes it.
pub(crate) fn serde_crate(runtime: &Path) -> String {
    let path = quote!(#runtime::serde).to_string();
    path.replace(' ', "")
}
