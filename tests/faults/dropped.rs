//! Futures that are dropped at any await point leave nothing under way and the connection whole.

use crate::tables::{empty, filled, item, key};
use dkmio::{BoxFuture, DynamoDb, Error};
use dkmio_tests::faults::{Fault, Share};
use dkmio_tests::orders::Orders;
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

type Operation = fn(&DynamoDb) -> BoxFuture<Result<(), Error>>;

fn discard<T>(
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> BoxFuture<Result<(), Error>> {
    Box::pin(async { future.await.map(drop) })
}

const OPERATIONS: [(&str, Operation); 9] = [
    ("get", |db| discard(Orders::get(key(1)).execute(db))),
    ("put", |db| discard(Orders::put(&item(1)).execute(db))),
    ("query", |db| {
        discard(Orders::query("usr_1").page_size(20).fetch_all(db))
    }),
    ("count", |db| {
        discard(Orders::scan().page_size(20).count(db))
    }),
    ("batch get", |db| {
        discard(
            Orders::batch_get((0..250).map(key))
                .concurrency(2)
                .execute(db),
        )
    }),
    ("batch write", |db| {
        let items: Vec<Orders> = (0..60).map(item).collect();
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
    ("create table", |db| {
        discard(IntoFuture::into_future(db.create_table::<Orders>()))
    }),
];

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
                "create table" => dkmio_tests::faults::Faults::new(),
                "put" | "write transaction" => empty().await,
                _ => filled(60).await,
            };
            faults.latency(Duration::from_millis(5));
            faults.script_for("BatchGetItem", [Fault::Unprocessed(Share::Half)]);
            faults.script_for("BatchWriteItem", [Fault::Unprocessed(Share::All)]);
            faults.script_for("TransactWriteItems", [Fault::Conflict]);
            let db = faults.db();
            ready = polled(operation(&db), times).await;
            assert_eq!(faults.under_way(), 0, "{name}, after {times} polls");
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
