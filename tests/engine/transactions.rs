//! Write and read transactions.

use dkmio::error::CancellationReason;
use dkmio::{DynamoDb, Error};
use dkmio_tests::customers::{Customers, user};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, Status, order};

async fn fill(db: &DynamoDb) -> Result<(), Error> {
    Database::create::<Orders>(db).await?;
    Database::create::<Customers>(db).await?;
    for id in ["usr_1", "usr_2"] {
        Customers::put(&user(id)).execute(db).await?;
    }
    for id in ["ord_1", "ord_2", "ord_3"] {
        Orders::put(&order("usr_1", id)).execute(db).await?;
    }
    Ok(())
}

async fn canceled(db: &DynamoDb, transaction: dkmio::TransactWrite) -> Vec<CancellationReason> {
    let before = Orders::scan().fetch_all(db).await.unwrap();
    match transaction.execute(db).await {
        Err(Error::TransactionCanceled(e)) => {
            let after = Orders::scan().fetch_all(db).await.unwrap();
            assert_eq!(before, after, "something was written");
            e.reasons().to_vec()
        }
        other => panic!("not canceled, but {other:?}"),
    }
}

#[tokio::test]
async fn every_kind_of_member_is_done() {
    check(async |db| {
        fill(&db).await?;
        dkmio::transact_write()
            .add(Orders::put(&order("usr_1", "ord_9")).if_not_exists())
            .add(
                Orders::update(("usr_1", "ord_1"))
                    .set(|o| o.status(), Status::Shipped)
                    .condition(|o| o.status().eq(Status::Pending)),
            )
            .add(Orders::delete(("usr_1", "ord_2")).condition(|o| o.total().eq(100)))
            .add(Customers::condition_check("usr_1", |u| u.visits().eq(1)))
            .add(Customers::put(&user("usr_9")))
            .execute(&db)
            .await?;
        let (new, changed, gone, user) = dkmio::transact_get((
            Orders::get(("usr_1", "ord_9")).select(|o| o.order_id()),
            Orders::get(("usr_1", "ord_1")),
            Orders::get(("usr_1", "ord_2")),
            Customers::get("usr_9").select(|u| (u.id(), u.visits())),
        ))
        .execute(&db)
        .await?;
        assert_eq!(new.as_deref(), Some("ord_9"));
        assert_eq!(changed.unwrap().status, Status::Shipped);
        assert_eq!(gone, None);
        assert_eq!(user, Some(("usr_9".to_owned(), 1)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn reasons_come_in_the_order_of_the_members_with_their_items() {
    check(async |db| {
        fill(&db).await?;
        let failing = |id| {
            Orders::update(("usr_1", id))
                .set(|o| o.total(), 1)
                .condition(|o| o.status().eq(Status::Shipped))
        };
        let reasons = canceled(
            &db,
            dkmio::transact_write()
                .add(Orders::delete(("usr_1", "ord_1")))
                .add(failing("ord_2"))
                .add(failing("ord_3").return_old_on_failure())
                .add(
                    Orders::put(&order("usr_1", "ord_4"))
                        .condition(|o| o.total().eq(1))
                        .return_old_on_failure(),
                )
                .add(
                    Customers::condition_check("usr_2", |u| u.visits().gt(5))
                        .return_old_on_failure(),
                ),
        )
        .await;
        assert_eq!(reasons.len(), 5);
        assert!(matches!(reasons[0], CancellationReason::None));
        assert!(matches!(
            reasons[1],
            CancellationReason::ConditionFailed(None)
        ));
        let item: Option<Orders> = reasons[2].item().unwrap();
        assert_eq!(item, Some(order("usr_1", "ord_3")));
        // There is no such item.
        assert!(matches!(
            reasons[3],
            CancellationReason::ConditionFailed(None)
        ));
        assert_eq!(reasons[4].item::<Customers>().unwrap(), Some(user("usr_2")));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_canceled_member_is_told_by_its_label_its_table_and_what_it_does() {
    check(async |db| {
        fill(&db).await?;
        let transaction = dkmio::transact_write()
            .add(Customers::delete("usr_1"))
            .add(Orders::put(&order("usr_1", "ord_1")).if_not_exists())
            .label("create")
            .add(Orders::update(("usr_1", "ord_2")).set(|o| o.total(), 1))
            .label("charge")
            .add(Customers::condition_check("usr_2", |u| u.visits().gt(5)));
        let error = transaction.execute(&db).await.unwrap_err();
        let Error::TransactionCanceled(e) = &error else {
            panic!("{error:?}");
        };
        let failed: Vec<_> = e
            .members()
            .filter(|member| member.reason().is_condition_failed())
            .map(|member| (member.index(), member.label(), member.operation()))
            .collect();
        assert_eq!(
            failed,
            [(1, Some("create"), "Put"), (3, None, "ConditionCheck")]
        );
        let create = e.member("create").unwrap();
        assert_eq!(create.table(), db.table_name("orders"));
        assert!(e.member("charge").unwrap().reason().is_none());
        assert_eq!(e.member("charge").unwrap().operation(), "Update");
        assert!(e.member("other").is_none());
        assert_eq!(e.members().count(), 4);
        Ok(())
    })
    .await;
}

/// Each kind alone, in the midst of others that hold.
#[tokio::test]
async fn each_kind_of_member_can_be_the_reason() {
    check(async |db| {
        fill(&db).await?;
        let key = ("usr_1", "ord_1");
        let begun = || dkmio::transact_write().add(Customers::delete("usr_1"));
        let transactions = [
            begun().add(Orders::put(&order("usr_1", "ord_1")).if_not_exists()),
            begun().add(
                Orders::update(key)
                    .set(|o| o.total(), 1)
                    .condition(|o| o.total().eq(1)),
            ),
            begun().add(Orders::delete(key).condition(|o| o.total().eq(1))),
            begun().add(Orders::condition_check(key, |o| o.total().eq(1))),
        ];
        for transaction in transactions {
            let reasons = canceled(&db, transaction.add(Customers::delete("usr_2"))).await;
            assert_eq!(reasons.len(), 3);
            assert!(matches!(reasons[0], CancellationReason::None));
            assert!(matches!(reasons[1], CancellationReason::ConditionFailed(_)));
            assert!(matches!(reasons[2], CancellationReason::None));
        }
        assert_eq!(Customers::scan().count(&db).await?, 2);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_hundred_members_are_done() {
    check(async |db| {
        fill(&db).await?;
        let mut transaction = dkmio::transact_write();
        for at in 0..100 {
            transaction = transaction.add(Customers::put(&user(&format!("new_{at}"))));
        }
        transaction.execute(&db).await?;
        let gets: Vec<_> = (0..100)
            .rev()
            .map(|at| Customers::get(format!("new_{at}")).select(|u| u.id()))
            .collect();
        let got = dkmio::transact_get(gets).execute(&db).await?;
        assert_eq!(got.len(), 100);
        assert_eq!(got[0].as_deref(), Some("new_99"));
        assert_eq!(got[99].as_deref(), Some("new_0"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_list_of_gets_gives_a_list_with_none_for_what_is_not_there() {
    check(async |db| {
        fill(&db).await?;
        let gets = ["usr_2", "usr_x", "usr_1"].map(Customers::get);
        let got = dkmio::transact_get(gets.to_vec()).execute(&db).await?;
        assert_eq!(got, [Some(user("usr_2")), None, Some(user("usr_1"))]);
        let none = dkmio::transact_get(Vec::<dkmio::Get<Customers>>::new())
            .execute(&db)
            .await?;
        assert_eq!(none, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_tuple_of_sixteen_is_read() {
    check(async |db| {
        fill(&db).await?;
        let u = || Customers::get("usr_1").select(|u| u.visits());
        // DynamoDB takes an item once in a transaction.
        let o = |at: usize| Orders::get(("usr_x", format!("ord_{at}")));
        let got = dkmio::transact_get((
            u(),
            o(1),
            o(2),
            o(3),
            o(4),
            o(5),
            o(6),
            o(7),
            o(8),
            o(9),
            o(10),
            o(11),
            o(12),
            o(13),
            o(14),
            Customers::get("usr_2"),
        ))
        .execute(&db)
        .await?;
        assert_eq!((got.0, got.1, got.15), (Some(1), None, Some(user("usr_2"))));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_same_token_is_done_once() {
    check(async |db| {
        fill(&db).await?;
        let visit = || {
            dkmio::transact_write()
                .add(Customers::update("usr_1").add(|u| u.visits(), 1))
                .token("visit-1")
        };
        visit().execute(&db).await?;
        visit().execute(&db).await?;
        let visits = Customers::get("usr_1").execute(&db).await?.unwrap();
        assert_eq!(visits.visits, 2);
        Ok(())
    })
    .await;
}
