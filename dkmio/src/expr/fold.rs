//! Simplifies a condition to what DynamoDB can say: it has no constants, and no list of no operands.

use super::condition::{Condition, Node};
use super::term::{Node as TermNode, Term};
use crate::attr::Path;

/// Operands that one `IN` takes.
const MAX_IN: usize = 100;

pub(super) enum Folded {
    /// Holds for every item: nothing is sent.
    Always,
    /// Holds for no item; with an attribute, if one is known, by which to say so.
    Never(Option<Path>),
    Node(Condition),
}

pub(super) fn fold(condition: Condition) -> Folded {
    match condition.0 {
        Node::And(conditions) => fold_all(conditions),
        Node::Or(conditions) => fold_any(conditions),
        Node::Not(inner) => match fold(*inner) {
            Folded::Always => Folded::Never(None),
            Folded::Never(_) => Folded::Always,
            Folded::Node(Condition(Node::Not(inner))) => Folded::Node(*inner),
            Folded::Node(inner) => Folded::Node(!inner),
        },
        Node::In(term, values) => fold_in(term, values),
        node => Folded::Node(Condition(node)),
    }
}

fn fold_all(conditions: Vec<Condition>) -> Folded {
    let mut kept = Vec::with_capacity(conditions.len());
    for condition in conditions {
        match fold(condition) {
            Folded::Always => {}
            Folded::Never(path) => return Folded::Never(path),
            Folded::Node(Condition(Node::And(inner))) => kept.extend(inner),
            Folded::Node(condition) => kept.push(condition),
        }
    }
    single(kept, Node::And).unwrap_or(Folded::Always)
}

fn fold_any(conditions: Vec<Condition>) -> Folded {
    let mut kept = Vec::with_capacity(conditions.len());
    let mut never = None;
    for condition in conditions {
        match fold(condition) {
            Folded::Always => return Folded::Always,
            Folded::Never(path) => never = never.or(path),
            Folded::Node(Condition(Node::Or(inner))) => kept.extend(inner),
            Folded::Node(condition) => kept.push(condition),
        }
    }
    single(kept, Node::Or).unwrap_or(Folded::Never(never))
}

fn fold_in(term: Term, mut values: Vec<Term>) -> Folded {
    if values.is_empty() {
        return Folded::Never(match term.0 {
            TermNode::Path(path) | TermNode::Size(path) => Some(path),
            _ => None,
        });
    }
    let mut groups = Vec::new();
    while values.len() > MAX_IN {
        let rest = values.split_off(MAX_IN);
        groups.push(Condition(Node::In(term.clone(), values)));
        values = rest;
    }
    groups.push(Condition(Node::In(term, values)));
    single(groups, Node::Or).unwrap_or(Folded::Never(None))
}

/// One condition alone, or several joined; `None` of none.
fn single(mut conditions: Vec<Condition>, join: fn(Vec<Condition>) -> Node) -> Option<Folded> {
    if conditions.len() > 1 {
        return Some(Folded::Node(Condition(join(conditions))));
    }
    conditions.pop().map(Folded::Node)
}
