//! Transactions that DynamoDB cancels, or of which it says nothing.

use crate::tables::{empty, filled, item, key};
use crate::verbs::{SENTINEL, items};
use crate::{in_time, printed, variant};
use dkmio::error::CancellationReason;
use dkmio::{DynamoDb, DynamoTable, Error, TransactWrite, transact_get, transact_write};
use dkmio_tests::faults::{Fault, Faults};
use dkmio_tests::orders::{Orders, Status};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::Instant;

fn puts(count: usize) -> TransactWrite {
    (0..count).fold(transact_write(), |t, at| t.add(Orders::put(&item(at))))
}

fn tokens(faults: &Faults) -> Vec<String> {
    let bodies = faults.bodies("TransactWriteItems");
    let tokens = bodies.iter().map(|body| &body["ClientRequestToken"]);
    tokens.map(|t| t.as_str().unwrap().to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_of_what_is_refused() {
    let mut large = item(1);
    large.description = Some("x".repeat(399 * 1024));
    let large = (0..11).fold(transact_write(), |t, at| {
        let mut large = large.clone();
        large.order_id = format!("large_{at}");
        t.add(Orders::put(&large))
    });
    let cases: [(&str, TransactWrite); 9] = [
        ("no members", transact_write()),
        ("101 members", puts(101)),
        ("over 4 MB", large),
        ("put and put", puts(3).add(Orders::put(&item(1)))),
        ("put and delete", puts(3).add(Orders::delete(key(2)))),
        (
            "put and update",
            puts(3).add(Orders::update(key(2)).set(|o| o.total(), 1)),
        ),
        (
            "put and condition check",
            puts(3).add(Orders::condition_check(key(0), |o| o.total().eq(1))),
        ),
        ("an empty token", puts(3).token("")),
        ("a long token", puts(3).token("x".repeat(37))),
    ];
    let faults = empty().await;
    for (name, transaction) in cases {
        let error = transaction.execute(&faults.db()).await.unwrap_err();
        assert_eq!(variant(&error), "Validation", "{name}: {error}");
        assert!(!error.is_retryable() && !error.is_ambiguous(), "{name}");
        assert_eq!(faults.all_requests(), 0, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn reads_that_are_refused_send_nothing() {
    let faults = empty().await;
    let gets = |places: &[usize]| places.iter().map(|&at| Orders::get(key(at))).collect();
    let many: Vec<usize> = (0..101).collect();
    for places in [&many[..], &[1, 2, 1]] {
        let gets: Vec<_> = gets(places);
        let error = transact_get(gets).execute(&faults.db()).await.unwrap_err();
        assert_eq!(variant(&error), "Validation", "{error}");
    }
    let none: Vec<dkmio::Get<Orders>> = gets(&[]);
    assert_eq!(transact_get(none).execute(&faults.db()).await.unwrap(), []);
    assert_eq!(faults.all_requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn one_token_goes_with_every_resend() {
    let faults = empty().await.attempts(3);
    // The second attempt finds the transaction done, and is told so.
    faults.script([Fault::InternalServerError, Fault::AnswerLost]);
    in_time(puts(3).execute(&faults.db())).await.unwrap();
    let tokens = tokens(&faults);
    assert_eq!(tokens.len(), 3);
    assert!(tokens.iter().all(|t| *t == tokens[0] && !t.is_empty()));
    assert_eq!(items(&faults).await.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_resend_after_a_lost_answer_is_done_once() {
    let faults = filled(1).await.attempts(2);
    faults.script([Fault::AnswerLost]);
    let update = Orders::update(key(0))
        .add(|o| o.total(), 5)
        .condition(|o| o.total().eq(0));
    let transaction = transact_write().add(update);
    in_time(transaction.execute(&faults.db())).await.unwrap();
    assert_eq!(items(&faults).await[0].total, 5);
}

#[tokio::test(start_paused = true)]
async fn every_transaction_has_a_token_of_its_own() {
    let faults = empty().await;
    for _ in 0..20 {
        puts(1).execute(&faults.db()).await.unwrap();
    }
    puts(1).token("mine").execute(&faults.db()).await.unwrap();
    let mut tokens = tokens(&faults);
    assert_eq!(tokens[20], "mine");
    assert!(tokens.iter().all(|t| (1..=36).contains(&t.len())));
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 21);
}

#[tokio::test(start_paused = true)]
async fn a_conflict_is_an_error_unless_retries_were_asked_for() {
    let faults = empty().await.attempts(3);
    faults.script([Fault::TransactionConflict]);
    let error = puts(3).execute(&faults.db()).await.unwrap_err();
    assert!(error.is_retryable() && !error.is_ambiguous(), "{error}");
    let Error::TransactionCanceled(e) = &error else {
        panic!("not canceled, but {error}");
    };
    assert!(e.is_conflict());
    assert_eq!(e.reasons().len(), 3);
    assert!(matches!(e.reasons()[0], CancellationReason::Conflict));
    assert!(matches!(e.reasons()[1], CancellationReason::None));
    assert_eq!(faults.requests("TransactWriteItems"), 1);
    assert!(items(&faults).await.is_empty());
    assert!(error.request_id().is_some());
    assert_eq!(error.code(), Some("TransactionCanceledException"));
}

#[tokio::test(start_paused = true)]
async fn conflicts_are_retried_with_the_same_token_when_asked() {
    let faults = empty().await;
    faults.script([
        Fault::TransactionConflict,
        Fault::TransactionConflict,
        Fault::TransactionConflict,
    ]);
    let transaction = puts(3).retry_conflicts(Duration::from_secs(10));
    in_time(transaction.execute(&faults.db())).await.unwrap();
    let tokens = tokens(&faults);
    assert_eq!(tokens.len(), 4);
    assert!(tokens.iter().all(|t| *t == tokens[0]));
    assert_eq!(items(&faults).await.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn conflicts_for_ever_end_with_the_budget() {
    let faults = empty().await;
    faults.on("TransactWriteItems", Fault::TransactionConflict);
    let started = Instant::now();
    let transaction = puts(3).retry_conflicts(Duration::from_secs(5));
    let error = in_time(transaction.execute(&faults.db()))
        .await
        .unwrap_err();
    assert_eq!(variant(&error), "TransactionCanceled");
    let took = started.elapsed().as_secs_f64();
    assert!((5.0..6.0).contains(&took), "{took} s");
}

/// A failed condition stays: only conflicts are sent again.
#[tokio::test(start_paused = true)]
async fn a_failed_condition_is_not_retried() {
    let faults = filled(1).await;
    let put = Orders::put(&item(0)).if_not_exists();
    let transaction = transact_write()
        .add(put)
        .retry_conflicts(Duration::from_secs(5));
    let error = in_time(transaction.execute(&faults.db()))
        .await
        .unwrap_err();
    assert!(!error.is_retryable(), "{error}");
    assert_eq!(faults.requests("TransactWriteItems"), 1);
}

#[tokio::test(start_paused = true)]
async fn no_value_is_printed() {
    let faults = filled(2).await;
    let check = Orders::condition_check(key(1), |o| o.description().eq(SENTINEL));
    let transaction = transact_write()
        .add(Orders::put(&item(5)))
        .add(check.return_old_on_failure());
    let error = transaction.execute(&faults.db()).await.unwrap_err();
    let text = printed(&error);
    assert!(!text.contains(SENTINEL), "{text}");
    let Error::TransactionCanceled(e) = error else {
        panic!("not canceled, but {error}");
    };
    assert_eq!(e.reasons()[1].item::<Orders>().unwrap(), Some(item(1)));
    assert!(!format!("{:?}", e.reasons()).contains(SENTINEL));
}

#[tokio::test(start_paused = true)]
async fn a_transaction_is_done_whole_or_not_at_all() {
    for fault in [
        Fault::Throttled,
        Fault::InternalServerError,
        Fault::ConnectionRefused,
        Fault::Timeout,
        Fault::AnswerLost,
        Fault::AnswerLate,
        Fault::AnswerCut,
        Fault::AnswerTruncated,
    ] {
        let faults = filled(1).await;
        faults.script([fault]);
        let transaction = puts(4).add(
            Orders::update(key(9))
                .set(|o| o.status(), Status::Draft)
                .set(|o| o.created_at(), "2025-01-01"),
        );
        let error = in_time(transaction.execute(&faults.db()))
            .await
            .unwrap_err();
        let ambiguous = !matches!(fault, Fault::Throttled | Fault::ConnectionRefused);
        assert_eq!(error.is_ambiguous(), ambiguous, "{fault:?}: {error}");
        assert!(error.is_retryable(), "{fault:?}");
        assert_eq!(faults.requests("TransactWriteItems"), 1, "{fault:?}");
        let raw = Orders::scan().raw().fetch_all(&faults.calm_db()).await;
        let there = if fault.is_done() { 5 } else { 1 };
        assert_eq!(raw.unwrap().len(), there, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_that_is_canceled_does_not_speak_of_writes() {
    let faults = filled(3).await;
    faults.script([
        Fault::TransactionConflict,
        Fault::Timeout,
        Fault::InternalServerError,
    ]);
    for _ in 0..3 {
        let gets = (Orders::get(key(0)), Orders::get(key(1)));
        let get = transact_get(gets).execute(&faults.db());
        let error = in_time(get).await.unwrap_err();
        assert!(error.is_retryable() && !error.is_ambiguous(), "{error}");
        assert!(!error.to_string().contains("writ"), "{error}");
    }
    let gets = (Orders::get(key(0)), Orders::get(key(1)));
    let got = transact_get(gets).execute(&faults.db()).await.unwrap();
    assert_eq!(got, (Some(item(0)), Some(item(1))));
}

/// Codes of reasons, and whether the error is retryable and throttling, and conflicts are all.
#[tokio::test(start_paused = true)]
async fn each_reason_has_its_variant() {
    type Case = (&'static [&'static str], &'static str, [bool; 3]);
    const CASES: [Case; 9] = [
        (&["TransactionConflict"], "Conflict", [true, false, true]),
        (&["ThrottlingError"], "Throttled", [true, true, false]),
        (
            &["ProvisionedThroughputExceeded", "TransactionConflict"],
            "Throttled",
            [true, true, false],
        ),
        (
            &["ConditionalCheckFailed", "TransactionConflict"],
            "ConditionFailed",
            [false, false, false],
        ),
        (
            &["ItemCollectionSizeLimitExceeded"],
            "CollectionSizeLimit",
            [false, false, false],
        ),
        (&["ValidationError"], "Validation", [false, false, false]),
        (&["NoSuchReason"], "NoSuchReason", [false, false, false]),
        (
            &["None", "TransactionConflict"],
            "None",
            [true, false, true],
        ),
        (&[], "None", [false, false, false]),
    ];
    for (codes, first, predicates) in CASES {
        let faults = empty().await;
        faults.script([Fault::TransactionCanceled(codes)]);
        let error = puts(3).execute(&faults.db()).await.unwrap_err();
        let Error::TransactionCanceled(e) = &error else {
            panic!("not canceled, but {error}");
        };
        assert_eq!(e.reasons().len(), 3, "{codes:?}");
        assert_eq!(format!("{:?}", e.reasons()[0]), first, "{codes:?}");
        let seen = [error.is_retryable(), error.is_throttling(), e.is_conflict()];
        assert_eq!(seen, predicates, "{codes:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_clone_is_sent_with_the_same_token() {
    let faults = empty().await;
    faults.on("TransactWriteItems", Fault::AnswerLost);
    let transaction = puts(2);
    let first = transaction.clone().execute(&faults.db()).await;
    assert!(first.unwrap_err().is_ambiguous());
    faults.calm();
    transaction.execute(&faults.db()).await.unwrap();
    let tokens = tokens(&faults);
    assert!(
        tokens.len() >= 2 && tokens.iter().all(|t| *t == tokens[0]),
        "{tokens:?}"
    );
    assert_eq!(items(&faults).await.len(), 2);
}

/// Two models whose tables are one in the connection.
#[tokio::test(start_paused = true)]
async fn tables_that_an_override_joins_have_one_of_each_item() {
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "invoices")]
    struct Invoices {
        #[pk]
        user_id: String,
        #[sk]
        order_id: String,
        total: u64,
    }
    let faults = filled(2).await;
    let db = DynamoDb::builder()
        .client(faults.client())
        .table_override("invoices", "orders")
        .build();
    let check = |at| Invoices::condition_check(key(at), |i| i.total().eq(at as u64));
    let error = puts(2).add(check(1)).execute(&db).await.unwrap_err();
    assert_eq!(variant(&error), "Validation", "{error}");
    let gets = (Orders::get(key(1)), Invoices::get(key(1)));
    let error = transact_get(gets).execute(&db).await.unwrap_err();
    assert_eq!(variant(&error), "Validation", "{error}");
    assert_eq!(faults.all_requests(), 0);
    transact_write()
        .add(Orders::put(&item(0)))
        .add(check(1))
        .execute(&db)
        .await
        .unwrap();
    // Where nothing joins them, they are two.
    let apart = transact_get((Orders::get(key(1)), Invoices::get(key(1))));
    let error = apart.execute(&faults.db()).await.unwrap_err();
    assert_eq!(variant(&error), "TableNotFound", "{error}");
}
