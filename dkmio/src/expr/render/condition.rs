//! Conditions and filters.

use super::Renderer;
use super::check::{check_between, check_comparable, check_comparands};
use crate::error::{Error, ValidationCause};
use crate::expr::condition::{Condition, Node};
use crate::expr::fold::{Folded, fold};
use crate::expr::term::Term;
use crate::value::AttributeValue;

impl Renderer {
    /// Renders a condition or filter; `None` when there is none, or it always holds.
    pub(in crate::expr) fn optional(
        &mut self,
        what: &str,
        condition: Option<Condition>,
    ) -> Result<Option<String>, Error> {
        let Some(condition) = condition else {
            return Ok(None);
        };
        let condition = match fold(condition) {
            Folded::Always => return Ok(None),
            Folded::Never(Some(path)) => Condition::all([
                Condition(Node::Exists(path.clone())),
                Condition(Node::NotExists(path)),
            ]),
            Folded::Never(None) => {
                return Err(Error::invalid(
                    ValidationCause::Empty,
                    format!(
                        "the {what} can never hold, and DynamoDB cannot say so: `Condition::any` of nothing, or its like"
                    ),
                ));
            }
            Folded::Node(condition) => condition,
        };
        self.expression(what, |r, out| {
            r.write_condition(out, condition, Binding::Or)
        })
        .map(Some)
    }

    fn write_condition(
        &mut self,
        out: &mut String,
        condition: Condition,
        around: Binding,
    ) -> Result<(), Error> {
        let subject = condition.0.subject().cloned();
        self.write_node(out, condition, around)
            .map_err(|e| match &subject {
                Some(path) => e.at_attribute(path),
                None => e,
            })
    }

    fn write_node(
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
            Node::And(conditions) => self.write_joined(out, conditions, " AND ", binding)?,
            Node::Or(conditions) => self.write_joined(out, conditions, " OR ", binding)?,
            Node::Not(inner) => {
                self.operators += 1;
                out.push_str("NOT ");
                self.write_condition(out, *inner, Binding::Not)?;
            }
            Node::Compare(left, comparator, right) => {
                self.operators += 1;
                check_comparable(comparator, &left)?;
                check_comparable(comparator, &right)?;
                self.write_comparand(out, left)?;
                out.push(' ');
                out.push_str(comparator.symbol());
                out.push(' ');
                self.write_comparand(out, right)?;
            }
            Node::Between(term, low, high) => {
                self.operators += 1;
                check_between(&low, &high)?;
                self.write_comparand(out, term)?;
                out.push_str(" BETWEEN ");
                self.write_comparand(out, low)?;
                out.push_str(" AND ");
                self.write_comparand(out, high)?;
            }
            Node::In(term, values) => {
                self.operators += 1;
                self.write_comparand(out, term)?;
                out.push_str(" IN (");
                for (i, value) in values.into_iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    self.write_comparand(out, value)?;
                }
                out.push(')');
            }
            Node::Exists(path) => self.write_call(out, "attribute_exists", [Term::path(path)])?,
            Node::NotExists(path) => {
                self.write_call(out, "attribute_not_exists", [Term::path(path)])?;
            }
            Node::BeginsWith(term, prefix) => {
                check_comparands([&term, &prefix])?;
                self.write_call(out, "begins_with", [term, prefix])?;
            }
            Node::Contains(term, element) => {
                check_comparands([&term, &element])?;
                self.write_call(out, "contains", [term, element])?;
            }
            Node::Type(path, attribute_type) => {
                let name = Term::attribute_value(AttributeValue::S(attribute_type.as_str().into()));
                self.write_call(out, "attribute_type", [Term::path(path), name])?;
            }
        }
        if parenthesised {
            out.push(')');
        }
        Ok(())
    }

    fn write_comparand(&mut self, out: &mut String, term: Term) -> Result<(), Error> {
        check_comparands([&term])?;
        self.write_term(out, term)
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
    fn of(node: &Node) -> Self {
        match node {
            Node::Or(_) => Self::Or,
            Node::And(_) => Self::And,
            Node::Not(_) => Self::Not,
            _ => Self::Comparison,
        }
    }
}
