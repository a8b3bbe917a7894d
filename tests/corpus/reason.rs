//! Why a case is beyond dkmio: what its types cannot express.

use crate::case::{Case, Request};
use std::collections::BTreeSet;

/// A fault that dkmio's expression layer leaves no way to write. The list is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// The text is empty; dkmio leaves an expression that says nothing out of the request.
    Empty,
    /// The text does not parse; dkmio writes the text itself.
    Syntax,
    /// The text has a placeholder without a name or value behind it; dkmio makes both at once.
    Undefined,
    /// The request has a name or value that no expression uses; dkmio makes them as it uses them.
    Unused,
    /// The text has a reserved word as a name; dkmio aliases each name.
    Reserved,
    /// The key condition has no equality; `KeyCondition` begins with one, `partition`.
    NoEquality,
}

impl Reason {
    pub(crate) const ALL: [Self; 6] = [
        Self::Empty,
        Self::Syntax,
        Self::Undefined,
        Self::Unused,
        Self::Reserved,
        Self::NoEquality,
    ];

    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Empty => "empty expression",
            Self::Syntax => "syntax error",
            Self::Undefined => "placeholder without name or value",
            Self::Unused => "name or value without placeholder",
            Self::Reserved => "reserved word as a name",
            Self::NoEquality => "key condition without equality",
        }
    }
}

/// The reserved words that the cases write as names, bare. DynamoDB has some 700.
const RESERVED: [&str; 2] = ["name", "status"];

/// Returns what is wrong with the texts of a case's requests, if that is why dkmio cannot write them.
pub(crate) fn of_texts(case: &Case, requests: &[&Request]) -> Option<Reason> {
    let any = |fault: fn(&Request) -> bool| requests.iter().any(|request| fault(request));
    let unparsed = case.expressions.values().any(|e| e.ast.is_none());
    if unparsed && any(|r| r.texts().any(str::is_empty)) {
        Some(Reason::Empty)
    } else if unparsed && any(|r| !written(r).is_subset(&defined(r))) {
        Some(Reason::Undefined)
    } else if unparsed {
        Some(Reason::Syntax)
    } else if any(|r| !defined(r).is_subset(&written(r))) {
        Some(Reason::Unused)
    } else if any(|r| r.texts().flat_map(words).any(is_reserved)) {
        Some(Reason::Reserved)
    } else {
        None
    }
}

fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// The placeholders in the texts of a request.
fn written(request: &Request) -> BTreeSet<&str> {
    let words = request.texts().flat_map(words);
    words.filter(|word| word.starts_with(['#', ':'])).collect()
}

/// The placeholders that a request has names and values for.
fn defined(request: &Request) -> BTreeSet<&str> {
    let names = request.expression_attribute_names.keys();
    let values = request.expression_attribute_values.keys();
    names.chain(values).map(String::as_str).collect()
}

/// The names, keywords and placeholders of an expression's text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '#' | ':')))
        .filter(|word| !word.is_empty())
}
