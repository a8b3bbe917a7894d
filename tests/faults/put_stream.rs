//! Batch writes of a stream of items.

use crate::in_time;
use crate::tables::{empty, ids, item, range};
use crate::verbs::items;
use dkmio::error::Unprocessed;
use dkmio::{BatchWrite, Error};
use dkmio_tests::faults::{Fault, Faults, Share};
use dkmio_tests::orders::Orders;
use futures_util::stream::{self, Stream, StreamExt};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const LATENCY: Duration = Duration::from_millis(20);

fn left(e: &Unprocessed) -> BTreeSet<String> {
    ids(e.pending().iter().map(|write| write.key()))
}

async fn there(faults: &Faults) -> BTreeSet<String> {
    items(faults)
        .await
        .into_iter()
        .map(|o| o.order_id)
        .collect()
}

async fn unprocessed(
    faults: &Faults,
    batch: BatchWrite<Orders>,
    items: impl Stream<Item = Orders> + Send,
) -> Unprocessed {
    match in_time(batch.put_stream(&faults.db(), items)).await {
        Err(Error::Unprocessed(e)) => e,
        other => panic!("not unprocessed, but {other:?}"),
    }
}

/// Items that count how many of them were taken.
fn counted(count: usize) -> (Arc<AtomicUsize>, impl Stream<Item = Orders>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = taken.clone();
    let items = stream::iter(0..count).map(move |at| {
        counter.fetch_add(1, Ordering::Relaxed);
        item(at)
    });
    (taken, items)
}

#[tokio::test(start_paused = true)]
async fn what_is_left_unprocessed_is_sent_again() {
    let faults = empty().await;
    faults.script([Share::Half, Share::All, Share::AllBut(3)].map(Fault::Unprocessed));
    let items = stream::iter((0..130).map(item));
    let put = Orders::batch_write().put_stream(&faults.db(), items);
    assert_eq!(in_time(put).await.unwrap(), 130);
    assert_eq!(there(&faults).await, range(0..130));
}

#[tokio::test(start_paused = true)]
async fn an_error_in_the_midst_leaves_exactly_what_was_taken_and_not_done() {
    for fault in [
        Fault::Throttled,
        Fault::HotPartition,
        Fault::InternalServerError,
        Fault::Timeout,
        Fault::AnswerLost,
        Fault::AnswerTruncated,
        Fault::Code(400, "AccessDeniedException"),
    ] {
        for at in [0, 1, 4] {
            let faults = empty().await;
            faults.latency(LATENCY);
            faults.script(std::iter::repeat_n(Fault::None, at).chain([fault]));
            let (taken, source) = counted(300);
            let mut source = std::pin::pin!(source);
            let batch = Orders::batch_write().concurrency(2);
            let e = unprocessed(&faults, batch, source.as_mut()).await;
            let taken = taken.load(Ordering::Relaxed);
            // Until the SDK gives one request up, the others go on.
            let all = fault == Fault::Timeout;
            assert!(all || taken < 300, "{fault:?}: all were taken");
            assert_eq!(e.written() + e.pending().len(), taken, "{fault:?}");
            let (done, left) = (there(&faults).await, left(&e));
            assert_eq!(&done | &left, range(0..taken), "{fault:?}");
            // A request whose answer was lost is done, and left for it is not known.
            let twice = if fault.is_done() { 25 } else { 0 };
            assert_eq!(done.intersection(&left).count(), twice, "{fault:?}");
            let cause = e.cause().expect("no cause");
            assert_eq!(
                cause.is_throttling(),
                matches!(fault, Fault::Throttled | Fault::HotPartition)
            );
            if fault.is_done() {
                assert!(cause.is_ambiguous(), "{fault:?}");
            }
            // The rest of the batch and of the stream make the whole.
            e.write_again(&faults.db()).await.unwrap();
            let rest = Orders::batch_write().put_stream(&faults.db(), source);
            assert_eq!(in_time(rest).await.unwrap(), 300 - taken);
            assert_eq!(there(&faults).await, range(0..300), "{fault:?}");
        }
    }
}

/// The time is for each request: a stream that goes on for long is not one late request from its end.
#[tokio::test(start_paused = true)]
async fn a_late_request_has_its_time_too() {
    let faults = empty().await;
    let late = stream::iter(0..60).then(async |at| {
        tokio::time::sleep(Duration::from_secs(2)).await;
        item(at)
    });
    faults.script([Fault::None, Fault::Unprocessed(Share::Half)]);
    let batch = Orders::batch_write().retry_budget(Duration::from_secs(30));
    let put = batch.put_stream(&faults.db(), late);
    assert_eq!(in_time(put).await.unwrap(), 60);
}

#[tokio::test(start_paused = true)]
async fn unprocessed_for_ever_takes_no_further_items() {
    let faults = empty().await;
    faults.on("BatchWriteItem", Fault::Unprocessed(Share::All));
    faults.script([Fault::None, Fault::Unprocessed(Share::AllBut(5))]);
    let (taken, source) = counted(100_000);
    let batch = Orders::batch_write()
        .concurrency(3)
        .retry_budget(Duration::from_secs(2));
    let e = unprocessed(&faults, batch, source).await;
    let taken = taken.load(Ordering::Relaxed);
    assert!(taken <= 125, "{taken} were taken");
    assert_eq!((e.written(), e.pending().len()), (30, taken - 30));
    assert!(e.cause().is_none());
    assert_eq!(&there(&faults).await | &left(&e), range(0..taken));
}

/// Items that were taken for a request that was not yet full are not lost.
#[tokio::test(start_paused = true)]
async fn items_that_wait_for_a_request_are_in_the_error() {
    let faults = empty().await;
    faults.latency(LATENCY).script([Fault::Throttled]);
    let source = stream::iter((0..35).map(item)).chain(stream::pending());
    let e = unprocessed(&faults, Orders::batch_write(), source).await;
    assert_eq!(left(&e), range(0..35));
}

#[tokio::test(start_paused = true)]
async fn an_item_that_cannot_be_written_leaves_the_others() {
    let faults = empty().await;
    let mut keyless = item(7);
    keyless.order_id = String::new();
    let source = (0..7).map(item).chain([keyless]).chain((8..20).map(item));
    let e = unprocessed(&faults, Orders::batch_write(), stream::iter(source)).await;
    assert!(matches!(e.cause(), Some(Error::InvalidKey(_))));
    assert_eq!(left(&e), &range(0..20) - &range(7..8));
    let twice = [item(1), item(2), item(1)];
    let e = unprocessed(&faults, Orders::batch_write(), stream::iter(twice.clone())).await;
    assert!(matches!(e.cause(), Some(Error::Validation(_))));
    assert_eq!(e.pending().len(), 3);
    assert_eq!(faults.all_requests(), 0);
    let last = Orders::batch_write().last_wins();
    let put = last.put_stream(&faults.db(), stream::iter(twice));
    assert_eq!(in_time(put).await.unwrap(), 2);
}
