//! Rows that borrow from their page are those that are owned elsewhere.

use dkmio::{BorrowedPage, DynamoDb, Error, Projection};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, Status, order};
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Debug, PartialEq, Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    order_id: &'a str,
    #[serde(borrow)]
    region: Option<&'a str>,
    #[serde(borrow, default)]
    description: Cow<'a, str>,
    #[serde(borrow, default)]
    tags: Vec<&'a str>,
    total: u64,
}

/// What an index of keys and two more has, and nothing but that.
#[derive(Debug, PartialEq, Deserialize, Projection)]
#[projection(of = Orders)]
#[serde(deny_unknown_fields)]
struct Sum<'a> {
    created_at: &'a str,
    total: u64,
}

const TEXTS: [&str; 4] = [
    "plain",
    "a \"word\" \\ and\nthe next line",
    "],\"ScannedCount\":7}",
    "]}, ünïcödé \u{1f600}",
];

async fn fill(db: &DynamoDb) -> Result<Vec<Orders>, Error> {
    Database::create::<Orders>(db).await?;
    let mut orders = Vec::new();
    for at in 0..12 {
        let mut order = order("usr_1", &format!("ord_{at:02}"));
        order.total = at;
        order.items_count = (at % 3) as u32;
        order.created_at = format!("2025-01-{:02}", at + 1);
        order.region = (at % 2 == 0).then(|| "eu".to_owned());
        order.description = (at % 5 != 4).then(|| TEXTS[at as usize % 4].to_owned());
        if at % 4 == 0 {
            // One only: an engine may return the elements of a set in any order.
            order.tags = ["],"].into_iter().collect();
        }
        Orders::put(&order).execute(db).await?;
        orders.push(order);
    }
    Ok(orders)
}

fn row(order: &Orders) -> Row<'_> {
    Row {
        order_id: &order.order_id,
        region: order.region.as_deref(),
        description: Cow::Borrowed(order.description.as_deref().unwrap_or_default()),
        tags: order.tags.iter().map(String::as_str).collect(),
        total: order.total,
    }
}

/// Runs a test with the items in the answer's bytes, and with the SDK's values, of which a page has no bytes.
async fn both_ways(test: impl AsyncFn(DynamoDb) -> Result<(), Error>) {
    check(async |db| {
        // The prefix of this test, and before it one for the other way.
        let prefix = format!("values-{}", db.table_name(""));
        test(db).await?;
        let db = DynamoDb::builder().client(Database::client());
        let db = db.table_prefix(prefix).wire_codec(false).build();
        test(db).await
    })
    .await;
}

#[tokio::test]
async fn a_query_and_a_scan_yield_the_rows_of_the_table() {
    both_ways(async |db| {
        let orders = fill(&db).await?;
        let page = Orders::query("usr_1").select_borrowed::<Row<'_>>();
        let page = page.execute(&db).await?;
        assert_eq!(
            (page.len(), page.count(), page.scanned_count()),
            (12, 12, 12)
        );
        assert!(!page.is_empty() && page.next().is_none());
        let rows: Vec<Row<'_>> = page.rows().collect::<Result<_, _>>()?;
        assert_eq!(rows, orders.iter().map(row).collect::<Vec<_>>());
        // Read again, they are the same.
        for (again, order) in (&page).into_iter().zip(&orders) {
            assert_eq!(again?, row(order));
        }
        let page = Orders::scan()
            .select_borrowed::<Row<'_>>()
            .execute(&db)
            .await?;
        let mut rows: Vec<Row<'_>> = page.rows().collect::<Result<_, _>>()?;
        rows.sort_by_key(|row| row.order_id);
        assert_eq!(rows, orders.iter().map(row).collect::<Vec<_>>());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn options_come_before() {
    both_ways(async |db| {
        fill(&db).await?;
        let page = Orders::query("usr_1")
            .sk(|k| k.ge("ord_03"))
            .filter(|o| o.items_count().eq(0))
            .descending()
            .consistent()
            .return_consumed_capacity()
            .select_borrowed::<Row<'_>>()
            .execute(&db)
            .await?;
        let ids: Vec<&str> = page
            .rows()
            .map(|row| row.map(|row| row.order_id))
            .collect::<Result<_, _>>()?;
        assert_eq!(ids, ["ord_09", "ord_06", "ord_03"]);
        assert_eq!((page.count(), page.scanned_count()), (3, 9));
        assert!(page.consumed_capacity().is_some());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_yields_what_it_projects() {
    both_ways(async |db| {
        let orders = fill(&db).await?;
        let page = Orders::by_status()
            .query(Status::Pending)
            .select_borrowed::<Sum<'_>>()
            .execute(&db)
            .await?;
        let rows: Vec<Sum<'_>> = page.rows().collect::<Result<_, _>>()?;
        let sums = orders.iter().map(|order| Sum {
            created_at: &order.created_at,
            total: order.total,
        });
        assert_eq!(rows, sums.collect::<Vec<_>>());
        let page = Orders::by_status().scan().select_borrowed::<Sum<'_>>();
        assert_eq!(page.execute(&db).await?.rows().count(), 12);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn cursors_lead_from_page_to_page_and_back_to_owned_rows() {
    both_ways(async |db| {
        fill(&db).await?;
        let query = || Orders::query("usr_1").page_size(5);
        let mut totals = Vec::new();
        let mut next = None;
        loop {
            let page = query().start_from(next).select_borrowed::<Row<'_>>();
            let page = page.execute(&db).await?;
            for row in &page {
                totals.push(row?.total);
            }
            next = page.next().cloned();
            if next.is_none() {
                break;
            }
        }
        assert_eq!(totals, (0..12).collect::<Vec<_>>());
        let first = query().select_borrowed::<Row<'_>>().execute(&db).await?;
        assert_eq!(first.next(), query().execute(&db).await?.next());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_limit_takes_as_many_requests_as_it_needs_and_leaves_the_same_cursor() {
    both_ways(async |db| {
        fill(&db).await?;
        for limit in [1, 2, 3, 4, 20] {
            let query = || Orders::query("usr_1").page_size(5).limit(limit);
            let filtered = || query().filter(|o| o.items_count().eq(0));
            let owned = [query().execute(&db).await?, filtered().execute(&db).await?];
            let borrowed: [BorrowedPage<Sum<'static>>; 2] = [
                query().select_borrowed().execute(&db).await?,
                filtered().select_borrowed().execute(&db).await?,
            ];
            for (owned, borrowed) in owned.iter().zip(&borrowed) {
                let totals: Vec<u64> = borrowed
                    .rows()
                    .map(|row| row.map(|row| row.total))
                    .collect::<Result<_, _>>()?;
                assert_eq!(totals, owned.iter().map(|o| o.total).collect::<Vec<_>>());
                assert_eq!(borrowed.len(), owned.len(), "{limit}");
                assert_eq!(borrowed.count(), owned.count(), "{limit}");
                assert_eq!(borrowed.scanned_count(), owned.scanned_count(), "{limit}");
                assert_eq!(borrowed.next(), owned.next(), "{limit}");
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_without_rows_may_have_a_next_one() {
    both_ways(async |db| {
        fill(&db).await?;
        let page = Orders::query("usr_1")
            .filter(|o| o.total().eq(11))
            .page_size(4)
            .select_borrowed::<Row<'_>>()
            .execute(&db)
            .await?;
        assert!(page.is_empty() && page.next().is_some());
        assert!(page.rows().next().is_none());
        let page = Orders::query("nobody").select_borrowed::<Row<'_>>();
        let page = page.execute(&db).await?;
        assert!(page.is_empty() && page.next().is_none());
        assert!(page.rows().next().is_none());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn pages_are_read_as_they_are_wanted() {
    both_ways(async |db| {
        fill(&db).await?;
        for ahead in [false, true] {
            let mut query = Orders::query("usr_1").page_size(5);
            if ahead {
                query = query.prefetch();
            }
            let mut pages = query.select_borrowed::<Row<'_>>().pages(&db);
            let (mut sizes, mut totals) = (Vec::new(), Vec::new());
            while let Some(page) = pages.next().await {
                let page = page?;
                sizes.push(page.len());
                for row in page.rows() {
                    totals.push(row?.total);
                }
            }
            assert_eq!(sizes, [5, 5, 2]);
            assert_eq!(totals, (0..12).collect::<Vec<_>>());
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_str_that_cannot_be_borrowed_says_what_can() {
    #[derive(Debug, Deserialize, Projection)]
    #[projection(of = Orders)]
    #[expect(dead_code, reason = "only whether it reads matters")]
    struct Plain<'a> {
        order_id: &'a str,
        #[serde(borrow)]
        description: Option<&'a str>,
    }
    both_ways(async |db| {
        fill(&db).await?;
        let page = Orders::query("usr_1").select_borrowed::<Plain<'_>>();
        let page = page.execute(&db).await?;
        let mut rows = page.rows();
        assert!(matches!(rows.next(), Some(Ok(_))));
        let Some(Err(Error::Decode(e))) = rows.next() else {
            panic!("it borrows what has escapes");
        };
        assert_eq!(e.path(), "description");
        assert!(
            e.to_string().contains("`Cow<str>` with `#[serde(borrow)]`"),
            "{e}"
        );
        // A row that does not read is one: the next ones do.
        assert_eq!(rows.count(), 10);
        Ok(())
    })
    .await;
}

#[test]
fn the_request_asks_for_the_fields() -> Result<(), Error> {
    let explained = Orders::by_status()
        .query(Status::Pending)
        .select_borrowed::<Sum<'_>>();
    let explained = explained.explain()?.to_string();
    assert!(explained.contains("#created_at, #total"), "{explained}");
    Ok(())
}
