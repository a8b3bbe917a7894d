//! A consumer that is killed after any number of records, with a checkpoint now and then.

use super::*;

/// A family of shards, read in pages of two.
fn family() -> Script {
    let script = Script::new();
    script.write("a", 1..=7);
    script.close("a");
    for (child, parent, records) in [
        ("b", "a", 10..=14),
        ("c", "a", 20..=22),
        ("d", "b", 30..=33),
    ] {
        script.open(child, Some(parent));
        script.write(child, records);
    }
    script.close("b");
    script
}

#[tokio::test(start_paused = true)]
async fn what_was_not_checkpointed_comes_again_and_nothing_else() {
    let script = family();
    let (db, _) = script.connect();
    let all = {
        let mut all = rest(&mut changes(&db).stream()).await;
        all.sort_unstable();
        all
    };
    assert_eq!(all.len(), 19);
    for every in [1, 3, 4] {
        for killed_after in 0..=all.len() {
            let store = MemoryCheckpoints::new();
            let reader = || {
                changes(&db)
                    .checkpoints(store.clone())
                    .page_size(2)
                    .stream()
            };
            let mut first = reader();
            let mut handled = Vec::new();
            for at in 1..=killed_after {
                handled.extend(take(&mut first, 1).await);
                if at % every == 0 {
                    first.checkpoint().await.unwrap();
                }
            }
            drop(first);
            handled.truncate(killed_after / every * every);
            let mut again = reader();
            let left = take(&mut again, all.len() - handled.len()).await;
            let quiet = tokio::time::timeout(Duration::from_secs(10), again.next()).await;
            assert!(quiet.is_err(), "{quiet:?}");
            let mut both = [handled, left].concat();
            both.sort_unstable();
            assert_eq!(
                both, all,
                "killed after {killed_after}, a checkpoint each {every}"
            );
        }
    }
}
