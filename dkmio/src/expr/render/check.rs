//! What DynamoDB would refuse, whatever the item.

use crate::attr::Path;
use crate::error::Error;
use crate::expr::condition::Comparator;
use crate::expr::term::{Node, Term};
use crate::value::{AttributeValue, compare_scalars};
use std::cmp::Ordering;
use std::collections::HashMap;

pub(super) fn check_set(value: &AttributeValue) -> Result<(), Error> {
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
pub(super) fn check_comparable(comparator: Comparator, right: &Term) -> Result<(), Error> {
    if matches!(comparator, Comparator::Eq | Comparator::Ne) {
        return Ok(());
    }
    match &right.0 {
        Node::Value(Ok(Some(
            AttributeValue::S(_) | AttributeValue::N(_) | AttributeValue::B(_),
        )))
        | Node::Value(Err(_)) => Ok(()),
        Node::Value(_) => Err(Error::invalid(format!(
            "`{}` compares strings, numbers and binary only",
            comparator.symbol()
        ))),
        _ => Ok(()),
    }
}

pub(super) fn check_between(low: &Term, high: &Term) -> Result<(), Error> {
    match (&low.0, &high.0) {
        (Node::Value(Ok(Some(low))), Node::Value(Ok(Some(high)))) => check_low_high(low, high),
        _ => Ok(()),
    }
}

pub(super) fn check_low_high(low: &AttributeValue, high: &AttributeValue) -> Result<(), Error> {
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
pub(super) fn check_overlap<'a>(
    what: &str,
    paths: impl Iterator<Item = &'a Path>,
) -> Result<(), Error> {
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
