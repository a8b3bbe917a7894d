//! Futures and streams: sendable, joinable, cancelled by dropping them; builders are values.

use dkmio::{DynamoDb, Error};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, order};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn sendable<F: Future + Send + 'static>(future: F) -> F {
    future
}

async fn with_orders(n: u32) -> Result<DynamoDb, Error> {
    let db = Database::with::<Orders>().await?;
    for n in 0..n {
        Orders::put(&order("usr_1", &format!("ord_{n}")))
            .execute(&db)
            .await?;
    }
    Ok(db)
}

#[tokio::test]
async fn every_future_is_send_and_owns_what_it_needs() {
    check(async |_| {
        let db = with_orders(3).await?;
        let (put, count, all, first) = {
            let (db, local) = (db.clone(), order("usr_1", "ord_9"));
            (
                sendable(Orders::put(&local).execute(&db)),
                sendable(Orders::scan().count(&db)),
                sendable(Orders::query("usr_1").fetch_all(&db)),
                sendable(Orders::query("usr_1").first(&db)),
            )
        };
        put.await?;
        assert_eq!((count.await?, all.await?.len()), (4, 4));
        assert!(first.await?.is_some());
        sendable(Orders::get(("usr_1", "ord_1")).execute(&db)).await?;
        sendable(
            Orders::update(("usr_1", "ord_1"))
                .set(|o| o.total(), 1)
                .execute(&db),
        )
        .await?;
        sendable(Orders::delete(("usr_1", "ord_1")).execute(&db)).await?;
        let mut stream = Orders::scan().stream(&db);
        let streamed = tokio::spawn(async move { stream.next().await.is_some() });
        assert!(streamed.await.unwrap());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn futures_are_joined() {
    check(async |_| {
        let db = with_orders(3).await?;
        let get = |n| Orders::get(("usr_1", format!("ord_{n}"))).execute(&db);
        let (a, b, c) = tokio::join!(get(0), get(1), get(9));
        assert!(a?.is_some() && b?.is_some() && c?.is_none());
        let (page, count) = tokio::try_join!(
            Orders::query("usr_1").execute(&db),
            Orders::scan().count(&db)
        )?;
        assert_eq!((page.len(), count), (3, 3));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_increments_are_all_counted() {
    check(async |_| {
        let db = with_orders(1).await?;
        let tasks: Vec<_> = (0..40)
            .map(|_| {
                let update = Orders::update(("usr_1", "ord_0")).add(|o| o.items_count(), 1);
                tokio::spawn(update.execute(&db))
            })
            .collect();
        for task in tasks {
            task.await.unwrap()?;
        }
        let count = Orders::get(("usr_1", "ord_0")).select(|o| o.items_count());
        assert_eq!(count.execute(&db).await?, Some(40));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_dropped_future_leaves_nothing_behind() {
    check(async |_| {
        let db = with_orders(5).await?;
        let mut context = Context::from_waker(Waker::noop());
        for polls in 0..6 {
            let query = Orders::query("usr_1").page_size(1).fetch_all(&db);
            let mut query = pin!(query);
            for _ in 0..polls {
                if let Poll::Ready(result) = query.as_mut().poll(&mut context) {
                    result?;
                    break;
                }
            }
            // Dropped here, before or between its requests.
        }
        for _ in 0..10 {
            let put = Orders::put(&order("usr_1", "ord_x")).execute(&db);
            let timeout = std::time::Duration::from_micros(1);
            let _ = tokio::time::timeout(timeout, put).await;
        }
        assert!(Orders::query("usr_1").count(&db).await? >= 5);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn builders_are_cloned_and_reused() {
    check(async |_| {
        let db = with_orders(4).await?;
        let base = Orders::query("usr_1").page_size(2);
        let filtered = base.clone().filter(|o| o.total().ge(100));
        assert_eq!(base.clone().count(&db).await?, 4);
        assert_eq!(filtered.clone().fetch_all(&db).await?.len(), 4);
        assert_eq!(filtered.execute(&db).await?.len(), 2);
        let update = Orders::update(("usr_1", "ord_1")).add(|o| o.total(), 1);
        for _ in 0..3 {
            update.clone().execute(&db).await?;
        }
        let returned = update.clone().return_new().execute(&db).await?;
        assert_eq!(returned.total, 104);
        let get = Orders::get(("usr_1", "ord_1"));
        let selected = get.clone().select(|o| o.total()).execute(&db).await?;
        assert_eq!(
            (selected, get.execute(&db).await?.is_some()),
            (Some(104), true)
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_stream_is_dropped_midway_and_ends_after_its_last_item() {
    check(async |_| {
        let db = with_orders(5).await?;
        let mut stream = Orders::query("usr_1").page_size(2).stream(&db);
        for n in 0..3 {
            assert_eq!(stream.next().await.unwrap()?.order_id, format!("ord_{n}"));
        }
        drop(stream);
        let mut pages = Orders::query("usr_1").page_size(2).pages(&db);
        assert_eq!(pages.next().await.unwrap()?.len(), 2);
        drop(pages);
        let mut stream = Orders::query("usr_1").page_size(2).stream(&db);
        let mut count = 0;
        while let Some(order) = stream.next().await {
            order?;
            count += 1;
        }
        assert_eq!(count, 5);
        assert!(stream.next().await.is_none() && stream.next().await.is_none());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_dropped_next_loses_no_item() {
    check(async |_| {
        let db = with_orders(5).await?;
        let mut stream = Orders::query("usr_1").page_size(1).stream(&db);
        let mut context = Context::from_waker(Waker::noop());
        let mut ids = Vec::new();
        loop {
            // As `select!` does: polled once, and dropped if it is not ready.
            let polled = pin!(stream.next()).poll(&mut context);
            match polled {
                Poll::Ready(Some(order)) => ids.push(order?.order_id),
                Poll::Ready(None) => break,
                Poll::Pending => tokio::task::yield_now().await,
            }
        }
        assert_eq!(ids, ["ord_0", "ord_1", "ord_2", "ord_3", "ord_4"]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_after_an_error() {
    check(async |db| {
        let mut stream = Orders::query("usr_1").stream(&db);
        assert!(matches!(
            stream.next().await,
            Some(Err(Error::TableNotFound(_)))
        ));
        assert!(stream.next().await.is_none());
        let mut pages = Orders::scan().pages(&db);
        assert!(matches!(
            pages.next().await,
            Some(Err(Error::TableNotFound(_)))
        ));
        assert!(pages.next().await.is_none());
        Ok(())
    })
    .await;
}
