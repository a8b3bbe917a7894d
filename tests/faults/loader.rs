//! Loads that are gathered into batches.

use crate::in_time;
use crate::tables::{asked, empty, filled, item};
use dkmio::Error;
use dkmio_tests::faults::{Fault, Share};
use dkmio_tests::orders::Orders;
use futures_util::future::join_all;
use std::pin::pin;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

#[tokio::test(start_paused = true)]
async fn a_thousand_loads_of_five_hundred_keys_are_five_requests() {
    let faults = empty().await;
    let db = faults.db();
    let orders: Vec<Orders> = (0..500).map(item).collect();
    Orders::batch_write()
        .put_all(&orders)
        .execute(&db)
        .await
        .unwrap();
    // As over a network: without latency the first batches would be answered before the last loads begin.
    faults.latency(Duration::from_millis(20));
    let loader = db.loader::<Orders>();
    let mut loads = JoinSet::new();
    for at in 0..1000 {
        let (loader, expected) = (loader.clone(), orders[at % 500].clone());
        loads.spawn(async move {
            let found = loader.load(expected.key()).await.unwrap();
            assert_eq!(found, Some(expected));
        });
    }
    while let Some(load) = loads.join_next().await {
        load.unwrap();
    }
    let sizes: Vec<usize> = faults
        .bodies("BatchGetItem")
        .iter()
        .map(|body| asked(body).len())
        .collect();
    assert_eq!(sizes, [100; 5]);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_caller_costs_nobody_else() {
    let faults = empty().await;
    let db = faults.db();
    Orders::put(&item(1)).execute(&db).await.unwrap();
    let loader = db.loader::<Orders>();
    let dropped = tokio::spawn({
        let loader = loader.clone();
        async move { loader.load(item(1).key()).await }
    });
    tokio::task::yield_now().await;
    let waiting = loader.load(item(1).key());
    dropped.abort();
    assert_eq!(waiting.await.unwrap(), Some(item(1)));
    assert_eq!(faults.requests("BatchGetItem"), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_kept_is_read_once() {
    let faults = empty().await;
    let db = faults.db();
    let loader = db.loader::<Orders>().cached();
    for _ in 0..3 {
        assert_eq!(loader.load(item(1).key()).await.unwrap(), None);
    }
    assert_eq!(faults.requests("BatchGetItem"), 1);
}

#[tokio::test(start_paused = true)]
async fn each_caller_has_the_error() {
    let faults = empty().await;
    faults.on("BatchGetItem", Fault::Throttled);
    let loader = faults.db().loader::<Orders>();
    let (one, other) = tokio::join!(loader.load(item(1).key()), loader.load(item(2).key()));
    for result in [one, other] {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Shared(_)), "{error:?}");
        assert!(error.is_throttling() && error.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_is_for_its_batch_only() {
    for fault in [
        Fault::HotPartition,
        Fault::InternalServerError,
        Fault::ConnectionRefused,
        Fault::Timeout,
        Fault::AnswerLost,
        Fault::AnswerTruncated,
    ] {
        let faults = filled(3).await;
        faults.script([fault]);
        // What failed is not kept.
        let loader = faults.db().loader::<Orders>().cached();
        let error = loader.load(item(1).key()).await.unwrap_err();
        assert!(
            error.is_retryable() && !error.is_ambiguous(),
            "{fault:?}: {error}"
        );
        assert_eq!(error.is_throttling(), fault == Fault::HotPartition);
        let (one, other) = tokio::join!(loader.load(item(1).key()), loader.load(item(2).key()));
        assert_eq!(
            (one.unwrap(), other.unwrap()),
            (Some(item(1)), Some(item(2)))
        );
        assert_eq!(faults.requests("BatchGetItem"), 2, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_left_unprocessed_is_asked_for_again() {
    let faults = filled(50).await;
    faults.script([Share::Half, Share::All, Share::AllBut(3)].map(Fault::Unprocessed));
    let loader = faults.db().loader::<Orders>();
    let loads = join_all((0..50).map(|at| loader.load(item(at).key())));
    for (at, loaded) in in_time(loads).await.into_iter().enumerate() {
        assert_eq!(loaded.unwrap(), Some(item(at)));
    }
    assert_eq!(faults.requests("BatchGetItem"), 4);
}

/// Whose item was read has it; the others have the error.
#[tokio::test(start_paused = true)]
async fn unprocessed_for_ever_costs_only_those_whose_item_was_not_read() {
    let faults = filled(10).await;
    faults.script([Fault::Unprocessed(Share::AllBut(4))]);
    faults.on("BatchGetItem", Fault::Unprocessed(Share::All));
    let loader = faults.db().loader::<Orders>();
    let loads = join_all((0..10).map(|at| loader.load(item(at).key())));
    let (mut read, mut failed) = (0, 0);
    for (at, loaded) in in_time(loads).await.into_iter().enumerate() {
        match loaded {
            Ok(loaded) => {
                assert_eq!(loaded, Some(item(at)));
                read += 1;
            }
            Err(error) => {
                assert!(
                    matches!(error, Error::Shared(_)) && error.is_retryable(),
                    "{error:?}"
                );
                failed += 1;
            }
        }
    }
    assert_eq!((read, failed), (4, 6));
}

/// The load began on a runtime that is gone, and somebody still holds it.
#[test]
fn a_loader_goes_on_after_its_runtime_was_shut_down() {
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let (faults, loader) = first.block_on(async {
        let faults = filled(3).await;
        let loader = faults.db().loader::<Orders>();
        (faults, loader)
    });
    let patient = loader.clone().window(Duration::from_secs(3600));
    let mut held = Box::pin(patient.load(item(1).key()));
    first.block_on(async {
        let begun = tokio::time::timeout(Duration::from_millis(5), &mut held).await;
        assert!(begun.is_err(), "it waits for others");
    });
    drop(first);
    let next = runtime();
    // Another caller of the key is not caught up in the load that is gone.
    let loaded = next.block_on(async { in_time(loader.load(item(1).key())).await });
    assert_eq!(loaded.unwrap(), Some(item(1)));
    let error = next.block_on(async { in_time(held).await }).unwrap_err();
    assert!(error.to_string().contains("shut down"), "{error}");
    assert_eq!(error.kind(), "Configuration");
    let again = next.block_on(async { in_time(loader.load(item(2).key())).await });
    assert_eq!(again.unwrap(), Some(item(2)));
    assert_eq!(faults.requests("BatchGetItem"), 2);
}

/// A runtime that nobody drives does not hold up the loads of another.
#[test]
fn a_load_does_not_wait_for_a_runtime_that_is_idle() {
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let idle = runtime();
    let loader = idle.block_on(async { filled(3).await.db().loader::<Orders>() });
    let mut held = Box::pin(loader.load(item(1).key()));
    idle.block_on(async {
        let begun = futures_util::FutureExt::now_or_never(&mut held);
        assert!(begun.is_none(), "it waits for others");
    });
    let loaded = runtime().block_on(async { in_time(loader.load(item(1).key())).await });
    assert_eq!(loaded.unwrap(), Some(item(1)));
}

#[test]
fn a_loader_without_a_runtime_is_an_error() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let loader = runtime.block_on(async { filled(3).await.db().loader::<Orders>() });
    let load = pin!(loader.load(item(1).key()));
    let error = futures_util::FutureExt::now_or_never(load)
        .unwrap()
        .unwrap_err();
    assert!(matches!(error, Error::Configuration(_)), "{error}");
}
