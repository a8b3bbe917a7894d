//! Writes expressions as DynamoDB's text: every name aliased, every value a placeholder, all limits checked.

use super::condition::{Comparator, Condition, Node as ConditionNode};
use super::fold::{Folded, fold};
use super::key_condition::{KeyCondition, KeyOperator};
use super::projection::Projection;
use super::term::{Node as TermNode, Sign, Term};
use super::update::{Clause, Update};
use crate::attr::{Path, Segment};
use crate::error::Error;
use crate::value::{AttributeValue, compare_scalars, value_size};
use std::cmp::Ordering;
use std::collections::HashMap;

/// The longest expression, in bytes.
const MAX_EXPRESSION: usize = 4 * 1024;
/// Operators and functions in one expression.
const MAX_OPERATORS: usize = 300;
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
    /// Aliases by name, for names that could not be their own alias.
    generated: HashMap<String, String>,
    values_size: usize,
    operators: usize,
}

impl Renderer {
    /// Renders a condition or filter; `None` when it always holds.
    pub(super) fn condition(
        &mut self,
        what: &str,
        condition: Condition,
    ) -> Result<Option<String>, Error> {
        let condition = match fold(condition) {
            Folded::Always => return Ok(None),
            Folded::Never(Some(path)) => Condition::all([
                Condition(ConditionNode::Exists(path.clone())),
                Condition(ConditionNode::NotExists(path)),
            ]),
            Folded::Never(None) => {
                return Err(Error::invalid(format!(
                    "the {what} can never hold, and DynamoDB cannot say so: `Condition::any` of nothing, or its like"
                )));
            }
            Folded::Node(condition) => condition,
        };
        self.expression(what, |r, out| {
            r.write_condition(out, condition, Binding::Or)
        })
        .map(Some)
    }

    pub(super) fn key_condition(&mut self, condition: KeyCondition) -> Result<String, Error> {
        self.expression("key condition", |r, out| {
            for (i, part) in condition.parts.into_iter().enumerate() {
                if i > 0 {
                    out.push_str(" AND ");
                    r.operators += 1;
                }
                let name = r.alias(&part.name)?;
                let mut values = Vec::new();
                for value in part.values.map_err(|e| e.into_encode(None))? {
                    values.push(r.value(value)?);
                }
                r.operators += 1;
                match (part.operator, values.as_slice()) {
                    (KeyOperator::BeginsWith, [prefix]) => {
                        out.push_str(&format!("begins_with({name}, {prefix})"));
                    }
                    (KeyOperator::Between, [low, high]) => {
                        r.check_order(low, high)?;
                        out.push_str(&format!("{name} BETWEEN {low} AND {high}"));
                    }
                    (KeyOperator::Compare(comparator), [value]) => {
                        out.push_str(&format!("{name} {} {value}", comparator.symbol()));
                    }
                    _ => {
                        return Err(Error::invalid(format!(
                            "the condition on key attribute `{}` has the wrong number of values",
                            part.name
                        )));
                    }
                }
            }
            Ok(())
        })
    }

    /// Renders a projection; `None` when it names nothing.
    pub(super) fn projection(&mut self, projection: Projection) -> Result<Option<String>, Error> {
        if projection.paths.is_empty() {
            return Ok(None);
        }
        check_overlap("projection", projection.paths.iter())?;
        self.expression("projection", |r, out| {
            for (i, path) in projection.paths.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                r.write_path(out, path)?;
            }
            Ok(())
        })
        .map(Some)
    }

    /// Renders an update; `None` when it changes nothing.
    pub(super) fn update(&mut self, update: Update) -> Result<Option<String>, Error> {
        if update.clauses.is_empty() {
            return Ok(None);
        }
        check_overlap("update", update.clauses.iter().map(Clause::path))?;
        self.expression("update", |r, out| {
            let mut sections: [(&str, String); 4] =
                ["SET ", "REMOVE ", "ADD ", "DELETE "].map(|keyword| (keyword, String::new()));
            for clause in update.clauses {
                let section = match clause {
                    Clause::Set(..) => 0,
                    Clause::Remove(..) => 1,
                    Clause::Add(..) => 2,
                    Clause::Delete(..) => 3,
                };
                let text = &mut sections[section].1;
                if !text.is_empty() {
                    text.push_str(", ");
                }
                r.operators += 1;
                match clause {
                    Clause::Set(path, term) => {
                        r.write_path(text, &path)?;
                        text.push_str(" = ");
                        r.write_term(text, term)?;
                    }
                    Clause::Remove(path) => r.write_path(text, &path)?,
                    Clause::Add(path, term) | Clause::Delete(path, term) => {
                        r.write_path(text, &path)?;
                        text.push(' ');
                        r.write_term(text, term)?;
                    }
                }
            }
            for (keyword, text) in sections.iter().filter(|(_, text)| !text.is_empty()) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(keyword);
                out.push_str(text);
            }
            Ok(())
        })
        .map(Some)
    }

    fn expression(
        &mut self,
        what: &str,
        write: impl FnOnce(&mut Self, &mut String) -> Result<(), Error>,
    ) -> Result<String, Error> {
        self.operators = 0;
        let mut text = String::new();
        write(self, &mut text)?;
        if self.operators > MAX_OPERATORS {
            return Err(Error::invalid(format!(
                "the {what} has {} operators; DynamoDB takes at most {MAX_OPERATORS} in an expression",
                self.operators
            )));
        }
        if text.len() > MAX_EXPRESSION {
            return Err(Error::invalid(format!(
                "the {what} is {} bytes long as an expression; DynamoDB takes at most {MAX_EXPRESSION}",
                text.len()
            )));
        }
        Ok(text)
    }

    fn write_condition(
        &mut self,
        out: &mut String,
        condition: Condition,
        around: Binding,
    ) -> Result<(), Error> {
        let binding = Binding::of(&condition.0);
        let parenthesised = binding < around;
        if parenthesised {
            out.push('(');
        }
        match condition.0 {
            ConditionNode::And(conditions) => {
                self.write_joined(out, conditions, " AND ", binding)?
            }
            ConditionNode::Or(conditions) => self.write_joined(out, conditions, " OR ", binding)?,
            ConditionNode::Not(inner) => {
                self.operators += 1;
                out.push_str("NOT ");
                self.write_condition(out, *inner, Binding::Not)?;
            }
            ConditionNode::Compare(left, comparator, right) => {
                self.operators += 1;
                check_comparable(comparator, &right)?;
                self.write_term(out, left)?;
                out.push(' ');
                out.push_str(comparator.symbol());
                out.push(' ');
                self.write_term(out, right)?;
            }
            ConditionNode::Between(term, low, high) => {
                self.operators += 1;
                check_between(&low, &high)?;
                self.write_term(out, term)?;
                out.push_str(" BETWEEN ");
                self.write_term(out, low)?;
                out.push_str(" AND ");
                self.write_term(out, high)?;
            }
            ConditionNode::In(term, values) => {
                self.operators += 1;
                self.write_term(out, term)?;
                out.push_str(" IN (");
                for (i, value) in values.into_iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    self.write_term(out, value)?;
                }
                out.push(')');
            }
            ConditionNode::Exists(path) => {
                self.write_call(out, "attribute_exists", [Term::path(path)])?
            }
            ConditionNode::NotExists(path) => {
                self.write_call(out, "attribute_not_exists", [Term::path(path)])?;
            }
            ConditionNode::BeginsWith(term, prefix) => {
                self.write_call(out, "begins_with", [term, prefix])?;
            }
            ConditionNode::Contains(term, element) => {
                self.write_call(out, "contains", [term, element])?;
            }
            ConditionNode::Type(path, attribute_type) => {
                let name = Term::attribute_value(AttributeValue::S(attribute_type.as_str().into()));
                self.write_call(out, "attribute_type", [Term::path(path), name])?;
            }
        }
        if parenthesised {
            out.push(')');
        }
        Ok(())
    }

    fn write_joined(
        &mut self,
        out: &mut String,
        conditions: Vec<Condition>,
        separator: &str,
        binding: Binding,
    ) -> Result<(), Error> {
        for (i, condition) in conditions.into_iter().enumerate() {
            if i > 0 {
                self.operators += 1;
                out.push_str(separator);
            }
            self.write_condition(out, condition, binding)?;
        }
        Ok(())
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
            TermNode::Value(value) => {
                let value = value.map_err(|e| e.into_encode(None))?;
                let value = value.unwrap_or(AttributeValue::Null(true));
                let placeholder = self.value(value)?;
                out.push_str(&placeholder);
                Ok(())
            }
            TermNode::Path(path) => self.write_path(out, &path),
            TermNode::Size(path) => self.write_call(out, "size", [Term::path(path)]),
            TermNode::Arithmetic(left, sign, right) => {
                self.operators += 1;
                self.write_term(out, *left)?;
                out.push_str(match sign {
                    Sign::Plus => " + ",
                    Sign::Minus => " - ",
                });
                self.write_term(out, *right)
            }
            TermNode::IfNotExists(path, otherwise) => {
                self.write_call(out, "if_not_exists", [Term::path(path), *otherwise])
            }
            TermNode::ListAppend(first, second) => {
                self.write_call(out, "list_append", [*first, *second])
            }
        }
    }

    fn write_path(&mut self, out: &mut String, path: &Path) -> Result<(), Error> {
        if let Some(fault) = path.fault() {
            return Err(Error::invalid(format!(
                "`{path}` is not a document path: {fault}; write it like `address.city` or `items[0].qty`, with `\\.` for a dot in a name"
            )));
        }
        if path.segments().len() + 1 > MAX_DEPTH {
            return Err(Error::invalid(format!(
                "the path `{path}` has {} levels; DynamoDB takes at most {MAX_DEPTH}",
                path.segments().len() + 1
            )));
        }
        let alias = self.alias(path.attribute())?;
        out.push_str(&alias);
        for segment in path.segments() {
            match segment {
                Segment::Name(name) => {
                    out.push('.');
                    let alias = self.alias(name)?;
                    out.push_str(&alias);
                }
                Segment::Index(index) => out.push_str(&format!("[{index}]")),
            }
        }
        Ok(())
    }

    /// Returns the alias of a name: `#status` where the name allows it, else `#n0`, `#n1`, and so on.
    fn alias(&mut self, name: &str) -> Result<String, Error> {
        if name.is_empty() {
            return Err(Error::invalid("the name of an attribute is empty"));
        }
        if let Some(alias) = self.generated.get(name) {
            return Ok(alias.clone());
        }
        let direct = format!("#{name}");
        match self.names.get(&direct) {
            Some(taken) if taken == name => return Ok(direct),
            None if is_plain(name) => {
                self.names.insert(direct.clone(), name.to_string());
                return Ok(direct);
            }
            _ => {}
        }
        let mut number = self.generated.len();
        let alias = loop {
            let alias = format!("#n{number}");
            if !self.names.contains_key(&alias) {
                break alias;
            }
            number += 1;
        };
        self.names.insert(alias.clone(), name.to_string());
        self.generated.insert(name.to_string(), alias.clone());
        Ok(alias)
    }

    fn value(&mut self, value: AttributeValue) -> Result<String, Error> {
        check_set(&value)?;
        self.values_size += value_size(&value);
        if self.values_size > MAX_VALUES {
            return Err(Error::invalid(format!(
                "the values of the expressions have more than {MAX_VALUES} bytes (2 MB), which is all that DynamoDB takes"
            )));
        }
        let placeholder = format!(":v{}", self.values.len());
        self.values.insert(placeholder.clone(), value);
        Ok(placeholder)
    }

    fn check_order(&self, low: &str, high: &str) -> Result<(), Error> {
        match (self.values.get(low), self.values.get(high)) {
            (Some(low), Some(high)) => check_low_high(low, high),
            _ => Ok(()),
        }
    }
}

/// How strongly an operator binds its operands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Comparison,
}

impl Binding {
    fn of(node: &ConditionNode) -> Self {
        match node {
            ConditionNode::Or(_) => Self::Or,
            ConditionNode::And(_) => Self::And,
            ConditionNode::Not(_) => Self::Not,
            _ => Self::Comparison,
        }
    }
}

/// Whether a name can be its own alias: letters, digits and underscores, and short enough to be read.
fn is_plain(name: &str) -> bool {
    name.len() <= MAX_ALIAS
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn check_set(value: &AttributeValue) -> Result<(), Error> {
    let empty = match value {
        AttributeValue::Ss(v) | AttributeValue::Ns(v) => v.is_empty(),
        AttributeValue::Bs(v) => v.is_empty(),
        _ => false,
    };
    if empty {
        return Err(Error::invalid(
            "an empty set is no value: DynamoDB has no empty sets; compare with `.exists()` and `.not_exists()`",
        ));
    }
    Ok(())
}

/// DynamoDB orders strings, numbers and binary only.
fn check_comparable(comparator: Comparator, right: &Term) -> Result<(), Error> {
    if matches!(comparator, Comparator::Eq | Comparator::Ne) {
        return Ok(());
    }
    match &right.0 {
        TermNode::Value(Ok(Some(
            AttributeValue::S(_) | AttributeValue::N(_) | AttributeValue::B(_),
        )))
        | TermNode::Value(Err(_)) => Ok(()),
        TermNode::Value(_) => Err(Error::invalid(format!(
            "`{}` compares strings, numbers and binary only",
            comparator.symbol()
        ))),
        _ => Ok(()),
    }
}

fn check_between(low: &Term, high: &Term) -> Result<(), Error> {
    match (&low.0, &high.0) {
        (TermNode::Value(Ok(Some(low))), TermNode::Value(Ok(Some(high)))) => {
            check_low_high(low, high)
        }
        _ => Ok(()),
    }
}

fn check_low_high(low: &AttributeValue, high: &AttributeValue) -> Result<(), Error> {
    match compare_scalars(low, high) {
        Some(Ordering::Greater) => Err(Error::invalid(
            "`between` has its bounds in the wrong order: the low one is greater than the high one",
        )),
        Some(_) => Ok(()),
        None => Err(Error::invalid(
            "`between` needs two bounds of the same type: strings, numbers or binary",
        )),
    }
}

/// Refuses two paths of which one leads through the other; DynamoDB does too.
fn check_overlap<'a>(what: &str, paths: impl Iterator<Item = &'a Path>) -> Result<(), Error> {
    let paths: Vec<&Path> = paths.collect();
    // Only paths of the same attribute can overlap, so that many attributes cost no quadratic time.
    let mut by_attribute: HashMap<&str, Vec<&Path>> = HashMap::with_capacity(paths.len());
    for path in paths {
        let earlier = by_attribute.entry(path.attribute()).or_default();
        if let Some(other) = earlier.iter().find(|other| other.overlaps(path)) {
            return Err(Error::invalid(if *other == path {
                format!("the {what} names `{path}` twice")
            } else {
                format!(
                    "the {what} names both `{other}` and `{path}`, of which one is part of the other"
                )
            }));
        }
        earlier.push(path);
    }
    Ok(())
}
