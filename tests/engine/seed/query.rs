//! Query with every option, on the table.

use super::{six, with_orders};
use dkmio::{ConsumedCapacity, Cursor, Page};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Orders, Status};

#[tokio::test]
async fn a_query_yields_the_items_of_one_partition_in_order() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let page = Orders::query("usr_1").execute(&db).await?;
        assert_eq!(page.items(), &six()[..5]);
        assert_eq!(Orders::query("usr_9").execute(&db).await?.len(), 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_iterates_indexes_and_counts() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1").filter(|o| o.total().gt(20));
        let page = query.execute(&db).await?;
        let totals: Vec<u64> = (&page).into_iter().map(|o| o.total).collect();
        assert_eq!(totals, [30, 40, 50]);
        assert_eq!(page.iter().map(|o| o.total).sum::<u64>(), 120);
        assert_eq!((page[0].total, page.len(), page.is_empty()), (30, 3, false));
        assert_eq!((page.count(), page.scanned_count()), (3, 5));
        assert!(page.next().is_none());
        assert_eq!(page.into_iter().count(), 3);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn options_chain_in_any_order() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let none: Option<Cursor> = None;
        let one = Orders::query("usr_1")
            .sk(|k| k.ge("ord_2"))
            .filter(|o| o.total().gt(10))
            .select(|o| (o.total(), o.status()))
            .limit(2)
            .descending()
            .consistent()
            .page_size(1)
            .start_from(none.clone());
        let other = Orders::query("usr_1")
            .start_from(none)
            .page_size(1)
            .consistent()
            .descending()
            .limit(2)
            .select(|o| (o.total(), o.status()))
            .filter(|o| o.total().gt(10))
            .sk(|k| k.ge("ord_2"));
        let expected = [(50, Status::Pending), (40, Status::Shipped)];
        assert_eq!(one.execute(&db).await?.items(), &expected);
        assert_eq!(other.execute(&db).await?.items(), &expected);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn filters_called_again_join_with_and() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1")
            .filter(|o| o.status().eq(Status::Shipped) | o.total().eq(10))
            .filter(|o| o.total().lt(40))
            .select(|o| o.total());
        assert_eq!(query.execute(&db).await?.items(), &[10, 20]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn select_reads_only_what_it_names() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let page = Orders::query("usr_1").select(|o| (o.total(), o.status()));
        let raw = page.clone().raw().execute(&db).await?;
        assert!(raw.iter().all(|item| item.len() == 2));
        assert_eq!(page.execute(&db).await?[1], (20, Status::Shipped));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn limit_is_items_returned_and_page_size_items_evaluated() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1").filter(|o| o.total().ge(30));
        let page = query.clone().limit(2).execute(&db).await?;
        assert_eq!(page.iter().map(|o| o.total).collect::<Vec<_>>(), [30, 40]);
        assert!(page.next().is_some());
        let page = query.page_size(2).execute(&db).await?;
        assert_eq!((page.len(), page.scanned_count()), (0, 2));
        assert!(page.next().is_some());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn descending_reads_the_sort_key_backwards() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let mut expected = six()[..5].to_vec();
        expected.reverse();
        let page = Orders::query("usr_1").descending().execute(&db).await?;
        assert_eq!(page.items(), expected);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_consistent_query_reads_the_same_at_twice_the_capacity() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Orders::query("usr_1").return_consumed_capacity();
        let loose = query.clone().execute(&db).await?;
        let strict = query.consistent().execute(&db).await?;
        assert_eq!(loose.items(), strict.items());
        let units = |page: &Page<Orders>| page.consumed_capacity().map(ConsumedCapacity::total);
        let (loose, strict) = (units(&loose), units(&strict));
        assert_eq!(loose.map(|units| units * 2.0), strict);
        assert!(strict.is_some());
        Ok(())
    })
    .await;
}
