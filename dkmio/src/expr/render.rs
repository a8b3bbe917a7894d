//! Writes expressions as DynamoDB's text: every name aliased, every value a placeholder, all limits checked.

mod check;
mod clauses;
mod condition;

use self::check::{check_operands, check_operators, check_set};
use super::term::{Encoded, Term, TermKind};
use crate::attr::{Path, Segment};
use crate::error::{Error, ValidationCause};
use crate::value::{AttributeValue, value_size};
use itoa::Buffer as Digits;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The longest expression, in bytes.
const MAX_EXPRESSION: usize = 4 * 1024;
/// Most expressions are shorter, in bytes.
const USUAL_EXPRESSION: usize = 32;
/// All values of a request, in bytes.
const MAX_VALUES: usize = 2 * 1024 * 1024;
/// Levels of a document path.
const MAX_DEPTH: usize = 32;
/// A name longer than this gets a short alias.
const MAX_ALIAS: usize = 64;

/// The names and values of one request, shared by all its expressions.
#[derive(Default)]
pub(super) struct Renderer {
    pub(super) names: HashMap<String, String>,
    pub(super) values: HashMap<String, AttributeValue>,
    /// Aliases by name, of the names that cannot be their own alias.
    generated: HashMap<String, String>,
    values_size: usize,
    operators: usize,
}

impl Renderer {
    fn expression(
        &mut self,
        what: &str,
        write: impl FnOnce(&mut Self, &mut String) -> Result<(), Error>,
    ) -> Result<String, Error> {
        self.operators = 0;
        let mut text = String::with_capacity(USUAL_EXPRESSION);
        write(self, &mut text)?;
        check_operators(what, self.operators)?;
        if text.len() > MAX_EXPRESSION {
            return Err(Error::invalid(
                ValidationCause::ExpressionTooLong {
                    size: Some(text.len()),
                    limit: MAX_EXPRESSION,
                },
                format!(
                    "the {what} is {} bytes long as an expression; DynamoDB takes at most {MAX_EXPRESSION}",
                    text.len()
                ),
            ));
        }
        Ok(text)
    }

    fn write_call<const N: usize>(
        &mut self,
        out: &mut String,
        function: &str,
        arguments: [Term; N],
    ) -> Result<(), Error> {
        self.operators += 1;
        out.push_str(function);
        out.push('(');
        for (i, argument) in arguments.into_iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            self.write_term(out, argument)?;
        }
        out.push(')');
        Ok(())
    }

    fn write_term(&mut self, out: &mut String, term: Term) -> Result<(), Error> {
        match term.0 {
            TermKind::Value(value) => self.write_encoded(out, value),
            TermKind::Path(path) => self.write_path(out, &path),
            node => self.write_nested(out, Term(node)),
        }
    }

    /// Writes a term that has other terms in it, without recursion, because they may be nested as deep as DynamoDB
    /// takes operators.
    fn write_nested(&mut self, out: &mut String, term: Term) -> Result<(), Error> {
        enum Part {
            Term(Term),
            Text(&'static str),
        }
        let mut parts = vec![Part::Term(term)];
        while let Some(part) = parts.pop() {
            let term = match part {
                Part::Text(text) => {
                    out.push_str(text);
                    continue;
                }
                Part::Term(term) => term,
            };
            match term.0 {
                TermKind::Value(value) => self.write_encoded(out, value)?,
                TermKind::Path(path) => self.write_path(out, &path)?,
                TermKind::Size(path) => {
                    self.operators += 1;
                    out.push_str("size(");
                    self.write_path(out, &path)?;
                    out.push(')');
                }
                TermKind::Arithmetic(left, sign, right) => {
                    self.operators += 1;
                    check_operands([&left, &right])?;
                    parts.push(Part::Term(*right));
                    parts.push(Part::Text(sign.text()));
                    parts.push(Part::Term(*left));
                }
                TermKind::IfNotExists(path, otherwise) => {
                    self.operators += 1;
                    check_operands([&otherwise])?;
                    out.push_str("if_not_exists(");
                    self.write_path(out, &path)?;
                    out.push_str(", ");
                    parts.push(Part::Text(")"));
                    parts.push(Part::Term(*otherwise));
                }
                TermKind::ListAppend(first, second) => {
                    self.operators += 1;
                    check_operands([&first, &second])?;
                    out.push_str("list_append(");
                    parts.push(Part::Text(")"));
                    parts.push(Part::Term(*second));
                    parts.push(Part::Text(", "));
                    parts.push(Part::Term(*first));
                }
                TermKind::TooLarge(operators) => {
                    check_operators("expression", self.operators.saturating_add(operators))?;
                }
            }
        }
        Ok(())
    }

    fn write_encoded(&mut self, out: &mut String, value: Encoded) -> Result<(), Error> {
        let value = value.map_err(|e| e.into_encode(None))?;
        self.write_value(out, value.unwrap_or(AttributeValue::Null(true)))
    }

    fn write_path(&mut self, out: &mut String, path: &Path) -> Result<(), Error> {
        if let Some(fault) = path.fault() {
            return Err(Error::invalid(
                ValidationCause::Path,
                format!(
                    "`{path}` is not a document path: {fault}; write it like `address.city` or `items[0].qty`, with `\\.` for a dot in a name"
                ),
            ));
        }
        if path.segments().len() + 1 > MAX_DEPTH {
            return Err(Error::invalid(
                ValidationCause::NestedTooDeep { limit: MAX_DEPTH },
                format!(
                    "the path `{path}` has {} levels; DynamoDB takes at most {MAX_DEPTH}",
                    path.segments().len() + 1
                ),
            ));
        }
        self.write_alias(out, path.attribute())?;
        for segment in path.segments() {
            match segment {
                Segment::Name(name) => {
                    out.push('.');
                    self.write_alias(out, name)?;
                }
                Segment::Index(index) => {
                    out.push('[');
                    out.push_str(Digits::new().format(*index));
                    out.push(']');
                }
            }
        }
        Ok(())
    }

    /// Writes the alias of a name: `#status` where the name allows it, else `#n0`, `#n1`, and so on.
    fn write_alias(&mut self, out: &mut String, name: &str) -> Result<(), Error> {
        if name.is_empty() {
            return Err(Error::invalid(
                ValidationCause::Empty,
                "the name of an attribute is empty",
            ));
        }
        if let Some(alias) = self.generated.get(name) {
            out.push_str(alias);
            return Ok(());
        }
        match self.names.entry(joined('#', name)) {
            Entry::Occupied(taken) if taken.get() == name => {
                out.push_str(taken.key());
                return Ok(());
            }
            Entry::Vacant(free) if is_plain(name) => {
                out.push_str(free.key());
                free.insert(name.to_owned());
                return Ok(());
            }
            _ => {}
        }
        let mut number = self.generated.len();
        let alias = loop {
            let alias = numbered("#n", number);
            if !self.names.contains_key(&alias) {
                break alias;
            }
            number += 1;
        };
        out.push_str(&alias);
        self.names.insert(alias.clone(), name.to_owned());
        self.generated.insert(name.to_owned(), alias);
        Ok(())
    }

    /// Writes the placeholder of a value: `:v0`, `:v1`, and so on.
    fn write_value(&mut self, out: &mut String, value: AttributeValue) -> Result<(), Error> {
        check_set(&value)?;
        self.values_size += value_size(&value);
        if self.values_size > MAX_VALUES {
            return Err(Error::invalid(
                ValidationCause::RequestTooLarge {
                    size: Some(self.values_size),
                    limit: MAX_VALUES,
                },
                format!(
                    "the values of the expressions have more than {MAX_VALUES} bytes (2 MB), which is all that DynamoDB takes"
                ),
            ));
        }
        let placeholder = numbered(":v", self.values.len());
        out.push_str(&placeholder);
        self.values.insert(placeholder, value);
        Ok(())
    }
}

/// Returns the sign and the name, in one allocation of exactly their size.
fn joined(sign: char, name: &str) -> String {
    let mut text = String::with_capacity(sign.len_utf8() + name.len());
    text.push(sign);
    text.push_str(name);
    text
}

fn numbered(prefix: &str, number: usize) -> String {
    let mut digits = Digits::new();
    let digits = digits.format(number);
    let mut text = String::with_capacity(prefix.len() + digits.len());
    text.push_str(prefix);
    text.push_str(digits);
    text
}

/// Returns whether a name can be its own alias: letters, digits and underscores, and short enough to be read.
fn is_plain(name: &str) -> bool {
    name.len() <= MAX_ALIAS
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
