//! Scan.

use super::{six, with_orders};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Orders, Status};
use std::collections::BTreeSet;

#[tokio::test]
async fn a_scan_yields_every_item() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let page = Orders::scan().execute(&db).await?;
        let ids: BTreeSet<_> = page.iter().map(|o| o.order_id.as_str()).collect();
        assert_eq!((page.len(), ids.len()), (6, 6));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_filtered_scan_is_limited_by_what_it_returns() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let scan = Orders::scan().filter(|o| o.status().eq(Status::Pending));
        assert_eq!(scan.clone().execute(&db).await?.len(), 4);
        assert_eq!(scan.clone().limit(50).execute(&db).await?.len(), 4);
        assert_eq!(scan.limit(3).page_size(1).execute(&db).await?.len(), 3);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_scan_can_be_filtered_by_keys() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let scan = Orders::scan().filter(|o| o.user_id().eq("usr_2") & o.order_id().ge("ord_9"));
        assert_eq!(scan.execute(&db).await?.items(), &six()[5..]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_scan_selects_attributes() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let scan = Orders::scan().select(|o| (o.user_id(), o.order_id()));
        let mut ids = scan.consistent().execute(&db).await?.into_items();
        ids.sort();
        assert_eq!(ids[0], ("usr_1".to_owned(), "ord_1".to_owned()));
        assert_eq!(ids.len(), 6);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_is_scanned_too() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let scan = Orders::by_status()
            .scan()
            .filter(|o| o.status().ne(Status::Pending));
        let mut totals: Vec<u64> = scan.select(|o| o.total()).fetch_all(&db).await?;
        totals.sort_unstable();
        assert_eq!(totals, [20, 40]);
        assert_eq!(Orders::by_amount().scan().count(&db).await?, 6);
        Ok(())
    })
    .await;
}
