//! Batches, transactions, loaders and segments, without faults.

use dkmio::{CancellationReason, Error, Ttl};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, order};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::task::JoinSet;

fn orders(count: usize) -> Vec<Orders> {
    (0..count)
        .map(|i| order(&format!("u{}", i % 7), &format!("o{i:04}")))
        .collect()
}

#[tokio::test]
async fn a_batch_get_answers_in_the_order_asked_over_many_requests() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let orders = orders(230);
        Orders::batch_write().put_all(&orders).execute(&db).await?;
        let mut keys: Vec<_> = orders.iter().rev().map(Orders::key).collect();
        keys.insert(100, ("nobody", "none").into());
        keys.push(orders[5].key());
        let found = Orders::batch_get(keys.clone()).execute(&db).await?;
        assert_eq!(found.len(), keys.len());
        for (key, found) in keys.iter().zip(found) {
            let expected = (key.user_id != "nobody").then(|| key.clone());
            assert_eq!(found.map(|o| o.key()), expected);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_stream_is_written_in_batches_and_counted() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let told = Arc::new(AtomicUsize::new(0));
        let teller = told.clone();
        let written = Orders::batch_write()
            .on_progress(move |written| {
                teller.fetch_max(written, Ordering::Relaxed);
            })
            .put_stream(&db, futures_util::stream::iter(orders(333)))
            .await?;
        assert_eq!((written, told.load(Ordering::Relaxed)), (333, 333));
        assert_eq!(Orders::scan().count(&db).await?, 333);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_scan_in_segments_sees_every_item_once() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let orders = orders(200);
        Orders::batch_write().put_all(&orders).execute(&db).await?;
        let mut expected: Vec<String> = orders.iter().map(|o| o.order_id.clone()).collect();
        expected.sort();
        for segments in [1, 3, 10] {
            let scan = || Orders::scan().page_size(20).select(|o| o.order_id());
            let mut all = scan().segments(segments).fetch_all(&db).await?;
            all.sort();
            assert_eq!(all, expected);
            let mut streamed = Vec::new();
            let mut stream = scan().segments(segments).stream(&db);
            while let Some(id) = stream.next().await {
                streamed.push(id?);
            }
            streamed.sort();
            assert_eq!(streamed, expected);
            assert_eq!(scan().segments(segments).count(&db).await?, 200);
        }
        let limited = Orders::scan().limit(5).segments(2).fetch_all(&db).await;
        assert!(matches!(limited, Err(Error::Validation(_))));
        let none = Orders::scan().segments(0).count(&db).await;
        assert!(matches!(none, Err(Error::Validation(_))));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_has_expired_is_left_out_of_every_read() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let mut expired = order("u", "expired");
        expired.expires_at = Ttl::from_epoch_seconds(1_000_000_000).ok();
        let mut alive = order("u", "alive");
        alive.expires_at = Some(Ttl::from_now(Ttl::hours(1)));
        let forever = order("u", "forever");
        let all = [expired, alive, forever];
        Orders::batch_write().put_all(&all).execute(&db).await?;

        let ids = |orders: Vec<Orders>| orders.into_iter().map(|o| o.order_id).collect::<Vec<_>>();
        let queried = Orders::query("u").exclude_expired().fetch_all(&db).await?;
        assert_eq!(ids(queried), ["alive", "forever"]);
        assert_eq!(Orders::scan().exclude_expired().count(&db).await?, 2);
        for (order, there) in all.iter().zip([false, true, true]) {
            let whole = Orders::get(order).exclude_expired();
            assert_eq!(whole.execute(&db).await?.is_some(), there);
            let selected = Orders::get(order).exclude_expired().select(|o| o.total());
            assert_eq!(selected.execute(&db).await?.is_some(), there);
            assert!(Orders::get(order).execute(&db).await?.is_some());
        }
        let found = Orders::batch_get(&all)
            .exclude_expired()
            .select(|o| o.order_id())
            .execute(&db)
            .await?;
        let expected = [None, Some("alive".to_owned()), Some("forever".to_owned())];
        assert_eq!(found, expected);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn many_loads_are_few_requests_and_each_has_its_own_item() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let orders = orders(100);
        Orders::batch_write().put_all(&orders).execute(&db).await?;
        let loader = db.loader::<Orders>();
        let mut loads = JoinSet::new();
        for i in 0..1000 {
            let loader = loader.clone();
            loads.spawn(async move {
                let i = i % 500;
                let key = (format!("u{}", i % 7), format!("o{i:04}"));
                let found = loader.load(key.clone()).await?;
                let expected = (i < 100).then_some(key);
                assert_eq!(found.map(|o| (o.user_id, o.order_id)), expected);
                Ok::<_, Error>(())
            });
        }
        while let Some(load) = loads.join_next().await {
            load.unwrap()?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_transaction_is_all_or_nothing_and_says_who_refused() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        Orders::put(&order("u", "old")).execute(&db).await?;
        Orders::put(&order("u", "kept")).execute(&db).await?;
        dkmio::transact_write()
            .add(Orders::put(&order("u", "new")).if_not_exists())
            .add(Orders::delete(("u", "old")))
            .add(Orders::condition_check(("u", "kept"), |o| {
                o.total().eq(100)
            }))
            .execute(&db)
            .await?;
        let (new, old) = dkmio::transact_get((
            Orders::get(("u", "new")).select(|o| o.total()),
            Orders::get(("u", "old")),
        ))
        .execute(&db)
        .await?;
        assert_eq!((new, old), (Some(100), None));

        let refused = dkmio::transact_write()
            .add(Orders::delete(("u", "new")))
            .add(
                Orders::update(("u", "kept"))
                    .add(|o| o.total(), 1)
                    .condition(|o| o.total().eq(1))
                    .return_old_on_failure(),
            )
            .execute(&db)
            .await;
        let Err(Error::TransactionCanceled(canceled)) = refused else {
            panic!("{refused:?}");
        };
        let [first, second] = canceled.reasons() else {
            panic!("{:?}", canceled.reasons());
        };
        assert!(matches!(first, CancellationReason::None));
        assert!(matches!(second, CancellationReason::ConditionFailed(_)));
        assert_eq!(second.item::<Orders>()?, Some(order("u", "kept")));
        assert!(Orders::get(("u", "new")).execute(&db).await?.is_some());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_write_whose_item_does_not_read_back_says_that_it_was_done() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        Orders::put(&order("u", "o")).execute(&db).await?;
        let update = Orders::update(("u", "o")).add(|o| o.total(), -200);
        let e = update
            .if_exists()
            .return_new()
            .execute(&db)
            .await
            .unwrap_err();
        assert!(matches!(&e, Error::Decode(e) if e.after_write()), "{e:?}");
        assert!(e.is_ambiguous());
        let read = Orders::get(("u", "o")).execute(&db).await.unwrap_err();
        assert!(!read.is_ambiguous(), "{read:?}");
        let none = Orders::update(("u", "none"))
            .add(|o| o.total(), 1)
            .if_exists();
        let e = none.execute(&db).await.unwrap_err();
        assert!(matches!(e, Error::ConditionFailed(_)), "{e:?}");
        Ok(())
    })
    .await;
}
