//! A start with the changes from now on, or since a time.

use super::*;
use std::time::SystemTime;

fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap().as_secs()
}

#[tokio::test(start_paused = true)]
async fn a_start_at_the_latest_leaves_out_what_was_there() {
    let script = Script::new();
    script.write("a", 1..=3);
    let (db, _) = script.connect();
    let mut changes = changes(&db).from_latest().stream();
    assert!(rest(&mut changes).await.is_empty());
    script.write("a", 4..=5);
    script.open("b", Some("a"));
    script.write("b", [6]);
    script.close("a");
    assert_eq!(rest(&mut changes).await, [4, 5, 6]);
}

/// The records of the script were made at the second of their number.
#[tokio::test(start_paused = true)]
async fn a_kill_before_the_first_record_does_not_move_the_start() {
    let script = Script::new();
    script.write("a", 1..=3);
    let (db, _) = script.connect();
    let store = MemoryCheckpoints::new();
    let mut first = changes(&db)
        .checkpoints(store.clone())
        .from_latest()
        .stream();
    assert!(rest(&mut first).await.is_empty());
    drop(first);
    let later = now() % 1_000_000 + 10;
    // What the checkpoint has of the start is a second of Unix time, which the numbers of the script are too short for.
    let mut saved = serde_json::to_value(store.get().unwrap()).unwrap();
    let second = saved["shards"]["a"]["since"].as_u64().unwrap();
    assert!(second <= now() && second + 400 > now(), "{second}");
    saved["shards"]["a"]["since"] = serde_json::json!(later - 5);
    let saved = serde_json::from_value(saved).unwrap();
    dkmio::Checkpoints::save(&store, &saved).await.unwrap();

    script.write("a", [later, later + 1]);
    let mut again = changes(&db).checkpoints(store).from_latest().stream();
    assert_eq!(rest(&mut again).await, [later, later + 1]);
}

#[tokio::test(start_paused = true)]
async fn a_start_at_a_time_leaves_out_what_was_before() {
    let script = Script::new();
    script.write("a", 1..=30);
    let (db, _) = script.connect();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(28);
    let mut changes = changes(&db).since(time).page_size(7).stream();
    assert_eq!(rest(&mut changes).await, [28, 29, 30]);
}
