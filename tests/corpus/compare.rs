//! Compares what came of a request with what was recorded: outcomes, never texts.

use crate::case::{After, Case, Expect};
use crate::value::Item;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Returns the differences between what the case expects and what was seen.
pub(crate) fn differences(case: &Case, seen: &Expect) -> Vec<String> {
    let expect = &case.expect;
    let mut found = Vec::new();
    let mut check = |what: &str, same: bool, expected: &dyn Debug, seen: &dyn Debug| {
        if !same {
            found.push(format!("{what}: expected {expected:?}, got {seen:?}"));
        }
    };
    let (e, s) = (expect, seen);
    check("ok", e.ok == s.ok, &e.ok, &s.ok);
    check("error", e.error == s.error, &e.error, &s.error);
    check(
        "items",
        same(&e.items, &s.items, |e, s| same_rows(case, e, s)),
        &e.items,
        &s.items,
    );
    check(
        "count",
        same(&e.count, &s.count, i32::eq),
        &e.count,
        &s.count,
    );
    check("item", same(&e.item, &s.item, Option::eq), &e.item, &s.item);
    check(
        "attributes",
        same(&e.attributes, &s.attributes, Item::eq),
        &e.attributes,
        &s.attributes,
    );
    check(
        "responses",
        same(&e.responses, &s.responses, same_responses),
        &e.responses,
        &s.responses,
    );
    check(
        "reasons",
        same(&e.reasons, &s.reasons, Vec::eq),
        &e.reasons,
        &s.reasons,
    );
    check(
        "reason items",
        same(&e.reason_items, &s.reason_items, Vec::eq),
        &e.reason_items,
        &s.reason_items,
    );
    check(
        "after",
        same(&e.after, &s.after, same_after),
        &e.after,
        &s.after,
    );
    found
}

/// What was not recorded is as it may be.
fn same<T>(expected: &Option<T>, seen: &Option<T>, equal: impl FnOnce(&T, &T) -> bool) -> bool {
    match (expected, seen) {
        (None, _) => true,
        (Some(expected), Some(seen)) => equal(expected, seen),
        (Some(_), None) => false,
    }
}

/// The same rows, and for a query in the same order of their sort key; rows that tie have no order.
fn same_rows(case: &Case, expected: &[Item], seen: &[Item]) -> bool {
    let sort_key = sort_key(case);
    let order = |rows: &[Item]| -> Option<Vec<_>> {
        let name = sort_key?;
        Some(rows.iter().map(|row| row.get(name).cloned()).collect())
    };
    order(expected) == order(seen) && same_set(expected, seen)
}

fn sort_key(case: &Case) -> Option<&str> {
    let request = &case.request;
    let schema = case.schemas.get(request.table_name.as_deref()?)?;
    let key = schema.key_of(request.index_name.as_deref())?;
    let (name, _) = key.iter().find(|(_, kind)| kind == "RANGE")?;
    (case.op == "Query").then_some(name)
}

fn same_set(expected: &[Item], seen: &[Item]) -> bool {
    let mut rest: Vec<&Item> = seen.iter().collect();
    let found = expected.iter().all(|item| {
        let place = rest.iter().position(|other| *other == item);
        place.map(|place| rest.swap_remove(place)).is_some()
    });
    found && rest.is_empty()
}

fn same_responses(
    expected: &BTreeMap<String, Vec<Item>>,
    seen: &BTreeMap<String, Vec<Item>>,
) -> bool {
    expected.len() == seen.len()
        && expected
            .iter()
            .all(|(table, items)| seen.get(table).is_some_and(|seen| same_set(items, seen)))
}

fn same_after(expected: &After, seen: &After) -> bool {
    match (expected, seen) {
        (After::One(expected), After::One(seen)) => expected == seen,
        (After::Members(expected), After::Members(seen)) => expected == seen,
        _ => false,
    }
}
