//! Keys that are read from an item's JSON are those of the item, however the item is encoded.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::schema::IndexSchema;
use crate::schema::{IndexProjection, key_identity};
use crate::value::KeyKind;
use serde::Serialize;
use std::collections::BTreeMap;

const SCHEMA: TableSchema = TableSchema::new(
    "orders",
    KeySchema::new(
        &[KeyElement::new("user", KeyKind::S)],
        &[KeyElement::new("number", KeyKind::N)],
    ),
    &[IndexSchema::global(
        "by_status",
        "by-status",
        KeySchema::new(
            &[KeyElement::new("status", KeyKind::S)],
            &[KeyElement::new("number", KeyKind::N)],
        ),
        IndexProjection::All,
    )],
    None,
    &["user", "number", "status"],
    &["user", "number"],
);

#[derive(Clone, Serialize)]
struct Order {
    note: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    user: String,
    number: f64,
    status: Option<String>,
}

#[derive(Serialize)]
struct Flat {
    #[serde(flatten)]
    order: Order,
    #[serde(flatten)]
    rest: BTreeMap<&'static str, &'static str>,
}

/// Users of every length that matters, some of which have escapes.
fn orders() -> Vec<Order> {
    let status = |length| "s".repeat(length);
    let statuses = [None, Some(status(0)), Some(status(3)), Some(status(2049))];
    let texts = ["", "u", "\"", "é\n", "\u{1}"];
    let users = texts
        .into_iter()
        .flat_map(|text| [1, 2, 400, 2047, 2048, 2049].map(|length| text.repeat(length)));
    let numbers = [1.0, 1e30, 0.5];
    let mut orders = Vec::new();
    for user in users {
        for (number, status) in numbers
            .into_iter()
            .flat_map(|n| statuses.iter().map(move |s| (n, s)))
        {
            orders.push(Order {
                note: "user",
                user: user.clone(),
                number,
                status: status.clone(),
            });
        }
    }
    orders
}

/// As a struct, and as the maps that `flatten` makes of it.
fn encoded(order: &Order) -> [EncodedItem; 3] {
    let flat = |name| Flat {
        order: order.clone(),
        rest: BTreeMap::from([(name, "user")]),
    };
    let key = KeyLookup {
        index_of: |name: &str| key_place(&SCHEMA, name),
        count: key_count(&SCHEMA),
    };
    [
        EncodedItem::of(order, key).unwrap(),
        EncodedItem::of(&flat("more"), key).unwrap(),
        EncodedItem::of(&flat("more\n"), key).unwrap(),
    ]
}

#[test]
fn keys_that_are_plainly_in_order_are_in_order() {
    let mut plain = 0;
    for order in orders() {
        for item in encoded(&order) {
            let checked = check(&SCHEMA, &item);
            if are_plain(&SCHEMA, &item) {
                assert!(checked.is_ok(), "{:?}", order.user);
                plain += 1;
            }
        }
    }
    assert!(plain > 50, "{plain}");
}

#[test]
fn the_identity_of_an_item_is_that_of_its_key() {
    let keys = SCHEMA.keys();
    for order in orders().into_iter().filter(|order| !order.user.is_empty()) {
        for item in encoded(&order) {
            let mut bytes = b"before".to_vec();
            identify_item(keys, &item, &mut bytes);
            let key = item.pick(|name| keys.contains(name), 2).unwrap();
            let identity = key_identity(keys, &key).unwrap();
            assert_eq!(bytes, [b"before", identity.as_slice()].concat());
        }
    }
}

#[test]
fn the_length_of_each_key_is_known() {
    let known = all_keys(&SCHEMA).fold(0, |bits, keys| bits | lengths(keys));
    assert_eq!(known, bit("user") | bit("number") | bit("status"));
}
