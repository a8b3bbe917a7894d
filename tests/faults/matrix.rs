//! Each verb against each fault: the error, what it says of itself, and what is in the table after.

use crate::verbs::{SENTINEL, Verb, items, table};
use crate::{in_time, printed, variant};
use dkmio::Error;
use dkmio_tests::faults::Fault;

/// What a fault must become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) variant: &'static str,
    pub(crate) retryable: bool,
    pub(crate) throttling: bool,
    /// On a write; a read is never ambiguous.
    pub(crate) ambiguous: bool,
}

const fn outcome(variant: &'static str, predicates: [bool; 3]) -> Outcome {
    let [retryable, throttling, ambiguous] = predicates;
    Outcome {
        variant,
        retryable,
        throttling,
        ambiguous,
    }
}

pub(crate) const MATRIX: [(Fault, Outcome); 14] = [
    //                                                                retry, throttled, ambiguous
    (Fault::Throttled, outcome("Throttled", [true, true, false])),
    (
        Fault::HotPartition,
        outcome("Throttled", [true, true, false]),
    ),
    (
        Fault::InternalServerError,
        outcome("Service", [true, false, true]),
    ),
    (Fault::Unavailable, outcome("Service", [true, false, true])),
    (
        Fault::TransactionConflict,
        outcome("TransactionConflict", [true, false, false]),
    ),
    (
        Fault::ConnectionRefused,
        outcome("Connection", [true, false, false]),
    ),
    (Fault::Timeout, outcome("Timeout", [true, false, true])),
    (
        Fault::AnswerLost,
        outcome("Connection", [true, false, true]),
    ),
    (Fault::AnswerLate, outcome("Timeout", [true, false, true])),
    (Fault::AnswerCut, outcome("Connection", [true, false, true])),
    (
        Fault::AnswerNotJson,
        outcome("Connection", [true, false, true]),
    ),
    (
        Fault::AnswerTruncated,
        outcome("Connection", [true, false, true]),
    ),
    (
        Fault::Code(400, "AccessDeniedException"),
        outcome("Service", [false, false, false]),
    ),
    (
        Fault::Code(400, "UnrecognizedClientException"),
        outcome("Configuration", [false, false, false]),
    ),
];

pub(crate) fn seen(error: &Error) -> Outcome {
    Outcome {
        variant: variant(error),
        retryable: error.is_retryable(),
        throttling: error.is_throttling(),
        ambiguous: error.is_ambiguous(),
    }
}

/// Runs every verb against a fault, and lists what is not as it must be.
async fn wrong(fault: Fault, expected: Outcome) -> Vec<String> {
    let mut wrong = Vec::new();
    for verb in Verb::ALL {
        let faults = table().await;
        faults.script([fault]);
        let error = in_time(verb.run(&faults.db()))
            .await
            .expect_err("the fault is not seen");
        let expected = Outcome {
            ambiguous: expected.ambiguous && verb.writes(),
            ..expected
        };
        if seen(&error) != expected {
            wrong.push(format!(
                "{verb:?}, {fault:?}: {:?}, not {expected:?}",
                seen(&error)
            ));
        }
        let text = printed(&error);
        if text.contains(SENTINEL) {
            wrong.push(format!("{verb:?}, {fault:?}: prints a value: {text}"));
        }
        assert_eq!(faults.requests(verb.operation()), 1, "{verb:?}, {fault:?}");
        assert_eq!(
            items(&faults).await,
            verb.after(fault.is_done()),
            "{verb:?}, {fault:?}"
        );
        // The connection goes on.
        if verb != Verb::Delete && verb != Verb::Update {
            in_time(verb.run(&faults.db())).await.unwrap();
        }
    }
    wrong
}

#[tokio::test(start_paused = true)]
async fn each_verb_against_each_fault() {
    let mut all = Vec::new();
    for (fault, expected) in MATRIX {
        all.extend(wrong(fault, expected).await);
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn without_faults_every_verb_is_done() {
    for verb in Verb::ALL {
        let faults = table().await;
        in_time(verb.run(&faults.db())).await.unwrap();
        assert_eq!(items(&faults).await, verb.after(true));
    }
}

#[tokio::test(start_paused = true)]
async fn throttling_keeps_its_reasons() {
    for (fault, reason) in [
        (Fault::Throttled, "TableWriteAccountLimitExceeded"),
        (Fault::HotPartition, "TableReadKeyRangeThroughputExceeded"),
    ] {
        for verb in Verb::ALL {
            let faults = table().await;
            faults.script([fault]);
            let Err(Error::Throttled(e)) = verb.run(&faults.db()).await else {
                panic!("{verb:?} is not throttled");
            };
            assert_eq!(e.reasons().len(), 1, "{verb:?}");
            assert_eq!(e.reasons()[0].reason, reason);
            let resource = e.reasons()[0].resource.as_deref().unwrap();
            assert!(resource.ends_with("table/orders"), "{resource}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answered_error_has_its_request_id_and_code() {
    for fault in [
        Fault::Throttled,
        Fault::InternalServerError,
        Fault::Unavailable,
    ] {
        let faults = table().await;
        faults.script([fault]);
        let error = Verb::Put.run(&faults.db()).await.unwrap_err();
        assert!(error.request_id().is_some(), "{fault:?}: no request id");
        assert_eq!(error.code().is_some(), fault != Fault::Unavailable);
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_is_not_told_that_a_write_may_have_happened() {
    for fault in [Fault::Timeout, Fault::AnswerLost, Fault::AnswerTruncated] {
        let faults = table().await;
        faults.script([fault, fault]);
        let text = Verb::Get.run(&faults.db()).await.unwrap_err().to_string();
        assert!(!text.contains("write"), "{text}");
        assert!(text.contains("GetItem on `orders`"), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_causes_of_an_error_are_kept() {
    for fault in [
        Fault::ConnectionRefused,
        Fault::Timeout,
        Fault::AnswerLost,
        Fault::Throttled,
    ] {
        let faults = table().await;
        faults.script([fault]);
        let error = Verb::Put.run(&faults.db()).await.unwrap_err();
        assert!(std::error::Error::source(&error).is_some(), "{fault:?}");
    }
}
