//! Debug with explain().

use dkmio::DynamoDb;
use dkmio_tests::orders::{Orders, Status, order};

#[test]
fn each_verb_is_its_own_operation() {
    let order = order("usr_1", "ord_1");
    let explained = [
        Orders::get(&order).explain(),
        Orders::put(&order).explain(),
        Orders::update(&order).set(|o| o.total(), 1).explain(),
        Orders::delete(&order).explain(),
        Orders::query("usr_1").explain(),
        Orders::scan().explain(),
        Orders::by_status().query(Status::Draft).explain(),
        Orders::by_amount().scan().explain(),
    ];
    let operations = [
        "GetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
        "Scan",
        "Query",
        "Scan",
    ];
    for (explained, operation) in explained.into_iter().zip(operations) {
        let explained = explained.unwrap();
        assert_eq!(explained.operation(), operation);
        assert_eq!(explained.table(), "orders");
        let scans = explained.notes().iter().any(|note| note.contains("Scan"));
        assert_eq!(scans, operation == "Scan");
    }
}

#[test]
fn an_explanation_has_what_would_be_sent() {
    let explained = Orders::by_status()
        .query(Status::Pending)
        .filter(|o| o.total().ge(100))
        .select(|o| (o.user_id(), o.total()))
        .explain()
        .unwrap();
    assert_eq!(explained.index(), Some("gsi-status-date"));
    assert_eq!(explained.key_condition(), Some("#status = :v0"));
    assert_eq!(explained.filter(), Some("#total >= :v1"));
    assert_eq!(explained.projection(), Some("#user_id, #total"));
    let json = serde_json::to_value(&explained).unwrap();
    assert_eq!(json["expression_attribute_names"]["#total"], "total");
    let values = &json["expression_attribute_values"];
    assert_eq!(values[":v0"], serde_json::json!({"S": "PENDING"}));
    assert_eq!(values[":v1"], serde_json::json!({"N": "100"}));
}

#[test]
fn a_filter_is_noted_to_discard_what_was_read() {
    let query = Orders::query("usr_1");
    assert!(query.explain().unwrap().notes().is_empty());
    let filtered = query.filter(|o| o.total().ge(1)).explain().unwrap();
    assert_eq!(filtered.notes().len(), 1);
}

#[test]
fn a_redacted_explanation_has_no_values() {
    let mut order = order("SENTINEL-pk", "SENTINEL-sk");
    order.description = Some("SENTINEL-text".into());
    let explanations = [
        Orders::put(&order).explain(),
        Orders::get(&order).explain(),
        Orders::update(&order)
            .set(|o| o.description(), "SENTINEL-new")
            .condition(|o| o.description().contains("SENTINEL-part"))
            .explain(),
        Orders::query("SENTINEL-pk")
            .sk(|k| k.begins_with("SENTINEL-sk"))
            .explain(),
    ];
    for explained in explanations {
        let explained = explained.unwrap();
        assert!(explained.to_string().contains("SENTINEL"));
        let redacted = explained.redacted();
        let json = serde_json::to_string(&redacted).unwrap();
        assert!(!format!("{redacted} {redacted:?} {json}").contains("SENTINEL"));
    }
}

#[tokio::test]
async fn an_explanation_needs_no_connection() {
    let unreachable = DynamoDb::builder()
        .endpoint_url("http://127.0.0.1:1")
        .build();
    drop(unreachable);
    let text = Orders::scan().limit(3).explain().unwrap().to_string();
    assert!(text.starts_with("Scan orders"), "{text}");
}

#[test]
fn an_update_that_can_make_an_item_which_does_not_read_back_says_so() {
    let update = || Orders::update(("usr_1", "ord_1")).set(|o| o.total(), 1);
    let notes = |update: dkmio::Update<Orders>| update.explain().unwrap().notes().join(" ");
    let note = notes(update());
    assert!(note.contains("`status`"), "{note}");
    assert!(note.contains(".if_exists()"), "{note}");
    assert!(!note.contains("`total`"), "{note}");
    assert!(!note.contains("`user_id`"), "{note}");
    assert!(!note.contains("`region`"), "{note}");
    // It makes none.
    assert_eq!(notes(update().if_exists()), "");
    let only_if_pending = update().condition(|o| o.status().eq(Status::Pending));
    assert_eq!(notes(only_if_pending), "");
    assert_eq!(notes(update().set(|o| o.address().city(), "Lima")), "");
    assert_eq!(
        notes(update().set_expr(|o| o.items_count(), |o| o.items_count() + 1)),
        ""
    );
    // It may make one.
    assert_ne!(notes(update().condition(|o| o.region().not_exists())), "");
}
