//! Pagination, by hand and by itself.

use super::{six, with_orders};
use dkmio::{Cursor, Error};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Orders, Status};

#[tokio::test]
async fn a_second_page_begins_where_the_first_ended() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1").limit(3);
        let first = query.clone().execute(&db).await?;
        assert_eq!(first.items(), &six()[..3]);
        let cursor = first.next().cloned();
        let second = query.start_from(cursor).execute(&db).await?;
        assert_eq!(second.items(), &six()[3..5]);
        assert!(second.next().is_none());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_cursor_goes_through_its_token() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let mut token: Option<String> = None;
        let mut totals = Vec::new();
        loop {
            let start = token.as_deref().map(str::parse::<Cursor>).transpose()?;
            let query = Orders::query("usr_1").page_size(2).start_from(start);
            let page = query.execute(&db).await?;
            totals.extend(page.iter().map(|o| o.total));
            let Some(cursor) = page.next() else { break };
            token = Some(cursor.to_string());
        }
        assert_eq!(totals, [10, 20, 30, 40, 50]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn fetch_all_reads_every_page() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let all = Orders::query("usr_1").page_size(2).fetch_all(&db).await?;
        assert_eq!(all, &six()[..5]);
        assert_eq!(Orders::scan().page_size(1).fetch_all(&db).await?.len(), 6);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn fetch_all_stops_at_the_limit() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1").page_size(2);
        assert_eq!(query.clone().limit(3).fetch_all(&db).await?, &six()[..3]);
        assert_eq!(query.clone().limit(99).fetch_all(&db).await?.len(), 5);
        let nothing = query.limit(0).fetch_all(&db).await;
        assert!(matches!(nothing, Err(Error::Validation(_))));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn count_adds_up_all_pages() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1").filter(|o| o.status().eq(Status::Pending));
        assert_eq!(query.clone().count(&db).await?, 3);
        assert_eq!(query.page_size(1).limit(1).count(&db).await?, 3);
        assert_eq!(Orders::query("usr_9").count(&db).await?, 0);
        assert_eq!(Orders::scan().select(|o| o.total()).count(&db).await?, 6);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn first_is_the_first_item() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1");
        assert_eq!(query.clone().first(&db).await?, Some(six()[0].clone()));
        let last = query.descending().first(&db).await?;
        assert_eq!(last, Some(six()[4].clone()));
        assert_eq!(Orders::query("usr_9").first(&db).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn streams_yield_items_and_pages() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1").page_size(2);
        let mut items = query.clone().stream(&db);
        let mut totals = Vec::new();
        while let Some(order) = items.next().await {
            totals.push(order?.total);
        }
        assert_eq!(totals, [10, 20, 30, 40, 50]);
        let mut pages = query.limit(3).pages(&db);
        let mut lengths = Vec::new();
        while let Some(page) = pages.next().await {
            lengths.push(page?.len());
        }
        assert_eq!(lengths, [2, 1]);
        Ok(())
    })
    .await;
}
