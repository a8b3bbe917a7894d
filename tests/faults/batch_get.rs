//! Batch gets that DynamoDB answers in part, or not.

use crate::tables::{asked, empty, filled, id, ids, item, key, range};
use crate::verbs::SENTINEL;
use crate::{in_time, printed, variant};
use dkmio::error::Unprocessed;
use dkmio::{DynamoDb, Error};
use dkmio_tests::faults::{Fault, Faults, Share};
use dkmio_tests::orders::Orders;
use std::time::Duration;
use tokio::time::Instant;

async fn get(db: &DynamoDb, count: usize) -> Result<Vec<Option<Orders>>, Error> {
    in_time(Orders::batch_get((0..count).map(key)).execute(db)).await
}

async fn unprocessed(db: &DynamoDb, count: usize) -> Unprocessed {
    let get = Orders::batch_get((0..count).map(key))
        .concurrency(1)
        .retry_budget(Duration::from_secs(2));
    match in_time(get.execute(db)).await {
        Err(Error::Unprocessed(e)) => e,
        other => panic!("not unprocessed, but {other:?}"),
    }
}

fn items(count: usize) -> Vec<Option<Orders>> {
    (0..count).map(|at| Some(item(at))).collect()
}

fn read(e: &Unprocessed) -> std::collections::BTreeSet<String> {
    ids(e.read().iter().map(|(_, item)| item))
}

fn left(e: &Unprocessed) -> std::collections::BTreeSet<String> {
    ids(e.keys().iter().map(|(_, key)| key))
}

#[tokio::test(start_paused = true)]
async fn only_what_is_left_is_asked_for_again() {
    let faults = filled(40).await;
    let shares = [Share::Half, Share::All, Share::AllBut(3)];
    faults.script(shares.map(Fault::Unprocessed));
    assert_eq!(get(&faults.db(), 40).await.unwrap(), items(40));
    let requests = faults.bodies("BatchGetItem");
    let counts: Vec<usize> = requests.iter().map(|body| asked(body).len()).collect();
    assert_eq!(counts, [40, 20, 20, 17]);
}

#[tokio::test(start_paused = true)]
async fn a_duplicate_is_asked_for_once_and_answered_at_each_place() {
    let faults = filled(3).await;
    faults.script([Fault::Unprocessed(Share::Half)]);
    let places = [2, 0, 2, 7, 0, 1, 7];
    let got = Orders::batch_get(places.map(key))
        .execute(&faults.db())
        .await
        .unwrap();
    let expected: Vec<Option<Orders>> = places
        .iter()
        .map(|&at| (at < 3).then(|| item(at)))
        .collect();
    assert_eq!(got, expected);
    let requests = faults.bodies("BatchGetItem");
    assert_eq!(asked(&requests[0]), [2, 0, 7, 1].map(id));
    assert_eq!(requests.len(), 2);
}

/// An engine may hand keys back in another form: what was not read is asked for again.
#[tokio::test(start_paused = true)]
async fn leftovers_that_are_not_recognised_are_not_lost() {
    let faults = filled(40).await;
    faults.script([Share::Half, Share::All].map(Fault::UnprocessedUnsent));
    assert_eq!(get(&faults.db(), 40).await.unwrap(), items(40));
    let requests = faults.bodies("BatchGetItem");
    let counts: Vec<usize> = requests.iter().map(|body| asked(body).len()).collect();
    assert_eq!(counts, [40, 20, 20]);
    faults.script([Fault::UnprocessedUnsent(Share::AllBut(3))]);
    faults.on("BatchGetItem", Fault::UnprocessedUnsent(Share::All));
    let e = unprocessed(&faults.db(), 10).await;
    assert_eq!((read(&e), left(&e)), (range(0..3), range(3..10)));
}

#[tokio::test(start_paused = true)]
async fn nothing_asked_sends_nothing() {
    let faults = empty().await;
    assert_eq!(get(&faults.db(), 0).await.unwrap(), []);
    assert_eq!(faults.all_requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_keys_are_one_request() {
    for (keys, requests) in [(1, 1), (100, 1), (101, 2), (250, 3)] {
        let faults = filled(keys).await;
        assert_eq!(get(&faults.db(), keys).await.unwrap(), items(keys));
        assert_eq!(faults.requests("BatchGetItem"), requests, "{keys} keys");
    }
}

#[tokio::test(start_paused = true)]
async fn unprocessed_for_ever_gives_what_was_read_and_what_was_not() {
    let faults = filled(30).await;
    faults.script([Fault::Unprocessed(Share::AllBut(10))]);
    faults.on("BatchGetItem", Fault::Unprocessed(Share::All));
    let started = Instant::now();
    let e = unprocessed(&faults.db(), 30).await;
    let took = started.elapsed();
    assert!(took >= Duration::from_secs(2), "gave up after {took:?}");
    assert!(took < Duration::from_secs(3), "gave up after {took:?}");
    assert!(e.cause().is_none());
    assert_eq!(read(&e).len(), 10);
    assert_eq!(left(&e).len(), 20);
    assert_eq!(&(&read(&e) | &left(&e)), &range(0..30));
    // What is in the error and what is sent again make the whole.
    faults.calm();
    let mut all: Vec<Orders> = e.items().unwrap();
    let rest = e.batch_get::<Orders>().unwrap();
    let rest = rest.execute(&faults.db()).await.unwrap();
    all.extend(rest.into_iter().flatten());
    all.sort_by(|a, b| a.order_id.cmp(&b.order_id));
    assert_eq!(all, (0..30).map(item).collect::<Vec<_>>());
    let text = printed(&Error::Unprocessed(e));
    assert!(
        !text.contains(SENTINEL) && !text.contains("ord_0"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn without_a_budget_it_is_sent_once() {
    let faults = filled(5).await;
    faults.on("BatchGetItem", Fault::Unprocessed(Share::Half));
    let get = Orders::batch_get((0..5).map(key)).retry_budget(Duration::ZERO);
    let error = in_time(get.execute(&faults.db())).await.unwrap_err();
    assert_eq!(variant(&error), "Unprocessed");
    assert_eq!(faults.requests("BatchGetItem"), 1);
}

/// One key is processed at a time: with ever longer waits this takes minutes.
#[tokio::test(start_paused = true)]
async fn progress_makes_the_waits_short_again() {
    let faults = filled(40).await;
    faults.on("BatchGetItem", Fault::Unprocessed(Share::AllBut(1)));
    let started = Instant::now();
    assert_eq!(get(&faults.db(), 40).await.unwrap(), items(40));
    let took = started.elapsed();
    assert!(took < Duration::from_secs(3), "{took:?}");
    assert_eq!(faults.requests("BatchGetItem"), 40);
}

#[tokio::test(start_paused = true)]
async fn without_progress_the_waits_grow() {
    let faults = filled(1).await;
    faults.on("BatchGetItem", Fault::Unprocessed(Share::All));
    get(&faults.db(), 1).await.unwrap_err();
    // 30 seconds; of 50 ms each, on average 25, it would be more than a thousand.
    let requests = faults.requests("BatchGetItem");
    assert!((8..80).contains(&requests), "{requests} requests");
}

#[tokio::test(start_paused = true)]
async fn requests_are_sent_side_by_side_up_to_a_bound() {
    for (concurrency, rounds) in [(1, 10), (4, 3), (10, 1), (50, 1)] {
        let faults = filled(1000).await;
        faults.latency(Duration::from_millis(20));
        let get = Orders::batch_get((0..1000).map(key)).concurrency(concurrency);
        let started = Instant::now();
        assert_eq!(get.execute(&faults.db()).await.unwrap(), items(1000));
        assert_eq!(faults.peak(), concurrency.min(10));
        let rounds = Duration::from_millis(20 * rounds);
        let took = started.elapsed();
        assert!(
            took >= rounds && took < rounds + Duration::from_millis(15),
            "{concurrency} at once: {took:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_in_the_midst_keeps_what_was_read() {
    for fault in [
        Fault::Throttled,
        Fault::InternalServerError,
        Fault::Timeout,
        Fault::AnswerCut,
        Fault::Code(400, "AccessDeniedException"),
    ] {
        let faults = filled(250).await;
        faults.script([Fault::None, fault]);
        let e = unprocessed(&faults.db(), 250).await;
        assert_eq!(read(&e), range(0..100), "{fault:?}");
        assert_eq!(left(&e), range(100..250), "{fault:?}");
        assert_eq!(faults.requests("BatchGetItem"), 2, "{fault:?}");
        let cause = e.cause().expect("no cause");
        let (retryable, throttling) = (cause.is_retryable(), cause.is_throttling());
        let error = Error::Unprocessed(e);
        assert_eq!(error.is_retryable(), retryable, "{fault:?}");
        assert_eq!(error.is_throttling(), throttling, "{fault:?}");
        assert!(!error.is_ambiguous(), "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_after_leftovers_keeps_what_was_read() {
    let faults = filled(20).await;
    faults.script([
        Fault::Unprocessed(Share::AllBut(5)),
        Fault::ConnectionRefused,
    ]);
    let e = unprocessed(&faults.db(), 20).await;
    assert_eq!(read(&e), range(0..5));
    assert_eq!(left(&e), range(5..20));
}

#[tokio::test(start_paused = true)]
async fn an_error_that_stays_and_nothing_read_is_itself() {
    let faults = filled(10).await;
    faults.script([Fault::Code(400, "AccessDeniedException")]);
    let error = get(&faults.db(), 10).await.unwrap_err();
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
        let faults = filled(10).await.attempts(3);
        faults.on("BatchGetItem", fault);
        let e = unprocessed(&faults.db(), 10).await;
        assert_eq!(left(&e), range(0..10));
        assert_eq!(faults.requests("BatchGetItem"), 3, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_batch_sends_nothing_more() {
    let faults = filled(500).await;
    faults.latency(Duration::from_millis(20));
    let get = Orders::batch_get((0..500).map(key)).concurrency(2);
    let cut = tokio::time::timeout(Duration::from_millis(30), get.execute(&faults.db())).await;
    assert!(cut.is_err());
    let sent = faults.requests("BatchGetItem");
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(faults.requests("BatchGetItem"), sent);
    faults.calm();
    assert_eq!(get_all(&faults).await, items(500));
}

async fn get_all(faults: &Faults) -> Vec<Option<Orders>> {
    get(&faults.db(), 500).await.unwrap()
}
