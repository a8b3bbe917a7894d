//! A walk by `limit(n)` and cursor tokens over the table and each kind of index yields every item once.

use dkmio::{Cursor, DynamoDb, DynamoTable, Error, Page};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};

const STEPS: u32 = 9;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "steps")]
#[gsi(by_all, name = "gsi-all", pk = group, sk = rank)]
#[gsi(by_some, name = "gsi-some", pk = group, sk = rank, project(odd, note))]
#[gsi(by_keys, name = "gsi-keys", pk = group, sk = rank, project = keys_only)]
#[gsi(unsorted, name = "gsi-unsorted", pk = group, project(odd, note))]
#[lsi(local_all, name = "lsi-all", sk = rank)]
#[lsi(local_some, name = "lsi-some", sk = rank, project(odd, note))]
#[lsi(local_keys, name = "lsi-keys", sk = rank, project = keys_only)]
struct Steps {
    #[pk]
    walk: String,
    #[sk]
    step: u32,
    group: u32,
    /// Two steps of each rank: an index key names no single item.
    rank: i32,
    odd: bool,
    note: String,
}

async fn with_steps(db: &DynamoDb) -> Result<(), Error> {
    db.create_table::<Steps>().await?;
    for walk in ["w", "other"] {
        for step in 0..STEPS {
            let step = Steps {
                walk: walk.into(),
                step,
                group: if walk == "w" { 1 } else { 2 },
                rank: step as i32 / 2,
                odd: step % 2 == 1,
                note: format!("note {walk} {step}"),
            };
            Steps::put(&step).execute(db).await?;
        }
    }
    Ok(())
}

/// Walks from page to page, each cursor through its token; every page but the last is full.
async fn walk<T>(
    n: usize,
    page: impl AsyncFn(Option<Cursor>) -> Result<Page<T>, Error>,
) -> Result<Vec<T>, Error> {
    let (mut all, mut token) = (Vec::new(), None::<String>);
    for _ in 0..100 {
        let cursor = token.as_deref().map(str::parse).transpose()?;
        let page = page(cursor).await?;
        token = page.next().map(Cursor::to_string);
        assert!(
            page.len() == n || (page.len() < n && token.is_none()),
            "{} of {n}",
            page.len()
        );
        all.extend(page);
        if token.is_none() {
            return Ok(all);
        }
    }
    panic!("the walk goes round in circles");
}

/// Walks a read in pages of each size, forwards and backwards: the reads select the step, which has to come out once.
macro_rules! assert_walks {
    ($db:expr, $expected:expr, $($read:expr),+ $(,)?) => { $(
        for n in 1..=STEPS as usize + 1 {
            let mut found = walk(n, async |cursor| $read.limit(n).start_from(cursor).execute(&$db).await).await?;
            found.sort();
            let expected: Vec<u32> = $expected.collect();
            assert_eq!(found, expected, "{} by {n}", stringify!($read));
        }
    )+ };
}

#[tokio::test]
async fn a_query_of_the_table_is_walked_whole() {
    check(async |db| {
        with_steps(&db).await?;
        let query = || Steps::query("w");
        let of = |notes: Vec<String>| notes.len();
        assert_walks!(
            db,
            0..STEPS,
            query().select(|s| s.step()),
            query().select(|s| s.step()).descending(),
            query().select(|s| s.step()).page_size(2),
        );
        assert_walks!(
            db,
            (1..STEPS).step_by(2),
            query().filter(|s| s.odd().eq(true)).select(|s| s.step()),
            query()
                .filter(|s| s.odd().eq(true))
                .select(|s| s.step())
                .descending(),
            query()
                .filter(|s| s.odd().eq(true))
                .select(|s| s.step())
                .page_size(3),
        );
        let notes = query().filter(|s| s.odd().eq(true)).select(|s| s.note());
        for n in 1..6 {
            let notes = notes.clone().limit(n);
            let found = walk(n, async |cursor| {
                notes.clone().start_from(cursor).execute(&db).await
            });
            assert_eq!(of(found.await?), 4);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_scan_of_the_table_is_walked_whole() {
    check(async |db| {
        with_steps(&db).await?;
        for n in 1..=2 * STEPS as usize + 1 {
            let odd = Steps::scan()
                .filter(|s| s.odd().eq(true))
                .select(|s| s.note())
                .limit(n);
            let mut found = walk(n, async |c| odd.clone().start_from(c).execute(&db).await).await?;
            found.sort();
            found.dedup();
            assert_eq!(found.len(), 8);
            let all = Steps::scan().select(|s| (s.walk(), s.step())).limit(n);
            let mut found = walk(n, async |c| all.clone().start_from(c).execute(&db).await).await?;
            found.sort();
            found.dedup();
            assert_eq!(found.len(), 18);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_global_index_is_walked_whole() {
    check(async |db| {
        with_steps(&db).await?;
        assert_walks!(
            db,
            0..STEPS,
            Steps::by_all().query(1).select(|s| s.step()),
            Steps::by_all().query(1).select(|s| s.step()).descending(),
            Steps::by_some().query(1).select(|s| s.step()),
            Steps::by_keys().query(1).select(|s| s.step()).descending(),
            Steps::unsorted().query(1).select(|s| s.step()),
        );
        assert_walks!(
            db,
            (1..STEPS).step_by(2),
            Steps::by_all()
                .query(1)
                .filter(|s| s.odd().eq(true))
                .select(|s| s.step()),
            Steps::by_some()
                .query(1)
                .filter(|s| s.odd().eq(true))
                .select(|s| s.step())
                .descending(),
            Steps::unsorted()
                .query(1)
                .filter(|s| s.odd().eq(true))
                .select(|s| s.step()),
            Steps::by_some()
                .scan()
                .filter(|s| s.odd().eq(true) & s.group().eq(1))
                .select(|s| s.step()),
        );
        assert_walks!(
            db,
            5..STEPS,
            Steps::by_keys()
                .query(1)
                .filter(|s| s.step().ge(5))
                .select(|s| s.step()),
            Steps::by_keys()
                .scan()
                .filter(|s| s.step().ge(5) & s.walk().eq("w"))
                .select(|s| s.step()),
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_local_index_is_walked_whole() {
    check(async |db| {
        with_steps(&db).await?;
        assert_walks!(
            db,
            0..STEPS,
            Steps::local_all().query("w").select(|s| s.step()),
            Steps::local_some()
                .query("w")
                .select(|s| s.step())
                .descending(),
            Steps::local_keys()
                .query("w")
                .select(|s| s.step())
                .consistent(),
        );
        assert_walks!(
            db,
            (1..STEPS).step_by(2),
            Steps::local_all()
                .query("w")
                .filter(|s| s.odd().eq(true))
                .select(|s| s.step()),
            Steps::local_some()
                .query("w")
                .filter(|s| s.odd().eq(true))
                .select(|s| s.step())
                .descending(),
        );
        assert_walks!(
            db,
            4..STEPS,
            Steps::local_all()
                .query("w")
                .sk(|k| k.ge(2))
                .select(|s| s.step()),
            Steps::local_keys()
                .query("w")
                .filter(|s| s.step().ge(4))
                .select(|s| s.step()),
            Steps::local_keys()
                .scan()
                .filter(|s| s.step().ge(4) & s.walk().eq("w"))
                .select(|s| s.step()),
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_walk_of_non_key_attributes_and_models_is_whole_too() {
    check(async |db| {
        with_steps(&db).await?;
        let notes: Vec<String> = (0..STEPS)
            .filter(|s| s % 2 == 1)
            .map(|s| format!("note w {s}"))
            .collect();
        for n in 1..6 {
            let some = Steps::by_some()
                .query(1)
                .filter(|s| s.odd().eq(true))
                .limit(n);
            let selected = some.clone().select(|s| s.note());
            let found = walk(n, async |c| {
                selected.clone().start_from(c).execute(&db).await
            })
            .await?;
            assert_eq!(found, notes);
            let whole = walk(n, async |c| some.clone().start_from(c).execute(&db).await).await?;
            assert_eq!(whole.into_iter().map(|s| s.note).collect::<Vec<_>>(), notes);
            let raw = some.raw();
            let raw = walk(n, async |c| raw.clone().start_from(c).execute(&db).await).await?;
            assert_eq!(raw.len(), 4);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_stream_with_a_limit_stops_there() {
    check(async |db| {
        with_steps(&db).await?;
        for n in 1..=STEPS as usize + 1 {
            let query = Steps::query("w").page_size(2).limit(n);
            let mut stream = query.clone().stream(&db);
            let mut steps = 0;
            while let Some(step) = stream.next().await {
                assert_eq!(step?.step, steps);
                steps += 1;
            }
            assert_eq!(steps as usize, n.min(STEPS as usize));
            let filtered = query.filter(|s| s.odd().eq(true)).fetch_all(&db).await?;
            assert_eq!(filtered.len(), n.min(4));
        }
        Ok(())
    })
    .await;
}
