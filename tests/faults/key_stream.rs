//! Batch gets of a stream of keys.

use crate::in_time;
use crate::tables::{asked, empty, filled, id, ids, item, key, range};
use dkmio::error::Unprocessed;
use dkmio::{BatchGetItems, BatchGetStream, Error};
use dkmio_tests::faults::{Fault, Faults, Share};
use dkmio_tests::orders::Orders;
use futures_util::stream::{self, Stream, StreamExt};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::Instant;

const LATENCY: Duration = Duration::from_millis(20);

fn keys(count: usize) -> BatchGetStream<'static, Orders> {
    Orders::batch_get_stream(stream::iter((0..count).map(key)))
}

/// Keys that count how many of them were taken.
fn counted(count: usize) -> (Arc<AtomicUsize>, impl Stream<Item = (&'static str, String)>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = taken.clone();
    let keys = stream::iter(0..count).map(move |at| {
        counter.fetch_add(1, Ordering::Relaxed);
        key(at)
    });
    (taken, keys)
}

/// Reads to the end or an error, after which there is nothing.
async fn read<O: Send + 'static>(
    mut items: BatchGetItems<'_, O>,
) -> (Vec<Option<O>>, Option<Error>) {
    let mut read = Vec::new();
    while let Some(item) = in_time(items.next()).await {
        match item {
            Ok(item) => read.push(item),
            Err(e) => {
                assert!(in_time(items.next()).await.is_none());
                assert!(in_time(items.next()).await.is_none());
                return (read, Some(e));
            }
        }
    }
    assert!(in_time(items.next()).await.is_none());
    (read, None)
}

async fn unprocessed(faults: &Faults, keys: BatchGetStream<'_, Orders>) -> (usize, Unprocessed) {
    let (items, error) = read(keys.stream(&faults.db())).await;
    assert!(
        items
            .iter()
            .flatten()
            .cloned()
            .eq((0..items.len()).map(item))
    );
    match error {
        Some(Error::Unprocessed(e)) => (items.len(), e),
        other => panic!("not unprocessed, but {other:?}"),
    }
}

fn left(e: &Unprocessed) -> std::collections::BTreeSet<String> {
    ids(e.keys().iter().map(|(_, key)| key))
}

#[tokio::test(start_paused = true)]
async fn items_come_in_the_order_of_the_keys_with_none_for_what_is_not_there() {
    let faults = filled(250).await;
    // The first requests take the longest.
    faults.script([Share::All, Share::Half, Share::AllBut(3)].map(Fault::Unprocessed));
    let places: Vec<usize> = (0..450).map(|at| at * 7 % 300).collect();
    let keys = Orders::batch_get_stream(stream::iter(places.clone()).map(key));
    let (got, error) = read(keys.stream(&faults.db())).await;
    assert!(error.is_none(), "{error:?}");
    let expected = places.iter().map(|&at| (at < 250).then(|| item(at)));
    assert!(got.into_iter().eq(expected));
}

#[tokio::test(start_paused = true)]
async fn a_hundred_keys_are_one_request_and_a_duplicate_in_it_is_read_once() {
    let faults = filled(5).await;
    let keys = stream::iter((0..250).map(|at| key(at % 7)));
    let totals = Orders::batch_get_stream(keys).select(|o| o.total());
    let (got, error) = read(totals.stream(&faults.db())).await;
    assert!(error.is_none(), "{error:?}");
    let expected = (0..250).map(|at| Some(at % 7).filter(|at| *at < 5));
    assert!(got.into_iter().eq(expected));
    let bodies = faults.bodies("BatchGetItem");
    let sizes: Vec<usize> = bodies.iter().map(|body| asked(body).len()).collect();
    assert_eq!(sizes, [7, 7, 7]);
    let none = stream::empty::<(&str, String)>();
    let (none, _) = read(Orders::batch_get_stream(none).stream(&faults.db())).await;
    assert!(none.is_empty());
    assert_eq!(faults.requests("BatchGetItem"), 3);
}

#[tokio::test(start_paused = true)]
async fn no_more_keys_are_taken_than_are_wanted() {
    let faults = filled(2000).await;
    faults.latency(LATENCY);
    let (taken, keys) = counted(2000);
    let mut items = Orders::batch_get_stream(keys)
        .concurrency(3)
        .stream(&faults.db());
    assert_eq!(taken.load(Ordering::Relaxed), 0);
    for at in 0..2000 {
        assert_eq!(
            in_time(items.next()).await.unwrap().unwrap(),
            Some(item(at))
        );
        if at % 50 == 7 {
            // However long one waits.
            tokio::time::sleep(LATENCY * 5).await;
            let taken = taken.load(Ordering::Relaxed);
            assert!(taken <= (at / 100 + 4) * 100, "{taken} keys at {at}");
            assert_eq!(faults.under_way(), 0);
        }
    }
    assert_eq!(faults.peak(), 3);
}

#[tokio::test(start_paused = true)]
async fn requests_go_on_while_the_items_are_worked_on() {
    let faults = filled(1000).await;
    faults.latency(LATENCY);
    let mut items = keys(1000).concurrency(4).stream(&faults.db());
    let started = Instant::now();
    let mut read = 0;
    while let Some(item) = in_time(items.next()).await {
        item.unwrap();
        read += 1;
        if read % 100 == 0 {
            // Longer than the SDK waits for an answer.
            tokio::time::sleep(dkmio_tests::faults::ATTEMPT_TIMEOUT * 2).await;
        }
    }
    let took = started.elapsed();
    assert!(
        took < dkmio_tests::faults::ATTEMPT_TIMEOUT * 20 + LATENCY * 2,
        "{took:?}"
    );
    assert_eq!((read, faults.requests("BatchGetItem")), (1000, 10));
}

#[tokio::test(start_paused = true)]
async fn unprocessed_for_ever_gives_what_was_read_and_what_was_not() {
    let faults = filled(1000).await;
    faults.latency(LATENCY);
    faults.script([
        Fault::None,
        Fault::None,
        Fault::Unprocessed(Share::AllBut(10)),
    ]);
    faults.on("BatchGetItem", Fault::Unprocessed(Share::All));
    let (taken, keys) = counted(1000);
    let mut keys = std::pin::pin!(keys);
    let batch = Orders::batch_get_stream(keys.as_mut())
        .concurrency(3)
        .consistent()
        .retry_budget(Duration::from_secs(2));
    let started = Instant::now();
    let (handed_out, e) = unprocessed(&faults, batch).await;
    let took = started.elapsed();
    assert!((2.0..5.0).contains(&took.as_secs_f64()), "{took:?}");
    assert_eq!((handed_out, e.read().len()), (200, 10));
    let taken = taken.load(Ordering::Relaxed);
    assert!(taken <= 600, "{taken} keys were taken");
    assert_eq!(left(&e), range(210..taken));
    assert!(e.cause().is_none());
    // Those left and the rest of the stream make the whole.
    faults.calm().forget();
    let rest = e.batch_get::<Orders>().unwrap().execute(&faults.db()).await;
    assert_eq!(
        rest.unwrap(),
        (210..taken).map(|at| Some(item(at))).collect::<Vec<_>>()
    );
    let body = &faults.bodies("BatchGetItem")[0];
    assert_eq!(body["RequestItems"]["orders"]["ConsistentRead"], true);
    let (rest, error) = read(Orders::batch_get_stream(keys).stream(&faults.db())).await;
    assert!(error.is_none(), "{error:?}");
    assert!(rest.into_iter().eq((taken..1000).map(|at| Some(item(at)))));
}

#[tokio::test(start_paused = true)]
async fn an_error_in_the_midst_loses_no_key() {
    for fault in [
        Fault::Throttled,
        Fault::InternalServerError,
        Fault::Timeout,
        Fault::AnswerLost,
        Fault::AnswerCut,
        Fault::Code(400, "AccessDeniedException"),
    ] {
        for at in [0, 1, 4] {
            let faults = filled(600).await;
            faults.latency(LATENCY);
            faults.script(std::iter::repeat_n(Fault::None, at).chain([fault]));
            let (taken, keys) = counted(600);
            let batch = Orders::batch_get_stream(keys).concurrency(2);
            let (handed_out, e) = unprocessed(&faults, batch).await;
            assert_eq!(handed_out, at * 100, "{fault:?}");
            let read = ids(e.read().iter().map(|(_, item)| item));
            let taken = taken.load(Ordering::Relaxed);
            assert_eq!(&read | &left(&e), range(handed_out..taken), "{fault:?}");
            assert!(read.is_disjoint(&left(&e)), "{fault:?}");
            assert!(e.cause().is_some() && !Error::Unprocessed(e).is_ambiguous());
        }
    }
}

/// Keys that were taken for a request that was not yet full are not lost.
#[tokio::test(start_paused = true)]
async fn keys_that_wait_for_a_request_are_in_the_error() {
    let faults = filled(150).await;
    faults.latency(LATENCY).script([Fault::Throttled]);
    let never = stream::pending();
    let keys = stream::iter((0..130).map(key)).chain(never);
    let (handed_out, e) = unprocessed(&faults, Orders::batch_get_stream(keys)).await;
    assert_eq!((handed_out, left(&e)), (0, range(0..130)));
    assert_eq!(faults.requests("BatchGetItem"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_none_leaves_the_others() {
    let faults = filled(5).await;
    let keys = [key(0), key(1), ("usr_1", String::new()), key(2)];
    let (_, e) = unprocessed(&faults, Orders::batch_get_stream(stream::iter(keys))).await;
    assert!(matches!(e.cause(), Some(Error::InvalidKey(_))));
    assert_eq!(left(&e), range(0..3));
    let keys = stream::iter([("usr_1", "")]);
    let (_, error) = read(Orders::batch_get_stream(keys).stream(&faults.db())).await;
    assert!(matches!(error, Some(Error::InvalidKey(_))), "{error:?}");
    assert_eq!(faults.requests("BatchGetItem"), 0);
}

/// An item that does not read is an error in its place, and no other item suffers.
#[tokio::test(start_paused = true)]
async fn an_item_that_does_not_read_ends_nothing() {
    let faults = filled(5).await;
    let key_of = (id(2), "user_id", "order_id");
    let client = faults.calm_db().client().await.unwrap();
    let s = |text: &str| dkmio::AttributeValue::S(text.to_owned());
    let put = client.put_item().table_name("orders");
    let put = put.item(key_of.1, s("usr_1")).item(key_of.2, s(&key_of.0));
    put.send().await.unwrap();
    let items = keys(5).stream(&faults.db());
    let results: Vec<Result<Option<Orders>, Error>> = in_time(items.collect()).await;
    assert_eq!(results.len(), 5);
    for (at, result) in results.into_iter().enumerate() {
        match at {
            2 => assert!(matches!(result, Err(Error::Decode(_)))),
            _ => assert_eq!(result.unwrap(), Some(item(at))),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_missing_table_is_the_cause() {
    let faults = empty().await;
    let db = faults.calm_db();
    db.delete_table::<Orders>().await.unwrap();
    let (_, e) = unprocessed(&faults, keys(3)).await;
    assert!(matches!(e.cause(), Some(Error::TableNotFound(_))));
}
