//! Pages that are read ahead.

use crate::in_time;
use crate::tables::{filled, item};
use dkmio::{DynamoDb, Error, Query};
use dkmio_tests::faults::{Fault, Faults};
use dkmio_tests::orders::Orders;
use std::time::Duration;
use tokio::runtime::{Builder, Handle};
use tokio::time::{Instant, sleep};

const LATENCY: Duration = Duration::from_millis(20);

fn query() -> Query<Orders> {
    Orders::query("usr_1").page_size(3).prefetch()
}

/// Works on each page for as long as reading one takes.
async fn worked_on(db: &DynamoDb, query: Query<Orders>) -> Duration {
    let (mut pages, mut read) = (query.pages(db), Vec::new());
    let started = Instant::now();
    while let Some(page) = in_time(pages.next()).await {
        sleep(LATENCY).await;
        read.extend(page.unwrap());
    }
    assert_eq!(read, (0..30).map(item).collect::<Vec<_>>());
    started.elapsed()
}

#[tokio::test(start_paused = true)]
async fn the_next_page_is_read_while_the_last_one_is_worked_on() {
    let faults = filled(30).await;
    faults.latency(LATENCY);
    let db = faults.db();
    let plain = worked_on(&db, Orders::query("usr_1").page_size(3)).await;
    let ahead = worked_on(&db, query()).await;
    // Ten pages and an empty one at the end: what is read ahead costs no time but for the first.
    assert!(plain >= LATENCY * 21, "{plain:?}");
    assert!(ahead < LATENCY * 13, "{ahead:?}");
}

#[tokio::test(start_paused = true)]
async fn one_page_is_read_ahead_and_no_more() {
    let faults = filled(30).await;
    let mut pages = query().pages(&faults.db());
    for taken in 1..5 {
        in_time(pages.next()).await.unwrap().unwrap();
        sleep(Duration::from_secs(60)).await;
        assert_eq!(faults.requests("Query"), taken + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_read_ahead_is_what_would_be_read() {
    for (limit, requests) in [(1, 1), (3, 1), (4, 2), (7, 3), (100, 11)] {
        let faults = filled(30).await;
        let all = query().limit(limit).fetch_all(&faults.db()).await.unwrap();
        assert_eq!(all, (0..limit.min(30)).map(item).collect::<Vec<_>>());
        assert_eq!(faults.requests("Query"), requests, "limit {limit}");
    }
    let faults = filled(30).await;
    let scan = Orders::scan().page_size(4).prefetch();
    let scan = scan.filter(|o| o.total().ge(10)).select(|o| o.total());
    let mut totals = Vec::new();
    let mut items = scan.segments(3).stream(&faults.db());
    while let Some(total) = in_time(items.next()).await {
        totals.push(total.unwrap());
    }
    totals.sort();
    assert_eq!(totals, (10..30).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn an_error_ahead_comes_after_the_page_before_it() {
    for fault in [Fault::Throttled, Fault::Timeout, Fault::AnswerCut] {
        let faults = filled(30).await;
        faults.script([Fault::None, Fault::None, fault]);
        let mut pages = query().pages(&faults.db());
        for _ in 0..2 {
            assert_eq!(in_time(pages.next()).await.unwrap().unwrap().len(), 3);
            sleep(Duration::from_secs(60)).await;
        }
        let error = in_time(pages.next()).await.unwrap().unwrap_err();
        assert!(error.is_retryable(), "{fault:?}: {error}");
        assert!(in_time(pages.next()).await.is_none());
        assert_eq!(faults.requests("Query"), 3);
    }
}

/// An answer that is in time is one, however long the user works.
#[tokio::test(start_paused = true)]
async fn no_timeout_runs_while_the_user_works() {
    let faults = filled(30).await;
    faults.latency(LATENCY);
    let mut pages = query().pages(&faults.db());
    while let Some(page) = in_time(pages.next()).await {
        page.unwrap();
        sleep(dkmio_tests::faults::ATTEMPT_TIMEOUT * 20).await;
    }
    assert_eq!(faults.requests("Query"), 11);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_stream_ends_its_task() {
    let faults = filled(30).await;
    faults.latency(LATENCY);
    let before = tasks();
    let mut pages = query().pages(&faults.db());
    in_time(pages.next()).await.unwrap().unwrap();
    sleep(LATENCY / 2).await;
    assert_eq!((tasks(), faults.under_way()), (before + 1, 1));
    drop(pages);
    tokio::task::yield_now().await;
    assert_eq!((tasks(), faults.under_way()), (before, 0));
    assert_eq!(faults.requests("Query"), 2);
}

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

#[test]
fn a_stream_that_outlives_its_runtime_says_so() {
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let mut pages = first.block_on(async {
        let faults: Faults = filled(30).await;
        let mut pages = query().pages(&faults.db());
        pages.next().await.unwrap().unwrap();
        pages
    });
    drop(first);
    let next = runtime().block_on(async { in_time(pages.next()).await });
    assert!(matches!(next, Some(Err(Error::Configuration(_)))));
}
