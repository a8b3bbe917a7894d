//! The SDK's own retries, which dkmio does not stack on.

use crate::in_time;
use crate::verbs::{Verb, items, table};
use dkmio::Error;
use dkmio_tests::faults::Fault;
use dkmio_tests::orders::{Orders, order};

#[tokio::test(start_paused = true)]
async fn a_fault_that_passes_is_not_seen() {
    for fault in [
        Fault::Throttle,
        Fault::InternalServerError,
        Fault::Refused,
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
        Fault::Throttle,
        Fault::HotKey,
        Fault::InternalServerError,
        Fault::Unavailable,
        Fault::Refused,
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
    faults.script([Fault::LostAnswer]);
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
    for last in [Fault::Throttle, Fault::Refused] {
        let faults = table().await.attempts(2);
        faults.script([Fault::LostAnswer, last]);
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
