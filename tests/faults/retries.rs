//! The SDK's own retries, which dkmio does not stack on.

use crate::in_time;
use crate::verbs::{Verb, items, table};
use dkmio::aws_sdk_dynamodb::config::retry::RetryConfig;
use dkmio::{DynamoDb, Error, Observation, Observer};
use dkmio_tests::faults::Fault;
use dkmio_tests::orders::{Orders, order};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_fault_that_passes_is_not_seen() {
    for fault in [
        Fault::Throttled,
        Fault::InternalServerError,
        Fault::ConnectionRefused,
        Fault::Timeout,
    ] {
        for verb in Verb::ALL {
            let faults = table().await.attempts(3);
            faults.script([fault, fault]);
            in_time(verb.run(&faults.db())).await.unwrap();
            assert_eq!(faults.requests(verb.operation()), 3, "{verb:?}, {fault:?}");
            assert_eq!(items(&faults).await, verb.after(true));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_is_sent_no_more_often_than_the_sdk_is_told() {
    for fault in [
        Fault::Throttled,
        Fault::HotPartition,
        Fault::InternalServerError,
        Fault::Unavailable,
        Fault::ConnectionRefused,
        Fault::Timeout,
    ] {
        for verb in Verb::ALL {
            let faults = table().await.attempts(3);
            faults.on(verb.operation(), fault);
            in_time(verb.run(&faults.db())).await.unwrap_err();
            assert_eq!(faults.requests(verb.operation()), 3, "{verb:?}, {fault:?}");
            assert_eq!(items(&faults).await, verb.after(false));
        }
    }
}

/// The first attempt wrote the item; the second meets it.
#[tokio::test(start_paused = true)]
async fn a_conditional_write_that_fails_its_own_condition_is_ambiguous() {
    let faults = table().await.attempts(3);
    faults.script([Fault::AnswerLost]);
    let put = Orders::put(&order("usr_1", "ord_9")).if_not_exists();
    let error = in_time(put.execute(&faults.db())).await.unwrap_err();
    assert!(matches!(error, Error::ConditionFailed(_)), "{error}");
    assert_eq!(items(&faults).await.len(), 2, "it was written");
    assert!(error.is_ambiguous(), "{error}");
    assert!(
        !error.to_string().contains("nothing was written"),
        "{error}"
    );
}

/// What the last attempt was answered says nothing of the first.
#[tokio::test(start_paused = true)]
async fn a_lost_answer_before_throttling_is_ambiguous() {
    for last in [Fault::Throttled, Fault::ConnectionRefused] {
        let faults = table().await.attempts(2);
        faults.script([Fault::AnswerLost, last]);
        let error = in_time(Verb::Put.run(&faults.db())).await.unwrap_err();
        assert_eq!(items(&faults).await, Verb::Put.after(true));
        assert!(error.is_ambiguous(), "{last:?}: {error}");
        assert!(error.to_string().contains("may have happened"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_condition_that_fails_at_once_is_not_ambiguous() {
    let faults = table().await.attempts(3);
    let put = Orders::put(&order("usr_1", "ord_1")).if_not_exists();
    let error = put.execute(&faults.db()).await.unwrap_err();
    assert!(matches!(error, Error::ConditionFailed(_)), "{error}");
    assert!(!error.is_ambiguous());
    assert_eq!(faults.requests("PutItem"), 1);
}

#[derive(Default)]
struct Attempts(AtomicU32);

impl Observer for Attempts {
    fn observe(&self, request: &Observation<'_>) {
        self.0.store(request.attempts, Ordering::Relaxed);
    }
}

/// The connection of a builder, over the SDK's own HTTP client; nothing listens there.
#[tokio::test]
async fn the_builder_hands_the_retries_to_the_sdk() {
    for attempts in [1, 2, 4] {
        let seen = Arc::new(Attempts::default());
        let retries = RetryConfig::standard()
            .with_max_attempts(attempts)
            .with_initial_backoff(Duration::from_millis(1));
        let db = DynamoDb::builder()
            .region("us-east-1")
            .credentials("test", "test")
            .endpoint_url("http://127.0.0.1:1")
            .retry_config(retries)
            .observer(seen.clone())
            .build();
        let error = Verb::Get.run(&db).await.unwrap_err();
        assert!(matches!(error, Error::Connection(_)), "{error}");
        assert_eq!(seen.0.load(Ordering::Relaxed), attempts);
    }
}
