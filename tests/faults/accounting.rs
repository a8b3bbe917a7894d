//! Random batches under random faults: every key is done or in the error, never neither, never twice.

use crate::in_time;
use crate::tables::{filled, id, ids, item, key};
use dkmio::{Error, Item};
use dkmio_tests::faults::Faults;
use dkmio_tests::orders::Orders;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// The places that are in the table before.
const BEFORE: usize = 120;

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(in_time(future))
}

async fn held(faults: &Faults) -> BTreeMap<String, Orders> {
    let items = Orders::scan().fetch_all(&faults.calm_db()).await.unwrap();
    items.into_iter().map(|o| (o.order_id.clone(), o)).collect()
}

/// Ends the faults, and waits until a circuit that they opened lets calls pass again.
async fn clear_up(faults: &Faults) {
    faults.calm();
    tokio::time::sleep(Duration::from_secs(30)).await;
}

/// Writes at different places: the new total, or a delete.
fn writes() -> impl Strategy<Value = BTreeMap<usize, Option<u64>>> {
    prop::collection::btree_map(0..2 * BEFORE, any::<Option<u64>>(), 0..200)
}

/// A seed, a rate of faults, a concurrency, and how many attempts the SDK makes.
fn weather() -> impl Strategy<Value = (u64, f64, usize, u32)> {
    (any::<u64>(), 0.0..0.9, 1..6usize, 1..3u32)
}

fn written(at: usize, total: u64) -> Orders {
    Orders { total, ..item(at) }
}

async fn check_writes(
    writes: BTreeMap<usize, Option<u64>>,
    (seed, rate, concurrency, attempts): (u64, f64, usize, u32),
) {
    let faults = filled(BEFORE).await.attempts(attempts);
    let before = held(&faults).await;
    let mut model = before.clone();
    let mut batch = Orders::batch_write()
        .concurrency(concurrency)
        .retry_budget(Duration::from_secs(3));
    for (&at, &total) in &writes {
        batch = match total {
            Some(total) => batch.put(&written(at, total)),
            None => batch.delete(key(at)),
        };
        match total {
            Some(total) => model.insert(id(at), written(at, total)),
            None => model.remove(&id(at)),
        };
    }
    faults.seeded(seed, rate);
    let all: BTreeSet<String> = writes.keys().map(|&at| id(at)).collect();
    let mut left = all.len();
    let mut result = batch.execute(&faults.db()).await;
    let mut rounds = 0;
    while let Err(error) = result {
        let Error::Unprocessed(e) = error else {
            panic!("not unprocessed, but {error}");
        };
        let pending = ids(e.pending().iter().map(|write| write.key()));
        assert_eq!(e.written() + pending.len(), left, "neither done nor left");
        assert!(pending.is_subset(&all), "left what was not asked");
        let now = held(&faults).await;
        for id in before.keys().chain(model.keys()) {
            if pending.contains(id) {
                let known = now.get(id) == before.get(id) || now.get(id) == model.get(id);
                assert!(known, "{id} is neither old nor new");
            } else {
                assert_eq!(now.get(id), model.get(id), "{id} is not done");
            }
        }
        left = pending.len();
        rounds += 1;
        if rounds > 3 {
            clear_up(&faults).await;
        }
        result = e.write_again(&faults.db()).await;
    }
    assert_eq!(held(&faults).await, model);
}

async fn check_reads(
    places: Vec<usize>,
    (seed, rate, concurrency, attempts): (u64, f64, usize, u32),
) {
    let faults = filled(BEFORE).await.attempts(attempts);
    faults.seeded(seed, rate);
    let get = Orders::batch_get(places.iter().map(|&at| key(at)))
        .concurrency(concurrency)
        .retry_budget(Duration::from_secs(3));
    let there = |at: usize| (at < BEFORE).then(|| item(at));
    let error = match get.execute(&faults.db()).await {
        Ok(items) => {
            let expected: Vec<_> = places.iter().map(|&at| there(at)).collect();
            assert_eq!(items, expected);
            return;
        }
        Err(error) => error,
    };
    let Error::Unprocessed(e) = error else {
        panic!("not unprocessed, but {error}");
    };
    let read = ids(e.read().iter().map(|(_, item)| item));
    let left = ids(e.keys().iter().map(|(_, key)| key));
    assert!(read.is_disjoint(&left), "read and left");
    let asked: BTreeSet<String> = places.iter().map(|&at| id(at)).collect();
    assert!(read.union(&left).all(|id| asked.contains(id)));
    for &at in places.iter().filter(|&&at| at < BEFORE) {
        assert!(
            read.contains(&id(at)) || left.contains(&id(at)),
            "{at} is neither read nor left"
        );
    }
    clear_up(&faults).await;
    let mut all: Vec<Orders> = e.items().unwrap();
    let rest = e.batch_get::<Orders>().unwrap();
    let rest = rest.execute(&faults.db()).await.unwrap();
    all.extend(rest.into_iter().flatten());
    all.sort_by(|a, b| a.order_id.cmp(&b.order_id));
    let distinct: BTreeSet<usize> = places.into_iter().collect();
    let expected: Vec<Orders> = distinct.into_iter().filter_map(there).collect();
    assert_eq!(all, expected);
}

/// Puts by a stream, which stops where it fails; those left and the rest of the stream are put again.
async fn check_put_stream(
    count: usize,
    (seed, rate, concurrency, attempts): (u64, f64, usize, u32),
) {
    let faults = filled(0).await.attempts(attempts);
    faults.seeded(seed, rate);
    let db = faults.db();
    let mut taken = 0;
    let mut source = stream::iter((0..count).map(item)).inspect(|_| taken += 1);
    let batch = || {
        Orders::batch_write()
            .concurrency(concurrency)
            .retry_budget(Duration::from_secs(3))
    };
    let mut rounds = 0;
    let mut done = 0;
    let result = batch().put_stream(&db, &mut source).await;
    let pending = match result {
        Ok(written) => {
            done = written;
            Vec::new()
        }
        Err(Error::Unprocessed(e)) => {
            done += e.written();
            let pending = e.pending().to_vec();
            let mut again = Err(Error::Unprocessed(e));
            while let Err(Error::Unprocessed(e)) = again {
                rounds += 1;
                if rounds > 3 {
                    clear_up(&faults).await;
                }
                again = e.write_again(&db).await;
            }
            again.unwrap();
            pending
        }
        Err(error) => panic!("not unprocessed, but {error}"),
    };
    clear_up(&faults).await;
    let rest = batch().put_stream(&db, source).await.unwrap();
    assert_eq!(taken, count);
    assert_eq!(done + pending.len() + rest, count, "neither done nor left");
    assert_eq!(ids(pending.iter().map(|w| w.key())).len(), pending.len());
    let expected = (0..count).map(|at| (id(at), item(at))).collect();
    assert_eq!(held(&faults).await, expected);
}

/// Reads by a stream of keys: what is handed out, what is in the error and the rest are all of it, each once.
async fn check_key_stream(
    places: Vec<usize>,
    (seed, rate, concurrency, attempts): (u64, f64, usize, u32),
) {
    let faults = filled(BEFORE).await.attempts(attempts);
    faults.seeded(seed, rate);
    let there = |at: &usize| (*at < BEFORE).then(|| item(*at));
    let mut taken = 0;
    let mut source = stream::iter(places.clone().into_iter().map(key)).inspect(|_| taken += 1);
    let mut items = Orders::batch_get_stream(&mut source)
        .concurrency(concurrency)
        .retry_budget(Duration::from_secs(3))
        .stream(&faults.db());
    let mut handed_out = Vec::new();
    let error = loop {
        match items.next().await {
            Some(Ok(item)) => handed_out.push(item),
            Some(Err(error)) => break Some(error),
            None => break None,
        }
    };
    drop(items);
    clear_up(&faults).await;
    let rest = Orders::batch_get_stream(source).stream(&faults.db());
    let rest: Vec<_> = rest.try_collect().await.unwrap();
    let (given, asked) = places.split_at(handed_out.len());
    assert_eq!(handed_out, given.iter().map(there).collect::<Vec<_>>());
    let (asked, later) = asked.split_at(asked.len() - rest.len());
    assert_eq!(rest, later.iter().map(there).collect::<Vec<_>>());
    assert_eq!(taken, places.len());
    let Some(error) = error else {
        assert!(asked.is_empty(), "neither handed out nor left");
        return;
    };
    let Error::Unprocessed(e) = error else {
        panic!("not unprocessed, but {error}");
    };
    // A key that comes again in another request is read again.
    let of = |items: &mut dyn Iterator<Item = &Item>| -> BTreeSet<String> {
        items
            .map(|i| i["order_id"].as_s().unwrap().clone())
            .collect()
    };
    let read = of(&mut e.read().iter().map(|(_, item)| item));
    let left = of(&mut e.keys().iter().map(|(_, key)| key));
    let asked: BTreeSet<usize> = asked.iter().copied().collect();
    assert!(
        read.union(&left)
            .all(|i| asked.iter().any(|&at| id(at) == *i))
    );
    for at in asked.into_iter().filter(|&at| at < BEFORE) {
        assert!(read.contains(&id(at)) || left.contains(&id(at)), "{at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_write_is_done_or_in_the_error(writes in writes(), weather in weather()) {
        run(check_writes(writes, weather));
    }

    #[test]
    fn every_key_is_read_or_in_the_error(
        places in prop::collection::vec(0..2 * BEFORE, 0..400),
        weather in weather(),
    ) {
        run(check_reads(places, weather));
    }

    #[test]
    fn every_item_of_a_stream_is_written_or_left(count in 0..300usize, weather in weather()) {
        run(check_put_stream(count, weather));
    }

    #[test]
    fn every_key_of_a_stream_is_read_or_left(
        places in prop::collection::vec(0..2 * BEFORE, 0..700),
        weather in weather(),
    ) {
        run(check_key_stream(places, weather));
    }
}
