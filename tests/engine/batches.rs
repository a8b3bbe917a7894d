//! Batch gets and batch writes.

use dkmio::{DynamoDb, DynamoTable, Error, Projection};
use dkmio_tests::customers::{Customers, user};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, Status, order};
use serde::{Deserialize, Serialize};

async fn create(db: &DynamoDb) -> Result<(), Error> {
    Database::create::<Orders>(db).await?;
    Database::create::<Customers>(db).await
}

fn orders(count: usize) -> Vec<Orders> {
    (0..count)
        .map(|at| {
            let mut order = order("usr_1", &format!("ord_{at}"));
            order.total = at as u64;
            order
        })
        .collect()
}

async fn fill(db: &DynamoDb, count: usize) -> Result<(), Error> {
    create(db).await?;
    let orders = orders(count);
    Orders::batch_write().put_all(&orders).execute(db).await
}

#[tokio::test]
async fn items_that_an_iterator_makes_are_put() {
    check(async |db| {
        create(&db).await?;
        let owned = orders(60).into_iter().skip(20);
        let borrowed = orders(20);
        let batch = Orders::batch_write().put_all(owned).put_all(&borrowed);
        batch.execute(&db).await?;
        assert_eq!(Orders::query("usr_1").count(&db).await?, 60);
        Ok(())
    })
    .await;
}

fn key(at: usize) -> (&'static str, String) {
    ("usr_1", format!("ord_{at}"))
}

#[tokio::test]
async fn items_come_in_the_order_asked_with_none_for_what_is_not_there() {
    check(async |db| {
        fill(&db, 250).await?;
        let all = orders(250);
        // A walk over 300 places in disorder: 7 and 300 have no common factor.
        let places: Vec<usize> = (0..300).map(|at| at * 7 % 300).collect();
        let got = Orders::batch_get(places.iter().map(|&at| key(at)))
            .execute(&db)
            .await?;
        let expected: Vec<_> = places.iter().map(|&at| all.get(at).cloned()).collect();
        assert_eq!(got, expected);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_same_key_is_answered_at_each_place() {
    check(async |db| {
        fill(&db, 2).await?;
        let got = Orders::batch_get([1, 1, 0, 5, 1, 5].map(key))
            .select(|o| o.total())
            .execute(&db)
            .await?;
        assert_eq!(got, [Some(1), Some(1), Some(0), None, Some(1), None]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_selection_hands_out_no_keys() {
    check(async |db| {
        #[derive(Debug, PartialEq, Serialize, Deserialize, Projection)]
        #[projection(of = Orders)]
        #[serde(deny_unknown_fields)]
        struct Sum {
            total: u64,
            status: Status,
        }
        fill(&db, 3).await?;
        let got: Vec<Option<Sum>> = Orders::batch_get([2, 9].map(key))
            .select_as::<Sum>()
            .execute(&db)
            .await?;
        let sum = Sum {
            total: 2,
            status: Status::Pending,
        };
        assert_eq!(got, [Some(sum), None]);
        let ids = Orders::batch_get([2, 9].map(key))
            .select(|o| (o.order_id(), o.region()))
            .consistent()
            .execute(&db)
            .await?;
        assert_eq!(ids, [Some(("ord_2".to_owned(), None)), None]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_batch_is_nothing() {
    check(async |db| {
        create(&db).await?;
        let got = Orders::batch_get(Vec::<(String, String)>::new())
            .execute(&db)
            .await?;
        assert_eq!(got, []);
        Orders::batch_write().execute(&db).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn several_tables_are_read_and_written_in_one_batch() {
    check(async |db| {
        create(&db).await?;
        let mut batch = dkmio::batch_write();
        let (orders, users): (_, Vec<Customers>) = (
            orders(70),
            (0..70).map(|at| user(&format!("usr_{at}"))).collect(),
        );
        for (order, user) in orders.iter().zip(&users) {
            batch = batch.add(Orders::put(order)).add(Customers::put(user));
        }
        batch.execute(&db).await?;
        let ids: Vec<String> = (0..72).rev().map(|at| format!("usr_{at}")).collect();
        let (got_orders, got_users, names) = dkmio::batch_get((
            Orders::batch_get((0..71).map(key)),
            Customers::batch_get(ids.clone()),
            // The same table in another way: a request reads a table in one.
            Customers::batch_get(["usr_3", "usr_x"]).select(|u| u.name()),
        ))
        .execute(&db)
        .await?;
        assert_eq!(got_orders.len(), 71);
        assert_eq!(got_orders[70], None);
        assert!(got_orders.into_iter().flatten().eq(orders));
        assert_eq!((&got_users[0], &got_users[1]), (&None, &None));
        assert!(got_users.into_iter().flatten().eq(users.into_iter().rev()));
        assert_eq!(names, [Some("the name of usr_3".to_owned()), None]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn numbers_and_bytes_are_keys_too() {
    check(async |db| {
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = "readings")]
        struct Readings {
            #[pk]
            sensor: dkmio::Bytes,
            #[sk]
            at: u64,
            value: f64,
        }
        db.create_table::<Readings>().await?;
        let all: Vec<Readings> = (0..120)
            .map(|at| Readings {
                sensor: dkmio::Bytes::from(vec![0, 255, (at % 3) as u8]),
                // 38 digits at most, and trailing zeros that DynamoDB does not keep.
                at: at * 100_000_000_000,
                value: at as f64 / 8.0,
            })
            .collect();
        Readings::batch_write().put_all(&all).execute(&db).await?;
        let keys = all.iter().map(|r| (r.sensor.clone(), r.at));
        let got = Readings::batch_get(keys).execute(&db).await?;
        assert!(got.into_iter().eq(all.into_iter().map(Some)));
        Ok(())
    })
    .await;
}

/// Two models of one table each read their own.
#[tokio::test]
async fn two_models_of_one_table_are_read_in_one_batch() {
    check(async |db| {
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = "customers")]
        struct Visits {
            #[pk]
            id: String,
            visits: u64,
        }
        create(&db).await?;
        let users = ["usr_1", "usr_2"].map(user);
        Customers::batch_write()
            .put_all(&users)
            .execute(&db)
            .await?;
        let (got, visits) = dkmio::batch_get((
            Customers::batch_get(["usr_1"]),
            Visits::batch_get(["usr_1", "usr_2", "usr_3"]),
        ))
        .execute(&db)
        .await?;
        assert_eq!(got, [Some(users[0].clone())]);
        let visits: Vec<_> = visits.into_iter().map(|v| v.map(|v| v.visits)).collect();
        assert_eq!(visits, [Some(1), Some(1), None]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn puts_and_deletes_are_done_together() {
    check(async |db| {
        fill(&db, 60).await?;
        let new = order("usr_2", "ord_0");
        Orders::batch_write()
            .delete_all((0..50).map(key))
            .put(&new)
            .execute(&db)
            .await?;
        assert_eq!(Orders::query("usr_1").count(&db).await?, 10);
        let got = Orders::get(("usr_2", "ord_0")).execute(&db).await?;
        assert_eq!(got, Some(new));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn large_items_fit_in_a_batch() {
    check(async |db| {
        create(&db).await?;
        let mut all = orders(40);
        for order in &mut all {
            order.description = Some("x".repeat(390 * 1024));
        }
        // 15 MB of items, more than an answer has room for: DynamoDB leaves keys unprocessed.
        Orders::batch_write().put_all(&all).execute(&db).await?;
        let got = Orders::batch_get((0..40).map(key)).execute(&db).await?;
        assert!(got.into_iter().eq(all.into_iter().map(Some)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_table_is_an_error() {
    check(async |db| {
        let error = Orders::batch_get([key(1)]).execute(&db).await.unwrap_err();
        assert!(matches!(error, Error::TableNotFound(_)), "{error}");
        let error = Orders::batch_write()
            .delete(key(1))
            .execute(&db)
            .await
            .unwrap_err();
        assert!(matches!(error, Error::TableNotFound(_)), "{error}");
        Ok(())
    })
    .await;
}

/// Two tables of the models can be one table of the connection.
#[tokio::test]
async fn tables_that_share_a_name_lose_nothing() {
    check(async |plain| {
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = "guests")]
        struct Guests {
            #[pk]
            id: String,
            room: u64,
        }
        create(&plain).await?;
        let customers = plain.table_name("customers");
        let db = DynamoDb::builder()
            .client(plain.client().await?)
            .table_override("customers", &customers)
            .table_override("guests", &customers)
            .build();
        let guest = Guests {
            id: "gst_1".to_owned(),
            room: 7,
        };
        dkmio::batch_write()
            .add(Customers::put(&user("usr_1")))
            .add(Guests::put(&guest))
            .execute(&db)
            .await?;
        let there = Customers::scan().raw().fetch_all(&db).await?;
        assert_eq!(there.len(), 2, "a write is lost");
        let (users, guests) = dkmio::batch_get((
            Customers::batch_get(["usr_1"]),
            Guests::batch_get(["gst_1"]),
        ))
        .execute(&db)
        .await?;
        assert_eq!(
            (users, guests),
            (vec![Some(user("usr_1"))], vec![Some(guest)])
        );
        Ok(())
    })
    .await;
}
