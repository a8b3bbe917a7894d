//! A walk that goes on and back at random sees at each place the items that are there, in the query's order.

use super::refused;
use dkmio::{Cursor, DynamoDb, DynamoTable, Error, Page, Query, Source};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

const STOPS: u32 = 11;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "stops")]
#[gsi(by_kind, name = "gsi-kind", pk = kind, sk = rank)]
#[gsi(by_place, name = "gsi-place", pk = (kind, region), sk = (rank, at), project(odd))]
#[gsi(by_keys, name = "gsi-keys", pk = kind, sk = at, project = keys_only)]
#[gsi(unsorted, name = "gsi-unsorted", pk = region)]
#[lsi(by_rank, name = "lsi-rank", sk = rank)]
struct Stops {
    #[pk]
    line: String,
    #[sk]
    stop: u32,
    kind: u32,
    region: String,
    /// Two stops of each rank: an index key names no single item.
    rank: i32,
    at: String,
    odd: bool,
}

async fn with_stops(db: &DynamoDb) -> Result<(), Error> {
    db.create_table::<Stops>().await?;
    for line in ["main", "other"] {
        for stop in 0..STOPS {
            let stop = Stops {
                line: line.into(),
                stop,
                kind: if line == "main" { 1 } else { 2 },
                region: format!("{line} region"),
                rank: stop as i32 / 2 - 2,
                at: format!("{:02}", STOPS - stop),
                odd: stop % 2 == 1,
            };
            Stops::put(&stop).execute(db).await?;
        }
    }
    Ok(())
}

/// Hands a cursor on as services do: as a token, a signed token, JSON, or as it is.
fn handed_on(cursor: &Cursor, how: usize) -> Cursor {
    match how % 4 {
        0 => cursor.to_string().parse().unwrap(),
        1 => Cursor::verify(&cursor.sign(b"secret").unwrap(), b"secret").unwrap(),
        2 => serde_json::from_str(&serde_json::to_string(cursor).unwrap()).unwrap(),
        _ => cursor.clone(),
    }
}

/// Walks at random, by pages of `size` items whose place among all is known at each step.
async fn walk<T: Clone + Debug + PartialEq>(
    all: &[T],
    size: usize,
    page: impl AsyncFn(Option<Cursor>) -> Result<Page<T>, Error>,
) -> Result<(), Error> {
    let mut random = fastrand::Rng::with_seed(size as u64);
    let mut current = page(None).await?;
    let (mut from, mut to) = (0, size.min(all.len()));
    assert!(current.prev().is_none(), "nothing is before the start");
    assert_eq!(current.items(), &all[from..to]);
    for step in 0..24 {
        let forth = random.bool();
        let cursor = if forth {
            current.next()
        } else {
            current.prev()
        };
        let Some(cursor) = cursor.cloned() else {
            // Where there is no cursor, nothing is left on that side.
            assert_eq!(
                if forth { to } else { from },
                if forth { all.len() } else { 0 }
            );
            continue;
        };
        current = page(Some(handed_on(&cursor, step))).await?;
        (from, to) = if forth {
            (to, (to + size).min(all.len()))
        } else {
            (from.saturating_sub(size), from)
        };
        assert_eq!(
            current.items(),
            &all[from..to],
            "step {step}, {forth}, by {size}"
        );
    }
    Ok(())
}

/// Walks a query to and fro in pages of each size, by its limit and, without a filter, by its page size.
async fn walks<S, T, K>(db: &DynamoDb, query: Query<S, T, K>, filtered: bool) -> Result<(), Error>
where
    S: Source,
    T: Clone + Debug + PartialEq + Send + 'static,
    K: 'static,
{
    let all = query.clone().fetch_all(db).await?;
    assert!(all.len() > 3);
    for size in [1, 2, 3, 5, 11, 12] {
        let limited = query.clone().limit(size);
        walk(&all, size, async |c| {
            limited.clone().start_from(c).execute(db).await
        })
        .await?;
        let small = query.clone().limit(size).page_size(2);
        walk(&all, size, async |c| {
            small.clone().start_from(c).execute(db).await
        })
        .await?;
        if !filtered {
            let sized = query.clone().page_size(size as u32);
            walk(&all, size, async |c| {
                sized.clone().start_from(c).execute(db).await
            })
            .await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_query_of_the_table_is_walked_to_and_fro() {
    check(async |db| {
        with_stops(&db).await?;
        let query = || Stops::query("main");
        walks(&db, query(), false).await?;
        walks(&db, query().descending(), false).await?;
        walks(&db, query().sk(|k| k.between(2, 8)), false).await?;
        walks(&db, query().sk(|k| k.ge(3)).descending(), false).await?;
        walks(&db, query().filter(|s| s.odd().eq(true)), true).await?;
        walks(
            &db,
            query().filter(|s| s.odd().eq(false)).descending(),
            true,
        )
        .await?;
        walks(&db, query().raw(), false).await
    })
    .await;
}

#[tokio::test]
async fn what_is_selected_without_the_keys_is_walked_to_and_fro() {
    check(async |db| {
        with_stops(&db).await?;
        walks(&db, Stops::query("main").select(|s| s.at()), false).await?;
        let odd = Stops::query("main").filter(|s| s.odd().eq(true));
        walks(&db, odd.select(|s| (s.at(), s.kind())), true).await?;
        let by_rank = Stops::by_rank().query("main").select(|s| s.odd());
        walks(&db, by_rank, false).await
    })
    .await;
}

#[tokio::test]
async fn indexes_are_walked_to_and_fro() {
    check(async |db| {
        with_stops(&db).await?;
        walks(&db, Stops::by_kind().query(1), false).await?;
        walks(&db, Stops::by_kind().query(1).descending(), false).await?;
        walks(&db, Stops::by_kind().query(1).sk(|k| k.ge(0)), false).await?;
        walks(
            &db,
            Stops::by_kind().query(1).filter(|s| s.odd().eq(true)),
            true,
        )
        .await?;
        walks(&db, Stops::by_place().query((1, "main region")), false).await?;
        walks(
            &db,
            Stops::by_place().query((1, "main region")).descending(),
            false,
        )
        .await?;
        let placed = Stops::by_place().query((1, "main region")).sk(|k| k.ge(-1));
        walks(&db, placed.filter(|s| s.odd().eq(false)), true).await?;
        walks(&db, Stops::by_keys().query(1), false).await?;
        walks(&db, Stops::unsorted().query("main region"), false).await?;
        walks(&db, Stops::by_rank().query("main"), false).await?;
        walks(
            &db,
            Stops::by_rank().query("main").descending().consistent(),
            false,
        )
        .await
    })
    .await;
}

/// Pages that a filter empties are walked over, and nothing is lost on the way.
#[tokio::test]
async fn pages_that_a_filter_thins_out_are_seen_once_each_way() {
    check(async |db| {
        with_stops(&db).await?;
        for wanted in [vec![0], vec![4], vec![10], vec![2, 3, 9], vec![]] {
            for size in 1..5 {
                let one_of = wanted.clone();
                let query = Stops::by_kind()
                    .query(1)
                    .filter(move |s| {
                        s.at().is_in(
                            one_of
                                .iter()
                                .map(|n| format!("{:02}", STOPS - n))
                                .chain(["none".to_owned()]),
                        )
                    })
                    .page_size(size)
                    .select(|s| s.at());
                let expected: Vec<String> =
                    wanted.iter().map(|n| format!("{:02}", STOPS - n)).collect();
                let mut forth = Vec::new();
                let mut page = query.clone().execute(&db).await?;
                let mut pages = 1;
                forth.extend_from_slice(page.items());
                while let Some(next) = page.next().cloned() {
                    page = query
                        .clone()
                        .start_from(handed_on(&next, pages))
                        .execute(&db)
                        .await?;
                    forth.extend_from_slice(page.items());
                    pages += 1;
                }
                assert_eq!(forth, expected);
                // The last page is left out on the way back.
                let mut back = page.into_items();
                let mut page = query.clone().execute(&db).await?;
                while let Some(next) = page.next() {
                    page = query.clone().start_from(next).execute(&db).await?;
                }
                while let Some(prev) = page.prev().cloned() {
                    page = query
                        .clone()
                        .start_from(handed_on(&prev, pages))
                        .execute(&db)
                        .await?;
                    back.splice(0..0, page.items().iter().cloned());
                    pages += 1;
                    assert!(pages < 50, "the walk goes round in circles");
                }
                assert_eq!(back, expected, "by {size}");
                // From the page where nothing is before, the way on leads through all of it again.
                let mut again = page.items().to_vec();
                while let Some(next) = page.next() {
                    page = query.clone().start_from(next).execute(&db).await?;
                    again.extend_from_slice(page.items());
                }
                assert_eq!(again, expected, "by {size}");
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_cursor_back_goes_with_every_way_to_read() {
    check(async |db| {
        with_stops(&db).await?;
        let query = || Stops::query("main").select(|s| s.stop());
        let later = query()
            .limit(4)
            .start_from(query().limit(7).execute(&db).await?.next())
            .execute(&db)
            .await?;
        assert_eq!(later.items(), &[7, 8, 9, 10]);
        let back = || query().start_from(later.prev());
        let before: Vec<u32> = (0..7).collect();
        assert_eq!(back().fetch_all(&db).await?, before);
        assert_eq!(back().execute(&db).await?.items(), before);
        assert_eq!(back().limit(3).fetch_all(&db).await?, [4, 5, 6]);
        assert_eq!(back().page_size(2).prefetch().fetch_all(&db).await?, before);
        assert_eq!(back().first(&db).await?, Some(6), "the nearest");
        assert_eq!(back().count(&db).await?, 7);
        let mut stream = back().page_size(2).stream(&db);
        let mut streamed = Vec::new();
        while let Some(stop) = stream.next().await {
            streamed.push(stop?);
        }
        assert_eq!(streamed, before);
        let mut pages = back().page_size(3).pages(&db);
        let mut each = Vec::new();
        while let Some(page) = pages.next().await {
            each.push(page?.into_items());
        }
        assert_eq!(each[..2], [vec![4, 5, 6], vec![1, 2, 3]]);
        assert_eq!(each.concat().len(), 7);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn each_page_of_a_stream_has_the_page_before() {
    check(async |db| {
        with_stops(&db).await?;
        // The keys are not selected; those of the first page are not asked for.
        let query = || Stops::by_kind().query(1).page_size(3).select(|s| s.at());
        let mut pages = query().pages(&db);
        let mut before: Option<Vec<String>> = None;
        while let Some(page) = pages.next().await {
            let page = page?;
            assert_eq!(page.prev().is_some(), before.is_some());
            if let Some(before) = before {
                let read = query().start_from(page.prev()).execute(&db).await?;
                assert_eq!(read.items(), before);
            }
            before = Some(page.into_items());
        }
        let explained = query().explain()?;
        assert_eq!(explained.projection(), Some("#at"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_scan_has_no_way_back() {
    check(async |db| {
        with_stops(&db).await?;
        let first = Stops::scan().limit(3).execute(&db).await?;
        let second = Stops::scan()
            .limit(3)
            .start_from(first.next())
            .execute(&db)
            .await?;
        assert_eq!(second.len(), 3);
        assert!(first.prev().is_none() && second.prev().is_none());
        let mut pages = Stops::by_kind().scan().page_size(3).pages(&db);
        while let Some(page) = pages.next().await {
            assert!(page?.prev().is_none());
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_cursor_back_belongs_to_its_query_as_others_do() {
    check(async |db| {
        with_stops(&db).await?;
        let first = Stops::query("main").limit(3).execute(&db).await?;
        let second = Stops::query("main")
            .limit(3)
            .start_from(first.next())
            .execute(&db)
            .await?;
        let prev = second.prev().unwrap();
        let is_invalid = |e: &Error| matches!(e, Error::InvalidCursor(_));
        refused(
            Stops::query("other").start_from(prev).execute(&db).await,
            is_invalid,
        );
        refused(
            Stops::by_rank()
                .query("main")
                .start_from(prev)
                .execute(&db)
                .await,
            is_invalid,
        );
        refused(
            Stops::scan().start_from(prev).execute(&db).await,
            is_invalid,
        );
        let outside = Stops::query("main").sk(|k| k.ge(5)).start_from(prev);
        refused(outside.execute(&db).await, is_invalid);
        // The item that it was made of may be gone.
        Stops::delete(("main", 3)).execute(&db).await?;
        let before = Stops::query("main")
            .limit(2)
            .start_from(prev)
            .select(|s| s.stop());
        assert_eq!(before.execute(&db).await?.items(), &[1, 2]);
        Ok(())
    })
    .await;
}

#[derive(Deserialize, dkmio::Projection)]
#[projection(of = Stops)]
struct At<'a> {
    at: &'a str,
}

#[tokio::test]
async fn pages_whose_rows_borrow_are_walked_to_and_fro() {
    check(async |db| {
        with_stops(&db).await?;
        let read = async |start: Option<Cursor>, limit: Option<usize>| {
            let mut query = Stops::query("main").page_size(4).start_from(start);
            if let Some(limit) = limit {
                query = query.limit(limit);
            }
            let page = query.select_borrowed::<At<'_>>().execute(&db).await?;
            let rows: Result<Vec<String>, Error> =
                page.rows().map(|row| Ok(row?.at.to_owned())).collect();
            Ok::<_, Error>((rows?, page.prev().cloned(), page.next().cloned()))
        };
        for limit in [None, Some(4), Some(6)] {
            let (first, none, next) = read(None, limit).await?;
            assert!(none.is_none());
            let (second, prev, _) = read(next, limit).await?;
            let (again, _, next) = read(prev, limit).await?;
            assert_eq!(again, first);
            assert_eq!(read(next, limit).await?.0, second);
        }
        Ok(())
    })
    .await;
}
