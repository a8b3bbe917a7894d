//! Futures that are dropped at any await point leave nothing under way and the connection whole.

use crate::tables::{empty, filled, item, key};
use dkmio::{BoxFuture, DynamoDb, Error, Loader};
use dkmio_tests::faults::{Fault, Faults, Share};
use dkmio_tests::orders::Orders;
use futures_util::future::{FutureExt, try_join_all};
use futures_util::stream::{self, Stream, StreamExt};
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Handle;

type Operation = fn(&DynamoDb) -> BoxFuture<Result<(), Error>>;

fn discard<T>(
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> BoxFuture<Result<(), Error>> {
    Box::pin(async { future.await.map(drop) })
}

/// Takes all items of a stream, and works on some.
fn taken<T: Send>(
    items: impl Stream<Item = Result<T, Error>> + Send + 'static,
) -> BoxFuture<Result<(), Error>> {
    Box::pin(async move {
        let mut items = std::pin::pin!(items.enumerate());
        while let Some((at, item)) = items.next().await {
            item?;
            if at % 64 == 7 {
                tokio::time::sleep(Duration::from_millis(3)).await;
            }
        }
        Ok(())
    })
}

const OPERATIONS: [(&str, Operation); 16] = [
    ("get", |db| discard(Orders::get(key(1)).execute(db))),
    ("put", |db| discard(Orders::put(&item(1)).execute(db))),
    ("query", |db| {
        discard(Orders::query("usr_1").page_size(8).fetch_all(db))
    }),
    ("count", |db| discard(Orders::scan().page_size(8).count(db))),
    ("batch get", |db| {
        discard(
            Orders::batch_get((0..210).map(key))
                .concurrency(2)
                .execute(db),
        )
    }),
    ("batch write", |db| {
        let items: Vec<Orders> = (0..30).map(item).collect();
        let batch = Orders::batch_write().put_all(&items).concurrency(2);
        discard(batch.execute(db))
    }),
    ("write transaction", |db| {
        let transaction = dkmio::transact_write().add(Orders::put(&item(1)));
        discard(
            transaction
                .retry_conflicts(Duration::from_secs(5))
                .execute(db),
        )
    }),
    ("read transaction", |db| {
        let gets = (Orders::get(key(1)), Orders::get(key(2)));
        discard(dkmio::transact_get(gets).execute(db))
    }),
    ("load", |db| discard(load(db.loader(), 1))),
    ("loads of one batch", |db| {
        let loader = db.loader();
        let loads = (0..5).map(move |at| load(loader.clone(), at));
        Box::pin(async { try_join_all(loads).await.map(drop) })
    }),
    ("scan in segments", |db| {
        discard(Orders::scan().page_size(8).segments(3).fetch_all(db))
    }),
    ("stream of segments read ahead", |db| {
        let scan = Orders::scan().page_size(8).prefetch();
        taken(scan.segments(3).stream(db))
    }),
    ("pages read ahead", |db| {
        taken(Orders::query("usr_1").page_size(8).prefetch().pages(db))
    }),
    ("put stream", |db| {
        let items = stream::iter((0..30).map(item));
        let batch = Orders::batch_write().concurrency(2);
        discard(batch.put_stream(db, items))
    }),
    ("key stream", |db| {
        let keys = stream::iter((0..210).map(key));
        let batch = Orders::batch_get_stream(keys).concurrency(2);
        taken(batch.stream(db))
    }),
    ("create table", |db| {
        discard(IntoFuture::into_future(db.create_table::<Orders>()))
    }),
];

fn load(loader: Loader<Orders>, at: usize) -> BoxFuture<Result<(), Error>> {
    Box::pin(async move {
        assert_eq!(loader.load(key(at)).await?, Some(item(at)));
        Ok(())
    })
}

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// Polls a future so many times, and drops it; returns whether it was ready.
async fn polled(mut future: BoxFuture<Result<(), Error>>, times: usize) -> bool {
    for _ in 0..times {
        let ready = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_ready())).await;
        if ready {
            return true;
        }
        // Timers go on: paused time moves when all else waits.
        tokio::time::sleep(Duration::from_millis(7)).await;
    }
    false
}

#[tokio::test(start_paused = true)]
async fn a_future_can_be_dropped_at_any_await_point() {
    for (name, operation) in OPERATIONS {
        let (mut times, mut ready) = (0, false);
        while !ready {
            let faults = match name {
                "create table" => Faults::new(),
                "put" | "put stream" | "write transaction" => empty().await,
                _ => filled(24).await,
            };
            faults.latency(Duration::from_millis(5));
            faults.script_for("BatchGetItem", [Fault::Unprocessed(Share::Half)]);
            faults.script_for("BatchWriteItem", [Fault::Unprocessed(Share::All)]);
            faults.script_for("TransactWriteItems", [Fault::TransactionConflict]);
            let db = faults.db();
            let tasks = tasks();
            ready = polled(operation(&db), times).await;
            // A task that reads ahead is told to end; the runtime ends it at its next turn.
            tokio::task::yield_now().await;
            assert_eq!(faults.under_way(), 0, "{name}, after {times} polls");
            assert_eq!(self::tasks(), tasks, "{name}: a task is left");
            let sent = faults.all_requests();
            tokio::time::sleep(Duration::from_secs(60)).await;
            assert_eq!(faults.all_requests(), sent, "{name}: a task goes on");
            // The same connection does all of it after.
            faults.calm();
            if name != "create table" {
                operation(&db).await.unwrap();
            }
            times += 1;
            assert!(times < 500, "{name} is never ready");
        }
        assert!(times > 2, "{name}: {times} polls");
    }
}

fn restless(faults: Faults) -> Faults {
    faults.latency(Duration::from_millis(5));
    faults.script_for("BatchGetItem", [Fault::Unprocessed(Share::Half)]);
    faults.script_for("BatchWriteItem", [Fault::Unprocessed(Share::All)]);
    faults
}

/// A load that is dropped at any await point costs the loader nothing, nor who waits for the same batch.
#[tokio::test(start_paused = true)]
async fn a_loader_goes_on_after_a_load_that_is_dropped() {
    let (mut times, mut ready) = (0, false);
    while !ready {
        let faults = restless(filled(5).await);
        let loader = faults.db().loader::<Orders>().cached();
        ready = polled(load(loader.clone(), 1), times).await;
        assert_eq!(faults.under_way(), 0, "after {times} polls");
        let loads = [1, 2, 1].map(|at| load(loader.clone(), at));
        try_join_all(loads).await.unwrap();
        // What was being asked for is asked for again, and once.
        assert!(faults.requests("BatchGetItem") <= 4, "after {times} polls");

        let faults = restless(filled(5).await);
        let loader = faults.db().loader::<Orders>();
        let mut waiting = try_join_all([1, 3].map(|at| load(loader.clone(), at)));
        let begun = poll_fn(|cx| Poll::Ready(waiting.poll_unpin(cx))).await;
        assert!(begun.is_pending());
        ready &= polled(load(loader.clone(), 1), times).await;
        waiting.await.unwrap();
        assert!(faults.requests("BatchGetItem") <= 2, "after {times} polls");
        assert_eq!(faults.under_way(), 0);
        times += 1;
        assert!(times < 500, "never ready");
    }
    assert!(times > 2, "{times} polls");
}

/// Whatever is told to be written is written, and nothing after the drop is told.
#[tokio::test(start_paused = true)]
async fn a_dropped_stream_of_writes_has_counted_what_is_done() {
    let (mut times, mut ready) = (0, false);
    while !ready {
        let faults = restless(empty().await);
        let (told, taken) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (teller, taker) = (told.clone(), taken.clone());
        let items = stream::iter(0..100).map(move |at| {
            taker.fetch_add(1, Ordering::Relaxed);
            item(at)
        });
        let batch = Orders::batch_write()
            .concurrency(2)
            .on_progress(move |done| teller.store(done, Ordering::Relaxed));
        ready = polled(discard(batch.put_stream(&faults.db(), items)), times).await;
        let there = Orders::scan().count(&faults.calm_db()).await.unwrap();
        let (told, taken) = (told.load(Ordering::Relaxed), taken.load(Ordering::Relaxed));
        assert!(
            told <= there && there <= taken,
            "{told} told, {there} there, {taken} taken"
        );
        assert!(taken <= told + 50, "{taken} taken, {told} told");
        times += 1;
        assert!(times < 500, "never ready");
    }
    assert!(times > 2, "{times} polls");
}
