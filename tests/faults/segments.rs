//! Scans in segments, of which one fails.

use crate::tables::{filled, item};
use crate::{in_time, variant};
use dkmio::{Error, ParallelScan};
use dkmio_tests::faults::{Fault, Share};
use dkmio_tests::orders::{Orders, order};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

const FAULTS: [Fault; 8] = [
    Fault::Throttled,
    Fault::HotPartition,
    Fault::InternalServerError,
    Fault::ConnectionRefused,
    Fault::Timeout,
    Fault::AnswerLost,
    Fault::AnswerCut,
    Fault::AnswerTruncated,
];

/// Sixty items in as many partitions, so that each segment has some.
async fn spread() -> dkmio_tests::faults::Faults {
    let faults = crate::tables::empty().await;
    let items: Vec<Orders> = (0..60)
        .map(|at| order(&format!("usr_{at}"), "ord"))
        .collect();
    let db = faults.calm_db();
    Orders::batch_write()
        .put_all(&items)
        .execute(&db)
        .await
        .unwrap();
    faults
}

fn scan() -> ParallelScan<Orders> {
    Orders::scan().page_size(5).segments(4)
}

#[tokio::test(start_paused = true)]
async fn one_failing_segment_ends_the_stream_with_its_error() {
    for fault in FAULTS {
        for prefetch in [false, true] {
            let faults = spread().await;
            faults.latency(Duration::from_millis(20));
            faults.script([
                Fault::None,
                Fault::None,
                Fault::None,
                Fault::None,
                Fault::None,
                fault,
            ]);
            let scan = Orders::scan().page_size(5);
            let scan = if prefetch { scan.prefetch() } else { scan };
            let mut items = scan.segments(4).stream(&faults.db());
            let (mut read, tasks) = (Vec::new(), tasks());
            let error = loop {
                match in_time(items.next()).await.unwrap() {
                    Ok(item) => read.push(item.user_id),
                    Err(error) => break error,
                }
            };
            assert!(!read.is_empty(), "{fault:?}");
            let (before, count) = (read.len(), {
                read.sort();
                read.dedup();
                read.len()
            });
            assert_eq!(before, count, "{fault:?}: an item came twice");
            assert!(
                error.is_retryable() && !error.is_ambiguous(),
                "{fault:?}: {error}"
            );
            // The other segments end with it, though the stream is still held.
            tokio::task::yield_now().await;
            assert_eq!((faults.under_way(), self::tasks()), (0, tasks), "{fault:?}");
            let sent = faults.requests("Scan");
            sleep(Duration::from_secs(60)).await;
            assert!(in_time(items.next()).await.is_none(), "{fault:?}");
            assert_eq!(faults.requests("Scan"), sent, "{fault:?}");
        }
    }
}

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

#[tokio::test(start_paused = true)]
async fn one_failing_segment_fails_the_whole() {
    for fault in FAULTS {
        let faults = spread().await;
        faults.latency(Duration::from_millis(20));
        faults.script([Fault::None, Fault::None, Fault::None, fault]);
        let error = in_time(scan().fetch_all(&faults.db())).await.unwrap_err();
        assert!(error.is_retryable(), "{fault:?}: {}", variant(&error));
        assert_eq!(faults.under_way(), 0, "{fault:?}");
        faults.script([Fault::None, fault]);
        let error: Error = in_time(scan().count(&faults.db())).await.unwrap_err();
        assert!(error.is_retryable(), "{fault:?}: {}", variant(&error));
        assert_eq!(faults.under_way(), 0, "{fault:?}");
        assert_eq!(in_time(scan().count(&faults.db())).await.unwrap(), 60);
        let all = in_time(scan().fetch_all(&faults.db())).await.unwrap();
        assert_eq!(all.len(), 60, "{fault:?}");
    }
}

/// An answer that is in time is one, however long the user works on the items of another segment.
#[tokio::test(start_paused = true)]
async fn no_timeout_runs_while_the_user_works() {
    let faults = spread().await;
    faults.latency(Duration::from_millis(20));
    let mut pages = scan().pages(&faults.db());
    let mut read = 0;
    while let Some(page) = in_time(pages.next()).await {
        read += page.unwrap().len();
        sleep(dkmio_tests::faults::ATTEMPT_TIMEOUT * 20).await;
    }
    assert_eq!(read, 60);
}

/// A scan is no batch: what the SDK retries is all that there is to retry.
#[tokio::test(start_paused = true)]
async fn what_the_sdk_retries_is_seen_once() {
    // It does not retry an answer that is whole and not JSON.
    let retried = FAULTS.into_iter().filter(|f| *f != Fault::AnswerTruncated);
    for fault in retried.chain([Fault::Unprocessed(Share::All)]) {
        let faults = spread().await.attempts(3);
        faults.script([fault, Fault::None, fault]);
        let mut all = in_time(scan().fetch_all(&faults.db())).await.unwrap();
        all.sort_by(|a, b| a.user_id.cmp(&b.user_id));
        all.dedup_by(|a, b| a.user_id == b.user_id);
        assert_eq!(all.len(), 60, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_segment_reads_on_when_its_last_page_was_taken() {
    let faults = spread().await;
    faults.latency(Duration::from_millis(20));
    let mut pages = scan().pages(&faults.db());
    assert_eq!(faults.all_requests(), 0);
    let started = Instant::now();
    in_time(pages.next()).await.unwrap().unwrap();
    assert!(
        started.elapsed() < Duration::from_millis(25),
        "not side by side"
    );
    sleep(Duration::from_secs(60)).await;
    assert_eq!((faults.requests("Scan"), faults.peak()), (4, 4));
    for taken in 2..6 {
        in_time(pages.next()).await.unwrap().unwrap();
        let sent = faults.requests("Scan");
        assert!(sent <= taken + 4, "{sent} requests for {taken} pages");
    }
    // One partition is in one segment: the others are empty, and say so at once.
    let faults = filled(20).await;
    let all = in_time(scan().fetch_all(&faults.db())).await.unwrap();
    assert_eq!(all, (0..20).map(item).collect::<Vec<_>>());
}
