//! What is logged of retries, transitions and outcomes.

use crate::in_time;
use crate::verbs::{Verb, table};
use dkmio_tests::faults::Fault;
use dkmio_tests::logs::Logs;

#[tokio::test(start_paused = true)]
async fn each_retry_of_the_sdk_is_a_warning_with_its_reason() {
    let reasons = [
        (Fault::Throttled, "ThrottlingException"),
        (
            Fault::HotPartition,
            "ProvisionedThroughputExceededException",
        ),
        (Fault::InternalServerError, "InternalServerError"),
        (Fault::Unavailable, "HTTP status 503"),
        (Fault::ConnectionRefused, "no connection"),
        (Fault::AnswerLost, "broken connection"),
        (Fault::AnswerCut, "broken answer"),
        (Fault::Timeout, "timeout"),
    ];
    for (fault, reason) in reasons {
        for verb in [Verb::Get, Verb::Query, Verb::Put] {
            let faults = table().await.attempts(3);
            faults.script([fault, fault]);
            let logs = Logs::capture();
            in_time(verb.run(&faults.db())).await.unwrap();
            let warnings = logs.events("WARN");
            assert_eq!(warnings.len(), 2, "{verb:?}, {fault:?}: {warnings:?}");
            for (warning, attempt) in warnings.iter().zip(2..) {
                assert_eq!(warning["fields"]["reason"], reason, "{warning}");
                assert_eq!(warning["fields"]["attempt"], attempt, "{warning}");
                let message = warning["fields"]["message"].as_str().unwrap();
                assert!(message.contains(verb.operation()), "{message}");
                assert!(message.contains("orders"), "{message}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_retry_there_is_no_warning() {
    for verb in Verb::ALL {
        let faults = table().await.attempts(3);
        let logs = Logs::capture();
        verb.run(&faults.db()).await.unwrap();
        assert_eq!(logs.events("WARN"), Vec::<serde_json::Value>::new());
        let done = logs.events("DEBUG");
        assert_eq!(
            done.last().unwrap()["fields"]["attempts"],
            1,
            "{verb:?}: {done:?}"
        );
    }
}
