//! Pages that a filter empties, counts, and what is never done implicitly.

use dkmio::{DynamoDb, DynamoTable, Error};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Orders, order};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "hay")]
struct Hay {
    #[pk]
    stack: u8,
    #[sk]
    n: u32,
    needle: bool,
    blob: String,
}

/// Twenty stalks, the eighteenth of which is the needle.
async fn with_hay(db: &DynamoDb, size: usize) -> Result<(), Error> {
    db.create_table::<Hay>().await?;
    for n in 0..20 {
        let hay = Hay {
            stack: 1,
            n,
            needle: n == 17,
            blob: "x".repeat(size),
        };
        Hay::put(&hay).execute(db).await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_empty_page_has_a_cursor_when_there_is_more_to_read() {
    check(async |db| {
        with_hay(&db, 1).await?;
        let query = Hay::query(1).filter(|h| h.needle().eq(true)).page_size(5);
        let mut page = query.clone().execute(&db).await?;
        let (mut empty, mut found) = (0, Vec::new());
        loop {
            empty += usize::from(page.is_empty() && page.next().is_some());
            found.extend(page.iter().map(|h| h.n));
            let Some(cursor) = page.next().cloned() else {
                break;
            };
            page = query.clone().start_from(cursor).execute(&db).await?;
        }
        assert_eq!((empty >= 3, found), (true, vec![17]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_gives_its_items_and_cursors_away() {
    check(async |db| {
        with_hay(&db, 1).await?;
        let query = || Hay::query(1).limit(5);
        let (first, next, prev) = query().execute(&db).await?.into_parts();
        assert_eq!((first.len(), prev), (5, None));
        let second = query().start_from(next).execute(&db).await?;
        let (items, next, prev) = second.into_parts();
        assert_eq!(
            items.iter().map(|h| h.n).collect::<Vec<_>>(),
            [5, 6, 7, 8, 9]
        );
        assert!(next.is_some());
        let before = query().start_from(prev).execute(&db).await?;
        assert_eq!(before.into_items(), first);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn first_and_limit_read_on_over_empty_pages() {
    check(async |db| {
        with_hay(&db, 1).await?;
        for size in [1, 2, 7, 100] {
            let query = Hay::query(1)
                .filter(|h| h.needle().eq(true))
                .page_size(size);
            let first = query.clone().select(|h| h.n()).first(&db).await?;
            assert_eq!(first, Some(17));
            let page = query.clone().limit(1).execute(&db).await?;
            assert_eq!((page.len(), page[0].n), (1, 17));
            let nothing = query.filter(|h| h.blob().eq("y")).first(&db).await?;
            assert_eq!(nothing, None);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn pages_are_cut_by_dynamodb_at_a_megabyte() {
    check(async |db| {
        with_hay(&db, 100_000).await?; // 2 MB
        let page = Hay::query(1).execute(&db).await?;
        assert!(page.len() < 20 && page.next().is_some());
        assert_eq!(Hay::query(1).count(&db).await?, 20);
        assert_eq!(Hay::scan().count(&db).await?, 20);
        assert_eq!(Hay::query(1).fetch_all(&db).await?.len(), 20);
        assert_eq!(Hay::query(1).limit(15).execute(&db).await?.len(), 15);
        let needle = Hay::query(1).filter(|h| h.needle().eq(true));
        assert_eq!(needle.clone().execute(&db).await?.len(), 0);
        assert_eq!(needle.clone().count(&db).await?, 1);
        assert_eq!(needle.first(&db).await?.map(|h| h.n), Some(17));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_count_ignores_selection_page_size_and_limit() {
    check(async |db| {
        with_hay(&db, 1).await?;
        let query = Hay::query(1).page_size(3).limit(2);
        assert_eq!(query.clone().count(&db).await?, 20);
        assert_eq!(query.clone().select(|h| h.blob()).count(&db).await?, 20);
        assert_eq!(query.clone().sk(|k| k.lt(5)).count(&db).await?, 5);
        assert_eq!(query.filter(|h| h.needle().eq(false)).count(&db).await?, 19);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_size_or_limit_of_nothing_is_refused() {
    check(async |db| {
        let error = Hay::query(1).limit(0).execute(&db).await;
        super::refused(error, super::is_validation);
        let error = Hay::scan().limit(0).first(&db).await;
        super::refused(error, super::is_validation);
        let error = Hay::query(1).page_size(0).execute(&db).await;
        super::refused(error, super::is_validation);
        let error = Hay::scan().page_size(0).execute(&db).await;
        super::refused(error, super::is_validation);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn no_verb_creates_a_table() {
    check(async |db| {
        let order = order("usr_1", "ord_1");
        for _ in 0..2 {
            let put = Orders::put(&order).execute(&db).await;
            assert!(matches!(put, Err(Error::TableNotFound(_))));
        }
        let client = db.client().await?;
        let described = client.describe_table().table_name(db.table_name("orders"));
        assert!(described.send().await.is_err());
        Ok(())
    })
    .await;
}
