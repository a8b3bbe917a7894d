//! Put and delete, and what they return.

use super::{six, with_orders};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Orders, order};

#[tokio::test]
async fn a_put_creates_and_then_replaces_the_whole_item() {
    check(async |db| {
        with_orders(&db, &[]).await?;
        let first = Orders {
            description: Some("gone after the second put".into()),
            ..order("usr_1", "ord_1")
        };
        Orders::put(&first).execute(&db).await?;
        let second = order("usr_1", "ord_1");
        Orders::put(&second).execute(&db).await?;
        assert_eq!(Orders::get(&second).execute(&db).await?, Some(second));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_put_returns_the_item_that_it_replaced() {
    check(async |db| {
        with_orders(&db, &[]).await?;
        let first = order("usr_1", "ord_1");
        let old = Orders::put(&first).return_old().execute(&db).await?;
        assert_eq!(old, None);
        let second = Orders {
            total: 7,
            ..first.clone()
        };
        let old = Orders::put(&second).return_old().execute(&db).await?;
        assert_eq!(old, Some(first));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_delete_removes_the_item_and_only_that() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        Orders::delete(("usr_1", "ord_1")).execute(&db).await?;
        let left = Orders::query("usr_1").fetch_all(&db).await?;
        assert_eq!(left, &six()[1..5]);
        Orders::delete(("usr_1", "ord_1")).execute(&db).await?; // no error
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_delete_returns_the_item_that_it_deleted() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let delete = Orders::delete(("usr_1", "ord_1")).return_old();
        let old = delete.clone().execute(&db).await?;
        assert_eq!(old.as_ref(), six().first());
        assert_eq!(delete.execute(&db).await?, None);
        Ok(())
    })
    .await;
}
