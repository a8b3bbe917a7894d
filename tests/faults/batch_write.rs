//! Batch writes that DynamoDB does in part, or of which it says nothing.

use crate::tables::{asked, empty, filled, ids, item, key, range};
use crate::verbs::{SENTINEL, items};
use crate::{in_time, printed, variant};
use dkmio::error::Unprocessed;
use dkmio::{BatchWrite, DynamoDb, Error};
use dkmio_tests::faults::{Fault, Share};
use dkmio_tests::orders::Orders;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;

fn puts(count: usize) -> BatchWrite<Orders> {
    let items: Vec<Orders> = (0..count).map(item).collect();
    Orders::batch_write().put_all(&items)
}

async fn unprocessed(db: &DynamoDb, batch: BatchWrite<Orders>) -> Unprocessed {
    let batch = batch.retry_budget(Duration::from_secs(2));
    match in_time(batch.concurrency(1).execute(db)).await {
        Err(Error::Unprocessed(e)) => e,
        other => panic!("not unprocessed, but {other:?}"),
    }
}

fn left(e: &Unprocessed) -> BTreeSet<String> {
    ids(e.pending().iter().map(|write| write.key()))
}

fn there(items: &[Orders]) -> BTreeSet<String> {
    items.iter().map(|order| order.order_id.clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn only_what_is_left_is_sent_again() {
    let faults = filled(10).await;
    let shares = [Share::Half, Share::All, Share::AllBut(3)];
    faults.script(shares.map(Fault::Unprocessed));
    let changed: Vec<Orders> = (5..20).map(item).collect();
    let batch = Orders::batch_write()
        .delete_all((0..5).map(key))
        .put_all(&changed);
    in_time(batch.execute(&faults.db())).await.unwrap();
    assert_eq!(items(&faults).await, changed);
    let requests = faults.bodies("BatchWriteItem");
    let counts: Vec<usize> = requests.iter().map(|body| asked(body).len()).collect();
    assert_eq!(counts, [20, 10, 10, 7]);
}

/// An engine may hand writes back in another form: all of the request is done again.
#[tokio::test(start_paused = true)]
async fn leftovers_that_are_not_recognised_are_not_lost() {
    let faults = filled(10).await;
    faults.script([Share::Half, Share::All].map(Fault::UnprocessedUnsent));
    let changed: Vec<Orders> = (5..20).map(item).collect();
    let batch = Orders::batch_write()
        .delete_all((0..5).map(key))
        .put_all(&changed);
    in_time(batch.execute(&faults.db())).await.unwrap();
    assert_eq!(items(&faults).await, changed);
    let requests = faults.bodies("BatchWriteItem");
    let counts: Vec<usize> = requests.iter().map(|body| asked(body).len()).collect();
    assert_eq!(counts, [20, 20, 20]);
}

#[tokio::test(start_paused = true)]
async fn twenty_five_writes_are_one_request() {
    for (writes, requests) in [(0, 0), (25, 1), (26, 2), (80, 4)] {
        let faults = empty().await;
        puts(writes).execute(&faults.db()).await.unwrap();
        assert_eq!(faults.requests("BatchWriteItem"), requests);
        assert_eq!(there(&items(&faults).await), range(0..writes));
    }
}

#[tokio::test(start_paused = true)]
async fn unprocessed_for_ever_gives_exactly_what_was_not_done() {
    let faults = filled(5).await;
    faults.script([Fault::Unprocessed(Share::AllBut(8))]);
    faults.on("BatchWriteItem", Fault::Unprocessed(Share::All));
    let started = Instant::now();
    let new: Vec<Orders> = (5..20).map(item).collect();
    let batch = Orders::batch_write()
        .delete_all((0..5).map(key))
        .put_all(&new);
    let e = unprocessed(&faults.db(), batch).await;
    let took = started.elapsed();
    assert!((2.0..3.0).contains(&took.as_secs_f64()), "{took:?}");
    assert_eq!((e.written(), e.pending().len()), (8, 12));
    assert!(e.cause().is_none());
    let text = format!("{e} {e:?} {:?}", e.pending());
    assert!(
        !text.contains(SENTINEL) && !text.contains("ord_0"),
        "{text}"
    );
    // The first eight: five deletes and three puts.
    assert_eq!(there(&items(&faults).await), range(5..8));
    assert_eq!(left(&e), range(8..20));
    assert!(e.pending().iter().all(|write| write.is_put()));
    faults.calm().forget();
    e.write_again(&faults.db()).await.unwrap();
    assert_eq!(items(&faults).await, new);
    assert_eq!(faults.requests("BatchWriteItem"), 1);
}

#[tokio::test(start_paused = true)]
async fn an_error_in_the_midst_leaves_exactly_the_rest() {
    for fault in [
        Fault::Throttled,
        Fault::InternalServerError,
        Fault::ConnectionRefused,
        Fault::Timeout,
        Fault::AnswerLost,
        Fault::AnswerLate,
        Fault::AnswerTruncated,
        Fault::Code(400, "AccessDeniedException"),
    ] {
        let faults = empty().await;
        faults.script([Fault::None, fault]);
        let e = unprocessed(&faults.db(), puts(80)).await;
        assert_eq!(e.written(), 25, "{fault:?}");
        assert_eq!(left(&e), range(25..80), "{fault:?}");
        assert_eq!(faults.requests("BatchWriteItem"), 2, "{fault:?}");
        let done = if fault.is_done() { 50 } else { 25 };
        assert_eq!(there(&items(&faults).await), range(0..done), "{fault:?}");
        let cause = e.cause().expect("no cause");
        let (retryable, throttling) = (cause.is_retryable(), cause.is_throttling());
        if fault.is_done() {
            assert!(cause.is_ambiguous(), "{fault:?}");
        }
        let ambiguous = cause.is_ambiguous();
        let error = Error::Unprocessed(e);
        assert_eq!(error.is_ambiguous(), ambiguous, "{fault:?}");
        assert_eq!(error.is_retryable(), retryable, "{fault:?}");
        assert_eq!(error.is_throttling(), throttling, "{fault:?}");
        assert!(!printed(&error).contains(SENTINEL));
        let Error::Unprocessed(e) = error else {
            unreachable!("it was made above")
        };
        e.write_again(&faults.db()).await.unwrap();
        assert_eq!(there(&items(&faults).await), range(0..80), "{fault:?}");
    }
}

/// One request is throttled, another loses its answer: the whole is ambiguous, whichever comes first.
#[tokio::test(start_paused = true)]
async fn an_ambiguous_cause_is_not_hidden_by_another() {
    for script in [
        [Fault::Throttled, Fault::AnswerLost],
        [Fault::AnswerLost, Fault::Throttled],
        [Fault::Code(400, "AccessDeniedException"), Fault::AnswerLost],
    ] {
        let faults = empty().await;
        faults.latency(Duration::from_millis(10)).script(script);
        let error = in_time(puts(50).execute(&faults.db())).await.unwrap_err();
        assert_eq!(items(&faults).await.len(), 25);
        assert_eq!(variant(&error), "Unprocessed", "{script:?}: {error}");
        assert!(error.is_ambiguous(), "{script:?}: {error}");
    }
}

/// The first attempt wrote it all; the second hands it back.
#[tokio::test(start_paused = true)]
async fn what_is_handed_back_after_a_lost_answer_is_ambiguous() {
    for last in [Fault::Unprocessed(Share::All), Fault::Throttled] {
        let faults = empty().await.attempts(2);
        let script = [Fault::AnswerLost, Fault::Unprocessed(Share::All)];
        faults.script(script).script([last; 2]);
        let batch = puts(20).retry_budget(Duration::from_millis(10));
        let error = in_time(batch.execute(&faults.db())).await.unwrap_err();
        assert_eq!(variant(&error), "Unprocessed", "{error}");
        assert_eq!(items(&faults).await.len(), 20, "it was written");
        assert!(error.is_ambiguous(), "{last:?}: {error}");
        assert!(error.to_string().contains("may have"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_that_stays_and_nothing_done_is_itself() {
    let faults = empty().await;
    faults.script([Fault::Code(400, "AccessDeniedException")]);
    let error = puts(10).execute(&faults.db()).await.unwrap_err();
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert_eq!(variant(&error), "Service");
}

#[tokio::test(start_paused = true)]
async fn the_retries_of_the_sdk_are_not_stacked_upon() {
    for fault in [
        Fault::HotPartition,
        Fault::InternalServerError,
        Fault::Timeout,
    ] {
        let faults = empty().await.attempts(3);
        faults.on("BatchWriteItem", fault);
        let e = unprocessed(&faults.db(), puts(10)).await;
        assert_eq!(left(&e), range(0..10));
        assert_eq!(faults.requests("BatchWriteItem"), 3, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_where_a_write_is_refused() {
    let mut large = item(1);
    large.description = Some("x".repeat(400 * 1024));
    let mut keyless = item(1);
    keyless.order_id = String::new();
    let cases: [(&str, BatchWrite<Orders>); 6] = [
        ("two puts", puts(60).put(&item(7))),
        ("put and delete", puts(60).delete(key(7))),
        (
            "two deletes",
            Orders::batch_write().delete(key(1)).delete(key(1)),
        ),
        (
            "an item over 400 KB",
            puts(60).delete(key(99)).add(Orders::put(&large)),
        ),
        ("an empty key", puts(60).put(&keyless)),
        (
            "a condition",
            puts(60).add(Orders::put(&item(99)).if_not_exists()),
        ),
    ];
    let faults = empty().await;
    for (name, batch) in cases {
        let error = batch.execute(&faults.db()).await.unwrap_err();
        assert!(
            matches!(error, Error::Validation(_) | Error::InvalidKey(_)),
            "{name}: {error}"
        );
        assert!(!error.is_retryable() && !error.is_ambiguous(), "{name}");
        assert_eq!(faults.all_requests(), 0, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_of_several_writes_wins_if_asked_to() {
    let faults = filled(3).await;
    let mut newer = item(1);
    newer.total = 999;
    let batch = puts(3)
        .delete(key(0))
        .put(&newer)
        .delete(key(2))
        .put(&item(2))
        .last_wins();
    batch.execute(&faults.db()).await.unwrap();
    assert_eq!(items(&faults).await, [newer, item(2)]);
    assert_eq!(faults.requests("BatchWriteItem"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_batch_sends_nothing_more() {
    let faults = empty().await;
    faults.latency(Duration::from_millis(20));
    let batch = puts(200).concurrency(2);
    let cut = tokio::time::timeout(Duration::from_millis(30), batch.execute(&faults.db())).await;
    assert!(cut.is_err());
    let sent = faults.requests("BatchWriteItem");
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(faults.requests("BatchWriteItem"), sent);
}
