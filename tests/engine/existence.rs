//! A failed condition tells whether there was an item.

use dkmio::error::ConditionFailed;
use dkmio::{DynamoDb, Error};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, Status, order};

fn failed<T: std::fmt::Debug>(result: Result<T, Error>) -> ConditionFailed {
    match result {
        Err(Error::ConditionFailed(e)) => e,
        other => panic!("the condition did not fail: {other:?}"),
    }
}

async fn filled(db: &DynamoDb) -> Result<(), Error> {
    Database::create::<Orders>(db).await?;
    Orders::put(&order("usr_1", "ord_1")).execute(db).await
}

#[tokio::test]
async fn a_patch_tells_a_missing_item_from_a_condition_that_failed() {
    check(async |db| {
        filled(&db).await?;
        let patch = |id: &str| {
            Orders::update(("usr_1", id))
                .set(|o| o.total(), 7)
                .if_exists()
        };
        let shipped = |id: &str| patch(id).condition(|o| o.status().eq(Status::Shipped));
        assert!(failed(patch("ghost").execute(&db).await).is_missing());
        assert!(failed(shipped("ghost").execute(&db).await).is_missing());
        let there = failed(shipped("ord_1").execute(&db).await);
        assert!(!there.is_missing());
        assert_eq!(there.item_existed(), Some(true));
        let returning = shipped("ghost").return_new().execute(&db).await;
        assert!(failed(returning).is_missing());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_delete_tells_a_missing_item_from_a_condition_that_failed() {
    check(async |db| {
        filled(&db).await?;
        let delete = |id: &str| Orders::delete(("usr_1", id)).if_exists();
        let shipped = |id: &str| delete(id).condition(|o| o.status().eq(Status::Shipped));
        assert!(failed(delete("ghost").execute(&db).await).is_missing());
        assert!(failed(shipped("ghost").execute(&db).await).is_missing());
        let there = failed(shipped("ord_1").execute(&db).await);
        assert_eq!(there.item_existed(), Some(true));
        delete("ord_1").execute(&db).await
    })
    .await;
}

#[tokio::test]
async fn what_a_condition_does_not_tell_is_not_known() {
    check(async |db| {
        filled(&db).await?;
        let update = Orders::update(("usr_1", "ghost"))
            .set(|o| o.total(), 7)
            .condition(|o| o.status().eq(Status::Shipped));
        let unknown = failed(update.clone().execute(&db).await);
        assert_eq!(
            (unknown.item_existed(), unknown.is_missing()),
            (None, false)
        );
        let asked = failed(update.return_old_on_failure().execute(&db).await);
        assert!(asked.is_missing());
        let put = Orders::put(&order("usr_1", "ord_1")).if_not_exists();
        assert_eq!(failed(put.execute(&db).await).item_existed(), Some(true));
        Ok(())
    })
    .await;
}
