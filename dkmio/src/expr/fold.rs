//! Joins conditions, and simplifies them as they are made, because DynamoDB has no constants and no empty lists of
//! operands.
//!
//! So a condition is never nested deeper than it has operators. Of a condition with more operators than DynamoDB takes
//! only their number is kept, so that it can be dropped, cloned and refused without a deep recursion.

use super::condition::{Condition, ConditionKind};
use super::term::{MAX_OPERATORS, Term, TermKind};
use std::{iter, ops};

/// Operands that one `IN` takes.
const MAX_IN: usize = 100;

impl Condition {
    /// Returns the condition that all of these hold; it always holds if there are none.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        all(conditions)
    }

    /// Returns the condition that at least one of these holds; it never holds if there are none.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        any(conditions)
    }
}

impl ops::BitAnd for Condition {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        all([self, other])
    }
}

impl ops::BitOr for Condition {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        any([self, other])
    }
}

impl ops::Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        not(self)
    }
}

/// Joins a further condition with AND.
pub(crate) fn and(slot: &mut Option<Condition>, condition: Condition) {
    *slot = Some(match slot.take() {
        Some(first) => first & condition,
        None => condition,
    });
}

/// Joins by AND; the result holds always if there are none.
fn all(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    let mut joined = Join::new();
    for condition in conditions {
        match condition.0 {
            ConditionKind::Always => {}
            ConditionKind::Never(path) => joined.decide(ConditionKind::Never(path)),
            ConditionKind::And(inner) => joined.extend(inner),
            node => joined.push(node),
        }
    }
    joined.finish(ConditionKind::And, ConditionKind::Always)
}

/// Joins by OR; the result never holds if there are none.
fn any(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    let mut joined = Join::new();
    let mut never = None;
    for condition in conditions {
        match condition.0 {
            ConditionKind::Always => joined.decide(ConditionKind::Always),
            ConditionKind::Never(path) => never = never.or(path),
            ConditionKind::Or(inner) => joined.extend(inner),
            node => joined.push(node),
        }
    }
    joined.finish(ConditionKind::Or, ConditionKind::Never(never))
}

fn not(condition: Condition) -> Condition {
    Condition(match condition.0 {
        ConditionKind::Always => ConditionKind::Never(None),
        ConditionKind::Never(_) => ConditionKind::Always,
        ConditionKind::Not(inner) => inner.0,
        ConditionKind::TooLarge(operators) => ConditionKind::TooLarge(operators.saturating_add(1)),
        node => bounded(ConditionKind::Not(Box::new(Condition(node)))),
    })
}

/// Returns the condition that the term is one of these values, in groups that DynamoDB takes.
pub(super) fn is_in(term: Term, mut values: Vec<Term>) -> Condition {
    if values.is_empty() {
        return Condition(ConditionKind::Never(match term.0 {
            TermKind::Path(path) | TermKind::Size(path) => Some(path),
            _ => None,
        }));
    }
    let mut groups = Vec::new();
    while values.len() > MAX_IN {
        let rest = values.split_off(MAX_IN);
        groups.push(Condition(ConditionKind::In(term.clone(), values)));
        values = rest;
    }
    groups.push(Condition(ConditionKind::In(term, values)));
    any(groups)
}

/// Conditions that are being joined.
struct Join {
    conditions: Vec<Condition>,
    /// The constant that decides the result whatever the others are: `Never` in an AND, `Always` in an OR.
    decided: Option<ConditionKind>,
    /// The number of operators, if there are too many.
    too_large: Option<usize>,
}

impl Join {
    fn new() -> Self {
        Self {
            conditions: Vec::new(),
            decided: None,
            too_large: None,
        }
    }

    fn decide(&mut self, node: ConditionKind) {
        self.decided.get_or_insert(node);
    }

    fn extend(&mut self, mut conditions: Vec<Condition>) {
        if self.conditions.is_empty() {
            self.conditions = conditions;
        } else {
            self.conditions.append(&mut conditions);
        }
        self.give_up_if_too_large();
    }

    fn push(&mut self, node: ConditionKind) {
        if let ConditionKind::TooLarge(operators) = node {
            self.count(operators);
        } else {
            self.conditions.push(Condition(node));
        }
        self.give_up_if_too_large();
    }

    /// Counts the operators of a condition that is not kept, and the operator before the condition.
    fn count(&mut self, operators: usize) {
        let before = self.too_large.map_or(0, |before| before.saturating_add(1));
        self.too_large = Some(before.saturating_add(operators));
    }

    /// Keeps only the number of operators, if there are too many of them.
    fn give_up_if_too_large(&mut self) {
        // Each condition but the first has an operator before it.
        let too_large = self.too_large.is_some() || self.conditions.len() > MAX_OPERATORS;
        if too_large && !self.conditions.is_empty() {
            let operators = operators_of(&self.conditions);
            self.conditions.clear();
            self.count(operators);
        }
    }

    fn finish(
        mut self,
        join: fn(Vec<Condition>) -> ConditionKind,
        of_none: ConditionKind,
    ) -> Condition {
        if let Some(decided) = self.decided {
            return Condition(decided);
        }
        if let Some(operators) = self.too_large {
            return Condition(ConditionKind::TooLarge(operators));
        }
        match self.conditions.len() {
            0 => Condition(of_none),
            1 => self.conditions.remove(0),
            _ => Condition(bounded(join(self.conditions))),
        }
    }
}

fn bounded(node: ConditionKind) -> ConditionKind {
    match operators(&node) {
        operators if operators > MAX_OPERATORS => ConditionKind::TooLarge(operators),
        _ => node,
    }
}

/// Counts operators and functions as DynamoDB's limit does: comparisons, `AND`, `OR`, `NOT`, `BETWEEN`, `IN`, functions and
/// arithmetic.
fn operators(node: &ConditionKind) -> usize {
    match node {
        ConditionKind::Always => 0,
        // Written as `attribute_exists(..) AND attribute_not_exists(..)`.
        ConditionKind::Never(_) => 3,
        ConditionKind::Exists(_) | ConditionKind::NotExists(_) | ConditionKind::Type(..) => 1,
        ConditionKind::Compare(left, _, right)
        | ConditionKind::BeginsWith(left, right)
        | ConditionKind::Contains(left, right) => plus(1, [left, right].map(Term::operators)),
        ConditionKind::Between(term, low, high) => plus(1, [term, low, high].map(Term::operators)),
        ConditionKind::In(term, values) => {
            plus(1, iter::once(term).chain(values).map(Term::operators))
        }
        ConditionKind::And(conditions) | ConditionKind::Or(conditions) => operators_of(conditions),
        ConditionKind::Not(inner) => plus(1, [operators(&inner.0)]),
        ConditionKind::TooLarge(operators) => *operators,
    }
}

fn operators_of(joined: &[Condition]) -> usize {
    let between = joined.len().saturating_sub(1);
    plus(
        between,
        joined.iter().map(|condition| operators(&condition.0)),
    )
}

/// Adds numbers of operators. A term that is made of two copies of itself, often enough, has more than fit.
fn plus(operators: usize, others: impl IntoIterator<Item = usize>) -> usize {
    others.into_iter().fold(operators, usize::saturating_add)
}
