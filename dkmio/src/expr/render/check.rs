//! Refuses expressions that DynamoDB would refuse whatever the item is, before they are sent.

use crate::attr::Path;
use crate::error::{Error, ValidationCause};
use crate::expr::condition::Comparator;
use crate::expr::term::{MAX_OPERATORS, Term, TermKind};
use crate::value::{AttributeValue, compare_scalars};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Up to this many paths are compared each with each, which is faster than making a map.
const FEW_PATHS: usize = 8;

/// Refuses more operators and functions than DynamoDB takes in one expression.
pub(super) fn check_operators(what: &str, operators: usize) -> Result<(), Error> {
    if operators <= MAX_OPERATORS {
        return Ok(());
    }
    Err(Error::invalid(
        ValidationCause::TooManyOperators {
            count: Some(operators),
            limit: MAX_OPERATORS,
        },
        format!(
            "the {what} has {operators} operators; DynamoDB takes at most {MAX_OPERATORS} in an expression"
        ),
    ))
}

pub(super) fn check_set(value: &AttributeValue) -> Result<(), Error> {
    let empty = match value {
        AttributeValue::Ss(v) | AttributeValue::Ns(v) => v.is_empty(),
        AttributeValue::Bs(v) => v.is_empty(),
        _ => false,
    };
    if empty {
        return Err(Error::invalid(
            ValidationCause::Empty,
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
        TermKind::Value(Ok(Some(
            AttributeValue::S(_) | AttributeValue::N(_) | AttributeValue::B(_),
        )))
        | TermKind::Value(Err(_)) => Ok(()),
        TermKind::Value(_) => Err(Error::invalid(
            ValidationCause::Expression,
            format!(
                "`{}` compares strings, numbers and binary only",
                comparator.symbol()
            ),
        )),
        _ => Ok(()),
    }
}

pub(super) fn check_between(low: &Term, high: &Term) -> Result<(), Error> {
    match (&low.0, &high.0) {
        (TermKind::Value(Ok(Some(low))), TermKind::Value(Ok(Some(high)))) => {
            check_low_high(low, high)
        }
        _ => Ok(()),
    }
}

pub(super) fn check_low_high(low: &AttributeValue, high: &AttributeValue) -> Result<(), Error> {
    match compare_scalars(low, high) {
        Some(Ordering::Greater) => Err(Error::invalid(
            ValidationCause::Value,
            "`between` has its bounds in the wrong order: the low one is greater than the high one",
        )),
        Some(_) => Ok(()),
        None => Err(Error::invalid(
            ValidationCause::Value,
            "`between` needs two bounds of the same type: strings, numbers or binary",
        )),
    }
}

/// Refuses two paths of which one leads through the other, as DynamoDB does.
pub(super) fn check_overlap<'a>(
    what: &str,
    paths: impl ExactSizeIterator<Item = &'a Path> + Clone,
) -> Result<(), Error> {
    if paths.len() <= FEW_PATHS {
        for (place, path) in paths.clone().enumerate() {
            if let Some(other) = paths.clone().take(place).find(|other| other.overlaps(path)) {
                return Err(overlap(what, other, path));
            }
        }
        return Ok(());
    }
    // Only paths of the same attribute can overlap, so that many attributes cost no quadratic time.
    let mut by_attribute: HashMap<&str, Vec<&Path>> = HashMap::with_capacity(paths.len());
    for path in paths {
        let earlier = by_attribute.entry(path.attribute()).or_default();
        if let Some(other) = earlier.iter().find(|other| other.overlaps(path)) {
            return Err(overlap(what, other, path));
        }
        earlier.push(path);
    }
    Ok(())
}

fn overlap(what: &str, one: &Path, other: &Path) -> Error {
    Error::invalid(
        ValidationCause::Duplicate,
        if one == other {
            format!("the {what} names `{one}` twice")
        } else {
            format!(
                "the {what} names both `{one}` and `{other}`, of which one is part of the other"
            )
        },
    )
}

/// Refuses a sum as an operand of a sum, because DynamoDB adds or subtracts two operands and no more.
pub(super) fn check_operands<const N: usize>(operands: [&Term; N]) -> Result<(), Error> {
    if operands
        .iter()
        .any(|term| matches!(term.0, TermKind::Arithmetic(..)))
    {
        return Err(Error::invalid(
            ValidationCause::Expression,
            "an update adds or subtracts two operands only: a sum cannot be part of another expression",
        ));
    }
    Ok(())
}

/// Conditions compare values, attributes and sizes.
pub(super) fn check_comparands<const N: usize>(terms: [&Term; N]) -> Result<(), Error> {
    // What is too large is refused by its operators when it is written.
    let comparand = |term: &&Term| {
        matches!(
            term.0,
            TermKind::Value(_) | TermKind::Path(_) | TermKind::Size(_) | TermKind::TooLarge(_)
        )
    };
    if !terms.iter().all(comparand) {
        return Err(Error::invalid(
            ValidationCause::Expression,
            "a condition compares values, attributes and sizes; arithmetic and functions are for updates",
        ));
    }
    Ok(())
}

/// An update sets attributes to values, attributes, sums and functions.
pub(super) fn check_set_value(path: &Path, term: &Term) -> Result<(), Error> {
    match term.0 {
        TermKind::Size(_) => Err(Error::invalid(
            ValidationCause::Expression,
            format!("`{path}` cannot be set to a size; DynamoDB has sizes in conditions only"),
        )),
        _ => Ok(()),
    }
}

/// `ADD` and `DELETE` take values: numbers or sets to add, sets to delete.
pub(super) fn check_change(what: &str, path: &Path, term: &Term) -> Result<(), Error> {
    use AttributeValue::{Bs, N, Ns, Ss};
    match (&term.0, what) {
        (TermKind::Value(Ok(Some(Ss(_) | Ns(_) | Bs(_)))), _)
        | (TermKind::Value(Ok(Some(N(_)))), "ADD")
        | (TermKind::Value(Err(_)), _) => Ok(()),
        _ => Err(Error::invalid(
            ValidationCause::Expression,
            format!(
                "{what} of `{path}` takes {}, as a value",
                if what == "ADD" {
                    "a number or a set (`dkmio::Set`, or elements that are all strings, all numbers or all binary)"
                } else {
                    "a set (`dkmio::Set`, or elements that are all strings, all numbers or all binary)"
                }
            ),
        )),
    }
}
