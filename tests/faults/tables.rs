//! Tables with many items, for the batches.

use crate::verbs::SENTINEL;
use dkmio::Item;
use dkmio_tests::faults::Faults;
use dkmio_tests::orders::{Orders, order};
use std::collections::BTreeSet;

/// The id of the order at a place; ids sort as places do.
pub(crate) fn id(at: usize) -> String {
    format!("ord_{at:04}")
}

/// The key of the order at a place.
pub(crate) fn key(at: usize) -> (&'static str, String) {
    ("usr_1", id(at))
}

/// The order at a place, with values that no error may print.
pub(crate) fn item(at: usize) -> Orders {
    let mut order = order("usr_1", &id(at));
    order.description = Some(format!("{SENTINEL} {at}"));
    order.total = at as u64;
    order
}

/// An empty table.
pub(crate) async fn empty() -> Faults {
    let faults = Faults::new();
    faults.calm_db().create_table::<Orders>().await.unwrap();
    faults
}

/// A table with the items of the places below `count`.
pub(crate) async fn filled(count: usize) -> Faults {
    let faults = empty().await;
    let items: Vec<Orders> = (0..count).map(item).collect();
    Orders::batch_write()
        .put_all(&items)
        .execute(&faults.calm_db())
        .await
        .unwrap();
    faults
}

/// What is asked of a batch: the order ids in a request's `Keys`, puts or deletes.
pub(crate) fn asked(body: &serde_json::Value) -> Vec<String> {
    let table = &body["RequestItems"]["orders"];
    let entries = table["Keys"].as_array().or_else(|| table.as_array());
    let ids = entries.unwrap().iter().map(|entry| {
        let item = [
            &entry["PutRequest"]["Item"],
            &entry["DeleteRequest"]["Key"],
            entry,
        ]
        .into_iter()
        .find(|item| item.is_object() && item["order_id"].is_object());
        item.unwrap()["order_id"]["S"].as_str().unwrap().to_owned()
    });
    ids.collect()
}

/// The order ids of keys or items, each of which may be there once.
pub(crate) fn ids<'a>(items: impl IntoIterator<Item = &'a Item>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for item in items {
        let id = item["order_id"].as_s().unwrap().clone();
        assert!(ids.insert(id.clone()), "{id} is there twice");
    }
    ids
}

/// The ids of the places in a range.
pub(crate) fn range(places: std::ops::Range<usize>) -> BTreeSet<String> {
    places.map(id).collect()
}
