//! The rest of a batch, sent again as the batch was.

use crate::in_time;
use crate::tables::{asked, empty, filled, id, item, key};
use dkmio::error::Unprocessed;
use dkmio::{DynamoTable, Error};
use dkmio_tests::faults::{Fault, Share};
use dkmio_tests::orders::Orders;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Another model of the same table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
struct Totals {
    #[pk]
    user_id: String,
    #[sk]
    order_id: String,
    total: u64,
}

fn unprocessed<T>(result: Result<T, Error>) -> Unprocessed {
    match result {
        Err(Error::Unprocessed(e)) => e,
        Err(e) => panic!("not unprocessed, but {e}"),
        Ok(_) => panic!("not unprocessed, but done"),
    }
}

#[tokio::test(start_paused = true)]
async fn the_rest_of_a_batch_get_keeps_its_selection_and_options() {
    let faults = filled(400).await;
    faults.latency(Duration::from_millis(20));
    faults.on("BatchGetItem", Fault::Unprocessed(Share::All));
    faults.script([Fault::Unprocessed(Share::AllBut(10))]);
    let get = Orders::batch_get((0..400).map(key))
        .select(|o| (o.total(), o.description()))
        .consistent()
        .concurrency(2)
        .retry_budget(Duration::from_secs(2));
    let e = unprocessed(in_time(get.execute(&faults.db())).await);
    let mut totals = e.items_as::<Orders, (u64, Option<String>)>().unwrap();
    assert_eq!(totals.len(), 10);
    let again = || e.batch_get_as::<Orders, (u64, Option<String>)>().unwrap();
    // The time of its own is used up again.
    let started = Instant::now();
    let e2 = unprocessed(in_time(again().execute(&faults.db())).await);
    let took = started.elapsed();
    assert!((2.0..3.0).contains(&took.as_secs_f64()), "{took:?}");
    assert_eq!(e2.keys().len(), 390);
    faults.calm().forget().latency(Duration::from_millis(20));
    let rest = in_time(again().execute(&faults.db())).await.unwrap();
    assert_eq!((rest.len(), faults.peak()), (390, 2));
    for body in faults.bodies("BatchGetItem") {
        let table = &body["RequestItems"]["orders"];
        assert_eq!(table["ConsistentRead"], true);
        let projection = table["ProjectionExpression"].as_str().unwrap();
        assert!(
            projection.starts_with("#total, #description"),
            "{projection}"
        );
    }
    totals.extend(rest.into_iter().flatten());
    totals.sort();
    let expected = (0..400).map(|at| (item(at).total, item(at).description));
    assert!(totals.into_iter().eq(expected));
}

/// Reading whole items where less was asked for would be another read: it has to be named.
#[tokio::test(start_paused = true)]
async fn a_selection_is_not_forgotten() {
    let faults = filled(4).await;
    faults.on("BatchGetItem", Fault::Unprocessed(Share::All));
    let get = || Orders::batch_get((0..4).map(key)).retry_budget(Duration::ZERO);
    let selected = get().select(|o| o.total()).execute(&faults.db());
    let e = unprocessed(selected.await);
    for error in [
        e.batch_get::<Orders>().map(drop).unwrap_err(),
        e.batch_get_as::<Orders, String>().map(drop).unwrap_err(),
        e.batch_get::<Totals>().map(drop).unwrap_err(),
    ] {
        assert!(matches!(error, Error::Validation(_)), "{error}");
    }
    // Two selections that yield the same type: which key is of which cannot be told by it.
    let names = get().select(|o| o.items_count());
    let both = dkmio::batch_get((names, get().select(|o| o.items_count())));
    let e = unprocessed(
        both.retry_budget(Duration::ZERO)
            .execute(&faults.db())
            .await,
    );
    assert!(e.batch_get_as::<Orders, u32>().is_ok());
    let both = dkmio::batch_get((
        get().select(|o| o.order_id()),
        get().select(|o| o.created_at()),
    ));
    let e = unprocessed(
        both.retry_budget(Duration::ZERO)
            .execute(&faults.db())
            .await,
    );
    let error = e.batch_get_as::<Orders, String>().map(drop).unwrap_err();
    assert!(matches!(error, Error::Validation(_)), "{error}");
}

#[tokio::test(start_paused = true)]
async fn two_models_of_one_table_are_not_mixed() {
    let faults = filled(6).await;
    faults.on("BatchGetItem", Fault::Unprocessed(Share::Half));
    let batch = dkmio::batch_get((
        Orders::batch_get((0..4).map(key)),
        Totals::batch_get((4..6).map(key)).consistent(),
    ));
    let batch = batch.retry_budget(Duration::ZERO).concurrency(1);
    let e = unprocessed(in_time(batch.execute(&faults.db())).await);
    assert_eq!((e.read().len(), e.keys().len()), (3, 3));
    let orders: Vec<Orders> = e.items().unwrap();
    assert_eq!(orders, [item(1), item(3)]);
    let totals: Vec<Totals> = e.items().unwrap();
    assert_eq!(totals.len(), 1);
    assert_eq!((&totals[0].order_id, totals[0].total), (&id(5), 5));
    faults.calm().forget();
    let rest = e.batch_get::<Orders>().unwrap();
    let rest = rest.execute(&faults.db()).await.unwrap();
    assert_eq!(rest, [Some(item(0)), Some(item(2))]);
    let rest = e.batch_get::<Totals>().unwrap();
    let rest = rest.execute(&faults.db()).await.unwrap();
    assert_eq!(rest.len(), 1);
    let bodies = faults.bodies("BatchGetItem");
    assert_eq!(asked(&bodies[1]), [id(4)]);
    let consistent = |at: usize| bodies[at]["RequestItems"]["orders"]["ConsistentRead"].as_bool();
    assert_eq!((consistent(0), consistent(1)), (None, Some(true)));
}

#[tokio::test(start_paused = true)]
async fn the_rest_of_a_batch_write_keeps_its_options() {
    let faults = empty().await;
    faults.on("BatchWriteItem", Fault::Unprocessed(Share::All));
    faults.script([Fault::Unprocessed(Share::AllBut(10))]);
    let told = Arc::new(AtomicUsize::new(0));
    let teller = told.clone();
    let items: Vec<Orders> = (0..100).map(item).collect();
    let batch = Orders::batch_write()
        .put_all(&items)
        .concurrency(2)
        .retry_budget(Duration::from_secs(2))
        .on_progress(move |done| teller.store(done, Ordering::Relaxed));
    let e = unprocessed(in_time(batch.execute(&faults.db())).await);
    assert_eq!((e.written(), told.load(Ordering::Relaxed)), (10, 10));
    let started = Instant::now();
    let e = unprocessed(in_time(e.write_again(&faults.db())).await);
    let took = started.elapsed();
    assert!((2.0..3.0).contains(&took.as_secs_f64()), "{took:?}");
    faults.calm().forget().latency(Duration::from_millis(20));
    in_time(e.write_again(&faults.db())).await.unwrap();
    assert_eq!((faults.peak(), told.load(Ordering::Relaxed)), (2, 100));
    let db = faults.calm_db();
    assert_eq!(Orders::scan().count(&db).await.unwrap(), 100);
}
