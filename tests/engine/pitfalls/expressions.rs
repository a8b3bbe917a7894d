//! What is split, refused or explained when an expression is made.

use super::{is_invalid_key, is_validation, refused};
use dkmio::{DynamoDb, Error, attr};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Address, LineItem, Orders, order};

async fn with_orders() -> Result<DynamoDb, Error> {
    let db = Database::with::<Orders>().await?;
    for n in 0..6u64 {
        let order = Orders {
            total: n * 50,
            ..order("usr_1", &format!("ord_{n}"))
        };
        Orders::put(&order).execute(&db).await?;
    }
    Ok(db)
}

#[tokio::test]
async fn is_in_takes_more_than_a_hundred_values() {
    check(async |_| {
        let db = with_orders().await?;
        for len in [1, 99, 100, 101, 200, 201, 251] {
            let query = |not: bool| {
                Orders::query("usr_1").filter(move |o| {
                    let among = o.total().is_in(0..len);
                    if not { !among } else { among }
                })
            };
            let expected = (0..6).filter(|n| n * 50 < len).count();
            assert_eq!(query(false).count(&db).await?, expected, "of {len}");
            assert_eq!(query(true).count(&db).await?, 6 - expected, "not of {len}");
        }
        let update = Orders::update(("usr_1", "ord_3"))
            .add(|o| o.items_count(), 1)
            .condition(|o| o.total().is_in(0..151) & o.items_count().eq(0));
        update.execute(&db).await
    })
    .await;
}

#[tokio::test]
async fn between_in_the_wrong_order_is_refused() {
    check(async |db| {
        let query = || Orders::query("usr_1");
        refused(
            query()
                .filter(|o| o.total().between(10, 9))
                .execute(&db)
                .await,
            is_validation,
        );
        refused(
            query()
                .filter(|o| o.created_at().between("b", "a"))
                .execute(&db)
                .await,
            is_validation,
        );
        refused(
            query()
                .filter(|o| o.items().size().between(2, 1))
                .execute(&db)
                .await,
            is_validation,
        );
        refused(
            query()
                .filter(|_| attr("x").between("a", 1))
                .execute(&db)
                .await,
            is_validation,
        );
        refused(
            query().sk(|k| k.between("b", "a")).execute(&db).await,
            is_validation,
        );
        let numbers = Orders::by_amount().query("usr_1").sk(|k| k.between(10, 9));
        refused(numbers.execute(&db).await, is_validation);
        let update = Orders::update(("usr_1", "ord_1"))
            .set(|o| o.total(), 1)
            .condition(|o| !o.total().between(10, 9));
        refused(update.execute(&db).await, is_validation);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn between_orders_numbers_by_value() {
    check(async |_| {
        let db = with_orders().await?;
        let query = |low: i64, high: i64| {
            Orders::query("usr_1").filter(move |_| attr("total").between(low, high))
        };
        assert_eq!(query(9, 100).count(&db).await?, 2); // "9" > "100" as text
        assert_eq!(query(-100, -9).count(&db).await?, 0);
        assert_eq!(query(50, 50).count(&db).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn overlapping_paths_of_an_update_are_refused_by_name() {
    check(async |db| {
        let update = || Orders::update(("usr_1", "ord_1"));
        let overlaps = [
            (
                update()
                    .set(|o| o.address(), Address::default())
                    .remove(|o| o.address().zip()),
                ["`address`", "`address.zip`"],
            ),
            (
                update()
                    .set(|o| o.address().city(), "Lima")
                    .remove(|o| o.address()),
                ["`address.city`", "`address`"],
            ),
            (
                update().set(|o| o.total(), 1).add(|o| o.total(), 1),
                ["`total`", "twice"],
            ),
            (
                update().set(|o| o.total(), 1).set(|_| attr("total"), 2),
                ["`total`", "twice"],
            ),
            (
                update()
                    .append(|o| o.items(), [LineItem::default()])
                    .set(|o| o.items().at(0).qty(), 1),
                ["`items`", "`items[0].qty`"],
            ),
            (
                update()
                    .add(|o| o.tags(), ["a"])
                    .delete(|o| o.tags(), ["b"]),
                ["`tags`", "twice"],
            ),
        ];
        for (update, names) in overlaps {
            let text = refused(update.execute(&db).await, is_validation).to_string();
            for name in names {
                assert!(text.contains(name), "{name} in {text}");
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn neighbouring_paths_do_not_overlap() {
    check(async |_| {
        let db = with_orders().await?;
        let item = LineItem::default;
        let put = Orders {
            address: Some(Address::default()),
            items: vec![item(), item()],
            ..order("usr_1", "ord_1")
        };
        Orders::put(&put).execute(&db).await?;
        let update = Orders::update(&put)
            .set(|o| o.address().city(), "Lima")
            .set(|o| o.address().street(), "Calle 1")
            .set(|o| o.items().at(0).qty(), 1)
            .set(|o| o.items().at(1).qty(), 2)
            .set(|o| o.items().at(0).sku(), "a");
        let new = update.return_new().execute(&db).await?;
        assert_eq!((new.items[0].qty, new.items[1].qty), (1, 2));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_key_attribute_is_not_changed_by_its_name() {
    check(async |db| {
        let update = || Orders::update(("usr_1", "ord_1"));
        for update in [
            update().set(|_| attr("user_id"), "other"),
            update().remove(|_| attr("order_id")),
            update().set_expr(|_| attr("order_id"), |_| attr("status").if_not_exists("x")),
            update().add(|_| attr("user_id"), 1),
            update().set(|_| attr("user_id.deep"), 1),
        ] {
            let error = refused(update.execute(&db).await, is_invalid_key);
            assert!(error.to_string().contains("_id`"), "{error}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_parent_is_named() {
    check(async |_| {
        let db = with_orders().await?;
        let update = || Orders::update(("usr_1", "ord_1"));
        for (update, parent) in [
            (update().set(|o| o.address().city(), "Lima"), "`address`"),
            (update().set(|o| o.items().at(3).qty(), 1), "`items[3]`"),
            (update().set(|_| attr("a.b.c"), 1), "`a.b`"),
        ] {
            let error = update.execute(&db).await.unwrap_err();
            assert_eq!(error.code(), Some("ValidationException"));
            assert!(error.to_string().contains(parent), "{parent} in {error}");
        }
        let absent = Orders::update(("usr_9", "ord_9")).set(|o| o.address().city(), "Lima");
        let error = absent.execute(&db).await.unwrap_err();
        assert!(error.to_string().contains("`address`"), "{error}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_same_builder_makes_the_same_text_every_time() {
    check(async |_| {
        let db = with_orders().await?;
        let update = Orders::update(("usr_1", "ord_1"))
            .set(|o| o.total(), 7)
            .set(|o| o.items_count(), 7)
            .condition(|o| o.total().ne(7) & o.created_at().ne("7"));
        let texts: Vec<String> = (0..3)
            .map(|_| update.clone().explain().map(|e| e.to_string()))
            .collect::<Result<_, _>>()?;
        assert!(texts.iter().all(|text| *text == texts[0]));
        let new = update.return_new().execute(&db).await?;
        assert_eq!((new.total, new.items_count), (7, 7));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn paths_that_do_not_parse_are_refused() {
    check(async |db| {
        for path in [
            "", "a.", ".a", "a[", "a[x]", "a]", "a[-1]", "a..b", "a[0]b", "a\\", "[0]",
        ] {
            let query = Orders::query("u").filter(|_| attr(path).exists());
            refused(query.execute(&db).await, is_validation);
            let select = Orders::get(("u", "o")).select(|_| attr(path));
            refused(select.execute(&db).await, is_validation);
            let set = Orders::update(("u", "o")).set(|_| attr(path), 1);
            refused(set.execute(&db).await, is_validation);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_query_does_not_filter_on_its_own_key() {
    check(async |db| {
        for name in ["user_id", "order_id", "order_id.deep"] {
            let query = Orders::query("u").filter(|_| attr(name).exists());
            refused(query.execute(&db).await, is_validation);
        }
        let query = Orders::by_amount()
            .query("u")
            .filter(|_| attr("total").gt(1));
        refused(query.execute(&db).await, is_validation);
        let other = Orders::by_amount()
            .query("u")
            .filter(|_| attr("order_id").gt("1"));
        assert!(
            other.explain().is_ok(),
            "`order_id` is no key of this index"
        );
        Ok(())
    })
    .await;
}
