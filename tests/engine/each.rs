//! A read that goes on past items that do not read.

mod many;

use dkmio::error::DecodeError;
use dkmio::{AttributeValue, Cursor, DynamoDb, DynamoTable, Error, Item, Projection, Ttl, attr};
use dkmio_tests::database::Database;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings")]
#[gsi(by_kind, name = "gsi-kind", pk = kind, sk = at)]
#[gsi(by_some, name = "gsi-some", pk = kind, project(value))]
#[lsi(by_rank, name = "lsi-rank", sk = rank)]
struct Readings {
    #[pk]
    sensor: String,
    #[sk]
    number: u32,
    kind: String,
    at: u32,
    rank: u32,
    value: u64,
    place: Place,
    #[ttl]
    expires_at: Option<Ttl>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Place {
    floor: i32,
}

fn reading(sensor: &str, number: u32) -> Readings {
    Readings {
        sensor: sensor.into(),
        number,
        kind: "heat".into(),
        at: number,
        rank: 1_000 - number % 1_000,
        value: number.into(),
        place: Place { floor: 1 },
        expires_at: None,
    }
}

/// Connections to one database: with the wire codec, and without.
async fn both_ways() -> Result<[DynamoDb; 2], Error> {
    let (client, prefix) = (Database::client(), Database::prefix());
    let connect = |codec| {
        let builder = DynamoDb::builder().client(client.clone());
        builder
            .table_prefix(prefix.clone())
            .wire_codec(codec)
            .build()
    };
    let both = [connect(true), connect(false)];
    Database::create::<Readings>(&both[0]).await?;
    Ok(both)
}

/// Ten readings, of which 2, 3 and 9 do not read.
async fn with_unreadable() -> Result<[DynamoDb; 2], Error> {
    let both = both_ways().await?;
    let db = &both[0];
    for number in 0..10 {
        Readings::put(&reading("s", number)).execute(db).await?;
    }
    spoil(db, "s", 2, "value", "much").await?;
    spoil(db, "s", 3, "place.floor", "high").await?;
    spoil(db, "s", 9, "value", "more").await?;
    Ok(both)
}

async fn spoil(
    db: &DynamoDb,
    sensor: &str,
    number: u32,
    path: &str,
    text: &str,
) -> Result<(), Error> {
    let update = Readings::update((sensor, number)).set(|_| attr(path), text);
    update.execute(db).await
}

/// The number of an item, or that of an unreadable one with the path.
type Seen = Result<u32, (u32, String)>;

fn named(error: &DecodeError) -> (u32, String) {
    assert_eq!(error.table(), Some("readings"));
    let key: ReadingsKey = dkmio::codec::from_item(error.key().unwrap().clone()).unwrap();
    assert_eq!(key.sensor, "s");
    (key.number, error.path().to_owned())
}

fn seen(item: Result<Readings, DecodeError>) -> Seen {
    item.map(|reading| reading.number).map_err(|e| named(&e))
}

/// What is there, in the order of the table.
fn expected() -> Vec<Seen> {
    let mut all: Vec<Seen> = (0..10).map(Ok).collect();
    all[2] = Err((2, "value".into()));
    all[3] = Err((3, "place.floor".into()));
    all[9] = Err((9, "value".into()));
    all
}

fn run<F: Future<Output = Result<(), Error>>>(test: F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    if let Err(e) = runtime.block_on(test) {
        panic!("{e}\n{e:?}");
    }
}

#[test]
fn each_item_of_a_query_is_read_or_named_in_order() {
    run(async {
        for db in with_unreadable().await? {
            let ended = Readings::query("s").execute(&db).await;
            assert!(
                matches!(ended, Err(Error::Decode(_))),
                "as before without `.each()`"
            );
            let page = Readings::query("s").each().execute(&db).await?;
            assert_eq!(
                (page.len(), page.count(), page.scanned_count()),
                (10, 10, 10)
            );
            assert_eq!(page.into_iter().map(seen).collect::<Vec<_>>(), expected());
            let all = Readings::query("s")
                .page_size(3)
                .each()
                .fetch_all(&db)
                .await?;
            assert_eq!(all.into_iter().map(seen).collect::<Vec<_>>(), expected());
            let mut back = Readings::query("s")
                .each()
                .descending()
                .fetch_all(&db)
                .await?;
            back.reverse();
            assert_eq!(back.into_iter().map(seen).collect::<Vec<_>>(), expected());
            let ranked = Readings::by_rank()
                .query("s")
                .each()
                .consistent()
                .fetch_all(&db)
                .await?;
            assert_eq!(
                ranked.into_iter().map(seen).rev().collect::<Vec<_>>(),
                expected()
            );
            let of_kind = Readings::by_kind()
                .query("heat")
                .sk(|k| k.ge(2))
                .each()
                .prefetch();
            assert_eq!(
                of_kind
                    .fetch_all(&db)
                    .await?
                    .into_iter()
                    .map(seen)
                    .collect::<Vec<_>>(),
                expected()[2..]
            );
            assert_eq!(Readings::query("s").each().count(&db).await?, 10);
            let (read, unreadable) = Readings::query("s").each().execute(&db).await?.split();
            assert_eq!((read.len(), unreadable.len()), (7, 3));
        }
        Ok(())
    });
}

#[test]
fn each_item_of_a_stream_and_of_pages_is_read_or_named() {
    run(async {
        for db in with_unreadable().await? {
            for prefetch in [false, true] {
                let mut scan = Readings::scan().page_size(2).each();
                if prefetch {
                    scan = scan.prefetch();
                }
                let mut stream = scan.clone().stream(&db);
                let mut streamed = Vec::new();
                while let Some(item) = stream.next().await {
                    streamed.push(seen(item?));
                }
                assert_eq!(streamed, expected());
                let mut pages = scan.pages(&db);
                let mut paged = Vec::new();
                while let Some(page) = pages.next().await {
                    paged.extend(page?.into_iter().map(seen));
                }
                assert_eq!(paged, expected());
            }
            for scan in [
                Readings::scan().each().segments(3),
                Readings::scan().segments(3).each(),
            ] {
                let all = scan.clone().fetch_all(&db).await?;
                let all: BTreeSet<Seen> = all.into_iter().map(seen).collect();
                assert_eq!(all, expected().into_iter().collect());
                assert_eq!(scan.clone().count(&db).await?, 10);
                let mut stream = scan.stream(&db);
                let mut streamed = BTreeSet::new();
                while let Some(item) = stream.next().await {
                    streamed.insert(seen(item?));
                }
                assert_eq!(streamed, all);
            }
        }
        Ok(())
    });
}

/// An unreadable item counts, and the cursor after it goes on behind it.
#[test]
fn a_limit_counts_unreadable_items_and_its_cursor_goes_on_behind_them() {
    run(async {
        for db in with_unreadable().await? {
            for size in 1..=11 {
                for filtered in [false, true] {
                    let read = async |start: Option<Cursor>| {
                        let query = Readings::query("s").limit(size).start_from(start);
                        match filtered {
                            true => {
                                query
                                    .filter(|r| r.kind().eq("heat"))
                                    .page_size(4)
                                    .each()
                                    .execute(&db)
                                    .await
                            }
                            false => query.each().execute(&db).await,
                        }
                    };
                    let mut page = read(None).await?;
                    let mut all = Vec::new();
                    loop {
                        let (next, prev) = (page.next().cloned(), page.prev().cloned());
                        assert!(page.len() == size || next.is_none());
                        let before = all.len();
                        all.extend(page.into_iter().map(seen));
                        if let Some(prev) = prev {
                            let back = read(Some(prev)).await?;
                            let back: Vec<Seen> = back.into_iter().map(seen).collect();
                            assert_eq!(back, expected()[before - size..before]);
                        }
                        match next {
                            Some(next) => page = read(Some(next.to_string().parse()?)).await?,
                            None => break,
                        }
                    }
                    assert_eq!(all, expected(), "by {size}, filtered: {filtered}");
                }
            }
            let first = Readings::query("s")
                .sk(|k| k.ge(2))
                .each()
                .first(&db)
                .await?;
            assert_eq!(first.map(seen), Some(Err((2, "value".into()))));
        }
        Ok(())
    });
}

#[derive(Debug, PartialEq, Deserialize, Projection)]
#[projection(of = Readings)]
struct Value {
    value: u64,
}

/// The keys are not selected, and named all the same.
#[test]
fn what_is_selected_is_read_or_named_by_its_key() {
    run(async {
        let one = |item: Result<u64, DecodeError>| item.map_err(|e| named(&e));
        let expected: Vec<Result<u64, (u32, String)>> = expected()
            .into_iter()
            .map(|seen| match seen {
                Ok(number) | Err((number, _)) if ![2, 9].contains(&number) => Ok(number.into()),
                Err(named) => Err(named),
                Ok(number) => Ok(number.into()),
            })
            .collect();
        for db in with_unreadable().await? {
            let query = || Readings::query("s");
            let values = query().select(|r| r.value()).each().fetch_all(&db).await?;
            assert_eq!(values.into_iter().map(one).collect::<Vec<_>>(), expected);
            let values = query()
                .each()
                .select(|r| r.value())
                .limit(20)
                .execute(&db)
                .await?;
            assert_eq!(values.into_iter().map(one).collect::<Vec<_>>(), expected);
            let of_struct = |item: Result<Value, DecodeError>| one(item.map(|row| row.value));
            let values = query().each().select_as::<Value>().fetch_all(&db).await?;
            assert_eq!(
                values.into_iter().map(of_struct).collect::<Vec<_>>(),
                expected
            );
            let values = Readings::scan()
                .each()
                .select_as::<Value>()
                .fetch_all(&db)
                .await?;
            assert_eq!(
                values.into_iter().map(of_struct).collect::<Vec<_>>(),
                expected
            );
            let values = Readings::by_kind()
                .query("heat")
                .each()
                .select(|r| r.value())
                .fetch_all(&db)
                .await?;
            assert_eq!(values.into_iter().map(one).collect::<Vec<_>>(), expected);
            let values = Readings::by_some()
                .query("heat")
                .each()
                .fetch_all(&db)
                .await?;
            let read = values.iter().filter(|item| item.is_ok()).count();
            let named: BTreeSet<_> = values
                .iter()
                .filter_map(|item| item.as_ref().err())
                .map(named)
                .collect();
            assert_eq!(read, 8);
            assert_eq!(
                named,
                BTreeSet::from([(2, "value".to_owned()), (9, "value".to_owned())])
            );
        }
        let explained = Readings::query("s")
            .select(|r| r.value())
            .each()
            .explain()?;
        assert_eq!(explained.projection(), Some("#value, #sensor, #number"));
        let explained = Readings::query("s").select(|r| r.value()).explain()?;
        assert_eq!(explained.projection(), Some("#value"));
        Ok(())
    });
}

#[test]
fn each_key_of_a_batch_get_is_read_named_or_not_there() {
    run(async {
        let one = |item: Option<Result<Readings, DecodeError>>| item.map(seen);
        // The last two twice, one of them unreadable, and one that is not there.
        let keys = || (0..10).chain([4, 9, 99]).map(|number| ("s", number));
        let mut expected: Vec<Option<Seen>> = expected().into_iter().map(Some).collect();
        expected.extend([expected[4].clone(), expected[9].clone(), None]);
        for db in with_unreadable().await? {
            assert!(Readings::batch_get(keys()).execute(&db).await.is_err());
            let found = Readings::batch_get(keys())
                .each()
                .consistent()
                .execute(&db)
                .await?;
            assert_eq!(found.into_iter().map(one).collect::<Vec<_>>(), expected);
            let alive = Readings::batch_get(keys())
                .exclude_expired()
                .each()
                .execute(&db)
                .await?;
            assert_eq!(alive.into_iter().map(one).collect::<Vec<_>>(), expected);
            let values = Readings::batch_get(keys())
                .each()
                .select(|r| r.value())
                .execute(&db)
                .await?;
            let errors: Vec<_> = values
                .iter()
                .flatten()
                .filter_map(|v| v.as_ref().err())
                .map(named)
                .collect();
            assert_eq!(errors, [2, 9, 9].map(|number| (number, "value".to_owned())));
            let (first, second) = dkmio::batch_get((
                Readings::batch_get([("s", 2), ("s", 5)]).each(),
                Readings::batch_get([("s", 6)]),
            ))
            .execute(&db)
            .await?;
            assert_eq!(
                first.into_iter().map(one).collect::<Vec<_>>(),
                [expected[2].clone(), expected[5].clone()]
            );
            assert_eq!(second, [Some(reading("s", 6))]);
            let stream = futures_util::stream::iter(keys());
            let mut items = Readings::batch_get_stream(stream).each().stream(&db);
            let mut streamed = Vec::new();
            while let Some(item) = items.next().await {
                streamed.push(one(item?));
            }
            assert_eq!(streamed, expected);
        }
        Ok(())
    });
}

#[test]
fn a_get_alone_and_in_a_transaction_is_read_or_named() {
    run(async {
        for db in with_unreadable().await? {
            let get = |number| Readings::get(("s", number));
            let found = get(2).each().execute(&db).await?;
            assert_eq!(found.map(seen), Some(Err((2, "value".into()))));
            assert_eq!(get(5).each().execute(&db).await?.map(seen), Some(Ok(5)));
            assert!(get(99).each().execute(&db).await?.is_none());
            let one = dkmio::transact_get((get(2), get(5))).execute(&db).await;
            assert!(matches!(one, Err(Error::Decode(_))));
            let (two, five, value) =
                dkmio::transact_get((get(2).each(), get(5), get(9).select(|r| r.value()).each()))
                    .execute(&db)
                    .await?;
            assert_eq!(two.map(seen), Some(Err((2, "value".into()))));
            assert_eq!(five, Some(reading("s", 5)));
            assert_eq!(named(&value.unwrap().unwrap_err()), (9, "value".into()));
            let many: Vec<_> = [1, 2, 3].map(|number| get(number).each()).into();
            let many = dkmio::transact_get(many).execute(&db).await?;
            let many: Vec<_> = many.into_iter().flatten().map(seen).collect();
            assert_eq!(many, expected()[1..4]);
            // The question marks of both: what ends the read, and what is wrong with the item.
            let both = async || -> Result<Readings, Error> {
                Ok(get(2).each().execute(&db).await?.unwrap()?)
            };
            assert!(matches!(both().await, Err(Error::Decode(e)) if named(&e).0 == 2));
        }
        Ok(())
    });
}

/// Items that expired, and those of other tables' shapes: attributes that are missing, keys alone.
#[test]
fn an_item_of_a_bare_key_is_named() {
    run(async {
        for db in both_ways().await?.into_iter().take(1) {
            Readings::put(&reading("s", 1)).execute(&db).await?;
            let stray = Readings::update(("s", 0)).set(|_| attr("note"), "what is this");
            stray.execute(&db).await?;
            let page = Readings::scan()
                .exclude_expired()
                .each()
                .execute(&db)
                .await?;
            let all: Vec<Seen> = page.into_iter().map(seen).collect();
            assert!(
                matches!(&all[0], Err((0, path)) if !path.is_empty()),
                "{all:?}"
            );
            assert_eq!(all[1], Ok(1));
            let raw = Readings::scan().raw().execute(&db).await?;
            assert_eq!(raw[0]["note"], AttributeValue::S("what is this".into()));
            let _: &Item = &raw[0];
        }
        Ok(())
    });
}
