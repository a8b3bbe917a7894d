//! Requests that fail: what passes is waited for, and what does not is shown.

use super::*;
use dkmio::error::CheckpointError;
use dkmio::{Checkpoint, Checkpoints};
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test(start_paused = true)]
async fn what_passes_is_waited_for() {
    let passing = [
        "LimitExceededException",
        "ThrottlingException",
        "InternalServerError",
    ];
    for operation in [
        "DescribeTable",
        "DescribeStream",
        "GetShardIterator",
        "GetRecords",
    ] {
        let script = Script::new();
        script.write("a", 1..=3);
        script.fail(operation, passing);
        let (db, canned) = script.connect();
        let mut changes = changes(&db).stream();
        assert_eq!(rest(&mut changes).await, [1, 2, 3], "{operation}");
        let sent = canned.sent();
        assert!(sent.iter().filter(|s| s.operation() == operation).count() >= 4);
    }
}

#[tokio::test(start_paused = true)]
async fn what_lasts_longer_than_the_budget_is_shown_and_the_stream_goes_on() {
    for operation in ["DescribeTable", "GetShardIterator", "GetRecords"] {
        let script = Script::new();
        script.write("a", 1..=3);
        script.fail(operation, ["LimitExceededException"; 1000]);
        let (db, _) = script.connect();
        let changes = changes(&db).retry_budget(Duration::from_secs(30));
        let mut changes = changes.stream();
        let begun = tokio::time::Instant::now();
        let error = in_time(changes.next()).await.unwrap().unwrap_err();
        assert!(begun.elapsed() >= Duration::from_secs(30), "{operation}");
        assert_eq!(error.code(), Some("LimitExceededException"));
        assert!(error.is_retryable());
        script.calm();
        assert_eq!(rest(&mut changes).await, [1, 2, 3], "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_is_shown_at_once_and_is_not_asked_for_without_end() {
    for operation in [
        "DescribeTable",
        "DescribeStream",
        "GetShardIterator",
        "GetRecords",
    ] {
        let script = Script::new();
        script.write("a", 1..=3);
        script.fail(operation, ["AccessDeniedException"; 1000]);
        let (db, canned) = script.connect();
        let mut changes = changes(&db).stream();
        for _ in 0..20 {
            let error = in_time(changes.next()).await.unwrap().unwrap_err();
            assert_eq!(error.code(), Some("AccessDeniedException"));
            assert!(error.to_string().contains(operation), "{error}");
            assert!(error.to_string().contains("readings"), "{error}");
        }
        let sent = canned.sent();
        let asked = sent.iter().filter(|s| s.operation() == operation).count();
        assert!(asked <= 22, "{operation}: {asked}");
        script.calm();
        assert_eq!(rest(&mut changes).await, [1, 2, 3], "{operation}");
    }
}

/// A store whose first save fails.
struct FailsOnce(AtomicBool, MemoryCheckpoints);

impl Checkpoints for FailsOnce {
    async fn load(&self) -> Result<Option<Checkpoint>, Error> {
        self.1.load().await
    }

    async fn save(&self, checkpoint: &Checkpoint) -> Result<(), Error> {
        if self.0.swap(false, Ordering::Relaxed) {
            return Err(CheckpointError::new("the disk is full").into());
        }
        self.1.save(checkpoint).await
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_checkpoint_is_made_up_for_by_the_next() {
    let script = Script::new();
    script.write("a", 1..=3);
    let (db, _) = script.connect();
    let store = MemoryCheckpoints::new();
    let failing = FailsOnce(AtomicBool::new(true), store.clone());
    let mut changes = changes(&db).checkpoints(failing).stream();
    assert_eq!(take(&mut changes, 2).await, [1, 2]);
    let error = changes.checkpoint().await.unwrap_err();
    assert!(matches!(error, Error::Checkpoint(_)));
    assert!(!error.is_retryable());
    assert!(store.get().is_none());
    changes.checkpoint().await.unwrap();
    assert!(
        store
            .get()
            .is_some_and(|saved| Some(saved) == changes.position())
    );
}
