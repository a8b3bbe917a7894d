//! Requests that are refused before sending, because DynamoDB could not read them.

use dkmio::expr::{Expression, KeyCondition, Term, Update};
use dkmio::{AttributeValue, Condition, Error, Item, attr};

#[track_caller]
fn refused_condition(condition: Condition) {
    let built = Expression::builder().condition(condition).build();
    assert!(matches!(built, Err(Error::Validation(_))), "{built:?}");
}

#[track_caller]
fn refused_update(update: Update) {
    let built = Expression::builder().update(update).build();
    assert!(matches!(built, Err(Error::Validation(_))), "{built:?}");
}

#[test]
fn a_sum_has_two_operands() {
    let sum = || Term::from(attr("a")) + 1;
    refused_update(Update::new().set(attr("b"), sum() + 2));
    refused_update(Update::new().set(attr("b"), Term::value(&5) - sum()));
    refused_update(Update::new().set(attr("b"), attr("c").if_not_exists(sum())));
    refused_update(Update::new().set(attr("b"), Term::list_append(sum(), attr("c").into())));
    let fine = Update::new().set(attr("b"), attr("c").if_not_exists(0) - attr("d"));
    let e = Expression::builder().update(fine).build().unwrap();
    assert_eq!(e.update(), Some("SET #b = if_not_exists(#c, :v0) - #d"));
}

#[test]
fn a_condition_takes_no_arithmetic() {
    let sum = || Term::from(attr("a")) + 1;
    refused_condition(attr("b").eq(sum()));
    refused_condition(sum().between(1, 2));
    refused_condition(attr("b").is_in([sum()]));
    refused_condition(attr("b").contains(Term::from(attr("a").if_not_exists(1))));
}

#[test]
fn an_update_sets_no_sizes_and_adds_only_values() {
    refused_update(Update::new().set(attr("a"), Term::from(attr("b").size())));
    refused_update(Update::new().add(attr("a"), attr("b")));
    refused_update(Update::new().add(attr("a"), "text"));
    refused_update(Update::new().delete(attr("a"), 5));
    refused_update(Update::new().add(attr("a"), Term::value(&("text", 5))));
}

#[test]
fn what_has_no_order_is_not_ordered() {
    refused_condition(attr("a").lt(true));
    refused_condition(Term::value(&true).ge(attr("a")));
    refused_condition(attr("a").between(2, 1));
    refused_condition(attr("a").between(1, "2"));
}

#[test]
fn a_key_condition_takes_the_values_of_an_item() {
    let item = Item::from([("id".to_owned(), AttributeValue::S("u".to_owned()))]);
    let value = Term::from(item["id"].clone());
    let key = KeyCondition::partition("id", value).ge("at", 5);
    let e = Expression::builder().key_condition(key).build().unwrap();
    assert_eq!(e.key_condition(), Some("#id = :v0 AND #at >= :v1"));
    assert_eq!(e.values().unwrap()[":v0"], item["id"]);

    let key = KeyCondition::partition("id", attr("other"));
    assert!(Expression::builder().key_condition(key).build().is_err());
}
