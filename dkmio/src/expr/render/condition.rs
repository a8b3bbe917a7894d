//! Renders conditions and filters.

use super::Renderer;
use super::check::{check_between, check_comparable, check_comparands};
use crate::error::{Error, ValidationCause};
use crate::expr::condition::{Condition, ConditionKind};
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
        let condition = match condition.0 {
            ConditionKind::Always => return Ok(None),
            ConditionKind::Never(Some(path)) => {
                let exists = Condition(ConditionKind::Exists(path.clone()));
                exists & Condition(ConditionKind::NotExists(path))
            }
            ConditionKind::Never(None) => {
                return Err(Error::invalid(
                    ValidationCause::Empty,
                    format!(
                        "the {what} can never hold, and DynamoDB cannot say so: `Condition::any` of nothing, or its like"
                    ),
                ));
            }
            node => Condition(node),
        };
        self.expression(what, |r, out| r.write_condition(out, condition))
            .map(Some)
    }

    /// Writes a condition without recursion, because it may be nested as deep as DynamoDB takes operators.
    fn write_condition(&mut self, out: &mut String, condition: Condition) -> Result<(), Error> {
        let mut parts = vec![Part::Condition(condition, Binding::Or)];
        while let Some(part) = parts.pop() {
            let (node, around) = match part {
                Part::Text(text) => {
                    out.push_str(text);
                    continue;
                }
                Part::Condition(condition, around) => (condition.0, around),
            };
            let binding = Binding::of(&node);
            if binding < around {
                out.push('(');
                parts.push(Part::Text(")"));
            }
            match node {
                ConditionKind::And(conditions) => {
                    self.operators += conditions.len().saturating_sub(1);
                    push_joined(&mut parts, conditions, " AND ", binding);
                }
                ConditionKind::Or(conditions) => {
                    self.operators += conditions.len().saturating_sub(1);
                    push_joined(&mut parts, conditions, " OR ", binding);
                }
                // Only the number is kept of them, so that it is all of the expression.
                ConditionKind::TooLarge(operators) => self.operators = operators,
                ConditionKind::Not(inner) => {
                    self.operators += 1;
                    out.push_str("NOT ");
                    parts.push(Part::Condition(*inner, Binding::Not));
                }
                node => {
                    let subject = node.subject().cloned();
                    self.write_comparison(out, node)
                        .map_err(|e| match &subject {
                            Some(path) => e.at_attribute(path),
                            None => e,
                        })?;
                }
            }
        }
        Ok(())
    }

    /// Writes a condition that has no other conditions in it.
    fn write_comparison(&mut self, out: &mut String, node: ConditionKind) -> Result<(), Error> {
        match node {
            ConditionKind::Compare(left, comparator, right) => {
                self.operators += 1;
                check_comparable(comparator, &left)?;
                check_comparable(comparator, &right)?;
                self.write_comparand(out, left)?;
                out.push(' ');
                out.push_str(comparator.symbol());
                out.push(' ');
                self.write_comparand(out, right)?;
            }
            ConditionKind::Between(term, low, high) => {
                self.operators += 1;
                check_between(&low, &high)?;
                self.write_comparand(out, term)?;
                out.push_str(" BETWEEN ");
                self.write_comparand(out, low)?;
                out.push_str(" AND ");
                self.write_comparand(out, high)?;
            }
            ConditionKind::In(term, values) => {
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
            ConditionKind::Exists(path) => {
                self.write_call(out, "attribute_exists", [Term::path(path)])?
            }
            ConditionKind::NotExists(path) => {
                self.write_call(out, "attribute_not_exists", [Term::path(path)])?;
            }
            ConditionKind::BeginsWith(term, prefix) => {
                check_comparands([&term, &prefix])?;
                self.write_call(out, "begins_with", [term, prefix])?;
            }
            ConditionKind::Contains(term, element) => {
                check_comparands([&term, &element])?;
                self.write_call(out, "contains", [term, element])?;
            }
            ConditionKind::Type(path, attribute_type) => {
                let name = Term::attribute_value(AttributeValue::S(attribute_type.as_str().into()));
                self.write_call(out, "attribute_type", [Term::path(path), name])?;
            }
            // These were handled before.
            ConditionKind::Always
            | ConditionKind::Never(_)
            | ConditionKind::TooLarge(_)
            | ConditionKind::And(_)
            | ConditionKind::Or(_)
            | ConditionKind::Not(_) => {}
        }
        Ok(())
    }

    fn write_comparand(&mut self, out: &mut String, term: Term) -> Result<(), Error> {
        check_comparands([&term])?;
        self.write_term(out, term)
    }
}

/// A part that is still to be written. In the list of parts the next one is the last.
enum Part {
    Condition(Condition, Binding),
    Text(&'static str),
}

fn push_joined(
    parts: &mut Vec<Part>,
    conditions: Vec<Condition>,
    operator: &'static str,
    around: Binding,
) {
    for (index, condition) in conditions.into_iter().enumerate().rev() {
        parts.push(Part::Condition(condition, around));
        if index > 0 {
            parts.push(Part::Text(operator));
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
    fn of(node: &ConditionKind) -> Self {
        match node {
            ConditionKind::Or(_) => Self::Or,
            ConditionKind::And(_) => Self::And,
            ConditionKind::Not(_) => Self::Not,
            _ => Self::Comparison,
        }
    }
}
