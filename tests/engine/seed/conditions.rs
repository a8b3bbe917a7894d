//! Conditional writes, with AND, OR and both.

use super::{six, with_orders};
use dkmio::{Condition, Error};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Orders, Status, order};

fn failed<T: std::fmt::Debug>(result: Result<T, Error>) -> bool {
    match result {
        Err(Error::ConditionFailed(_)) => true,
        Ok(_) => false,
        Err(e) => panic!("{e:?}"),
    }
}

#[tokio::test]
async fn a_put_that_needs_a_new_key_fails_the_second_time() {
    check(async |db| {
        with_orders(&db, &[]).await?;
        let order = order("usr_1", "ord_1");
        let put = Orders::put(&order).if_not_exists();
        assert!(!failed(put.clone().execute(&db).await));
        let again = put.execute(&db).await.unwrap_err();
        assert_eq!(again.code(), Some("ConditionalCheckFailedException"));
        assert!(matches!(again, Error::ConditionFailed(_)));
        assert!(!again.is_retryable() && !again.is_ambiguous());
        let by_key = Orders::put(&order).condition(|o| o.user_id().not_exists());
        assert!(failed(by_key.execute(&db).await));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_update_happens_only_if_its_condition_holds() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let ship = |from| {
            Orders::update(("usr_1", "ord_1"))
                .set(|o| o.status(), Status::Shipped)
                .condition(move |o| o.status().eq(from))
        };
        assert!(failed(ship(Status::Draft).execute(&db).await));
        let untouched = Orders::get(("usr_1", "ord_1")).execute(&db).await?;
        assert_eq!(untouched.as_ref(), six().first());
        assert!(!failed(ship(Status::Pending).execute(&db).await));
        assert!(failed(ship(Status::Pending).execute(&db).await));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_delete_happens_only_if_its_condition_holds() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let delete = Orders::delete(("usr_1", "ord_1"));
        let cancelled = delete
            .clone()
            .condition(|o| o.status().eq(Status::Cancelled));
        assert!(failed(cancelled.execute(&db).await));
        assert_eq!(Orders::query("usr_1").count(&db).await?, 5);
        let pending = delete.condition(|o| o.status().eq(Status::Pending));
        assert!(!failed(pending.execute(&db).await));
        assert_eq!(Orders::query("usr_1").count(&db).await?, 4);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_update_that_must_not_create_says_so_by_its_key() {
    check(async |db| {
        with_orders(&db, &[]).await?;
        let update = Orders::update(("usr_1", "ord_1"))
            .set(|o| o.total(), 1)
            .condition(|o| o.order_id().exists());
        assert!(failed(update.execute(&db).await));
        assert_eq!(Orders::scan().count(&db).await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn conditions_join_with_and_when_called_again() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        // ord_1: total 10, pending.
        for (total, status, holds) in [
            (10, Status::Pending, true),
            (10, Status::Draft, false),
            (11, Status::Pending, false),
            (11, Status::Draft, false),
        ] {
            let put = Orders::put(&six()[0])
                .condition(|o| o.total().eq(total))
                .condition(|o| o.status().eq(status));
            assert_eq!(!failed(put.execute(&db).await), holds);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn any_of_several_conditions_is_enough() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        for (one, other, holds) in [
            (Status::Pending, Status::Draft, true),
            (Status::Draft, Status::Pending, true),
            (Status::Draft, Status::Shipped, false),
        ] {
            let update = Orders::update(("usr_1", "ord_1"))
                .add(|o| o.items_count(), 1)
                .condition(|o| o.status().eq(one) | o.status().eq(other));
            assert_eq!(!failed(update.execute(&db).await), holds);
            let delete = Orders::delete(("usr_9", "ord_1"))
                .condition(|o| Condition::any([o.status().eq(one), o.status().eq(other)]));
            assert!(failed(delete.execute(&db).await), "there is no such item");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn and_and_or_combine() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        // (total = t) AND (status = PENDING OR status = s), of an item with 10 and PENDING.
        for (total, wanted, holds) in [
            (10, [Status::Pending, Status::Draft], true),
            (10, [Status::Shipped, Status::Draft], false),
            (11, [Status::Pending, Status::Draft], false),
        ] {
            let update = Orders::update(("usr_1", "ord_1"))
                .set(|o| o.items_count(), 2)
                .condition(|o| o.total().eq(total))
                .condition(|o| Condition::any(wanted.map(|status| o.status().eq(status))));
            assert_eq!(!failed(update.execute(&db).await), holds);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_current_item_comes_with_the_failure_when_asked_for() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let put = Orders::put(&six()[0]).if_not_exists();
        let Err(Error::ConditionFailed(e)) = put.clone().execute(&db).await else {
            panic!("the item is there");
        };
        assert!(e.raw_item().is_none());
        let update = Orders::update(("usr_1", "ord_2"))
            .set(|o| o.total(), 0)
            .condition(|o| o.total().eq(0))
            .return_old_on_failure();
        let delete = Orders::delete(("usr_1", "ord_1"))
            .condition(|o| o.total().eq(0))
            .return_old_on_failure();
        for (result, n) in [
            (put.return_old_on_failure().execute(&db).await, 0),
            (update.execute(&db).await, 1),
            (delete.execute(&db).await, 0),
        ] {
            let Err(Error::ConditionFailed(e)) = result else {
                panic!("the condition does not hold");
            };
            assert_eq!(e.item::<Orders>()?.as_ref(), six().get(n));
        }
        Ok(())
    })
    .await;
}
