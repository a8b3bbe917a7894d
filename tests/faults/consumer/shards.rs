//! Shards that split, end, vanish, and lose their oldest records.

use super::*;

#[tokio::test(start_paused = true)]
async fn children_come_after_their_parent_and_are_found_while_it_runs() {
    let script = Script::new();
    script.write("a", 1..=5);
    let (db, _) = script.connect();
    let mut changes = changes(&db).page_size(2).stream();
    assert_eq!(take(&mut changes, 3).await, [1, 2, 3]);

    // A listing does not have the children at once.
    for child in ["b", "c"] {
        script.open(child, Some("a"));
        script.hide(child, true);
    }
    script.write("b", [20, 21]);
    script.write("c", [30]);
    script.write("a", [6]);
    script.close("a");
    assert_eq!(rest(&mut changes).await, [4, 5, 6]);

    for child in ["b", "c"] {
        script.hide(child, false);
    }
    let mut children = rest(&mut changes).await;
    children.sort_unstable();
    assert_eq!(children, [20, 21, 30]);

    // A shard without a known parent is found too.
    script.open("z", Some("gone"));
    script.write("z", [90]);
    assert_eq!(rest(&mut changes).await, [90]);
}

#[tokio::test(start_paused = true)]
async fn a_family_that_is_there_at_the_start_is_read_from_the_eldest_on() {
    let script = Script::default();
    // The listing's order says nothing.
    script.open("grandchild", Some("child"));
    script.open("child", Some("eldest"));
    script.open("eldest", None);
    script.write("grandchild", [7, 8]);
    script.write("child", [4, 5, 6]);
    script.write("eldest", [1, 2, 3]);
    script.close("eldest");
    script.close("child");
    let (db, _) = script.connect();
    let mut changes = changes(&db).page_size(2).stream();
    assert_eq!(rest(&mut changes).await, [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[tokio::test(start_paused = true)]
async fn an_expired_iterator_is_renewed_after_the_last_record() {
    let script = Script::new();
    script.write("a", 1..=3);
    let (db, canned) = script.connect();
    let mut changes = changes(&db).stream();
    assert_eq!(take(&mut changes, 3).await, [1, 2, 3]);
    script.expire_iterators();
    script.write("a", 4..=5);
    assert_eq!(rest(&mut changes).await, [4, 5]);
    let sent = canned.sent();
    let asked: Vec<_> = sent
        .iter()
        .filter(|s| s.operation() == "GetShardIterator")
        .collect();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].json()["SequenceNumber"], sequence_number(3));
}

#[tokio::test(start_paused = true)]
async fn trimmed_records_are_a_gap_and_the_rest_is_read() {
    let script = Script::new();
    script.write("a", 1..=5);
    let (db, _) = script.connect();
    let store = MemoryCheckpoints::new();
    let mut first = changes(&db).checkpoints(store.clone()).stream();
    assert_eq!(take(&mut first, 2).await, [1, 2]);
    first.checkpoint().await.unwrap();
    drop(first);

    script.trim("a", 3);
    let gaps = Gaps::default();
    let again = changes(&db).checkpoints(store);
    let mut again = again.on_gap(gaps.listen()).stream();
    assert_eq!(rest(&mut again).await, [4, 5]);
    assert_eq!(gaps.told(), [("a".to_owned(), Some(sequence_number(2)))]);
}

#[tokio::test(start_paused = true)]
async fn a_shard_that_vanished_is_a_gap_and_its_children_are_read() {
    let script = Script::new();
    script.write("a", 1..=5);
    let (db, _) = script.connect();
    let store = MemoryCheckpoints::new();
    let mut first = changes(&db).checkpoints(store.clone()).stream();
    assert_eq!(take(&mut first, 2).await, [1, 2]);
    first.checkpoint().await.unwrap();
    drop(first);

    script.open("b", Some("a"));
    script.write("b", [10]);
    script.remove("a");
    let gaps = Gaps::default();
    let again = changes(&db).checkpoints(store.clone());
    let mut again = again.on_gap(gaps.listen()).stream();
    assert_eq!(rest(&mut again).await, [10]);
    assert_eq!(gaps.told(), [("a".to_owned(), Some(sequence_number(2)))]);
    again.checkpoint().await.unwrap();
    drop(again);

    // It is told once.
    let gaps = Gaps::default();
    let third = changes(&db).checkpoints(store);
    let mut third = third.on_gap(gaps.listen()).stream();
    assert!(rest(&mut third).await.is_empty());
    assert!(gaps.told().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_switched_off_ends_and_can_be_checkpointed_then() {
    let script = Script::new();
    script.write("a", 1..=2);
    let (db, _) = script.connect();
    let store = MemoryCheckpoints::new();
    let mut changes = changes(&db).checkpoints(store.clone()).stream();
    assert_eq!(take(&mut changes, 2).await, [1, 2]);
    script.disable();
    assert!(in_time(changes.next()).await.is_none());
    assert!(in_time(changes.next()).await.is_none());
    changes.checkpoint().await.unwrap();
    let saved = serde_json::to_value(store.get().unwrap()).unwrap();
    assert_eq!(saved["shards"], serde_json::json!({"a": "finished"}));
}
