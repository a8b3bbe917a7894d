//! Attributes that are named at run time, and reads without a model.

use dkmio::{AttributeType, AttributeValue, DynamoDb, Error, Item, attr};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Address, LineItem, Orders, Status, order};

pub(crate) async fn with_orders() -> Result<DynamoDb, Error> {
    let db = Database::with::<Orders>().await?;
    for n in 0..4u32 {
        let order = Orders {
            total: 10 * u64::from(n),
            address: Some(Address {
                street: "Calle 1".into(),
                city: if n == 0 { "Lima" } else { "Cusco" }.into(),
                zip: None,
            }),
            items: vec![
                LineItem {
                    sku: "s".into(),
                    qty: n,
                };
                n as usize
            ],
            ..order("usr_1", &format!("ord_{n}"))
        };
        Orders::put(&order).execute(&db).await?;
    }
    Ok(db)
}

#[tokio::test]
async fn filters_and_conditions_take_names() {
    check(async |_| {
        let db = with_orders().await?;
        let count = async |filter| Orders::query("usr_1").filter(|_| filter).count(&db).await;
        assert_eq!(count(attr("total").ge(20)).await?, 2);
        assert_eq!(count(attr("address.city").eq("Lima")).await?, 1);
        assert_eq!(count(attr("items[0].qty").gt(1)).await?, 2);
        assert_eq!(count(attr("items").size().between(1, 2)).await?, 2);
        assert_eq!(
            count(attr("items").attribute_type(AttributeType::L)).await?,
            4
        );
        assert_eq!(
            count(attr("address").entry("city").begins_with("Cu")).await?,
            3
        );
        assert_eq!(count(attr("items").at(1).entry("sku").exists()).await?, 2);
        assert_eq!(
            count(attr("total").is_in([0, 30]) & !attr("nowhere").exists()).await?,
            2
        );
        assert_eq!(
            count(attr("nowhere").not_exists() | attr("total").lt(0)).await?,
            4
        );
        let mixed = Orders::query("usr_1").filter(|o| attr("total").ge(o.items_count().untyped()));
        assert_eq!(mixed.count(&db).await?, 4);
        let delete =
            Orders::delete(("usr_1", "ord_0")).condition(|_| attr("address.city").eq("Cusco"));
        assert!(matches!(
            delete.execute(&db).await,
            Err(Error::ConditionFailed(_))
        ));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn updates_take_names() {
    check(async |_| {
        let db = with_orders().await?;
        let update = Orders::update(("usr_1", "ord_1"))
            .set(|_| attr("free.form"), 1)
            .set(|_| attr(r"odd\.name"), "dotted");
        let error = update.execute(&db).await.unwrap_err();
        assert!(matches!(error, Error::Validation(_)), "`free` is absent");
        let update = Orders::update(("usr_1", "ord_1"))
            .set(|_| attr("free"), serde_json::json!({"form": [1, null]}))
            .set(|_| attr(r"odd\.name"), "dotted")
            .set(|_| attr("address.city"), "Quito")
            .set_if_absent(|_| attr("total"), 99)
            .set_expr(|_| attr("double"), |_| attr("total") + attr("total"))
            .append(|_| attr("items"), [LineItem::default()])
            .prepend(|_| attr("log"), ["first"])
            .add(|_| attr("visits"), 3)
            .remove(|_| attr("created_at_typo"));
        update.execute(&db).await?;
        let raw = Orders::get(("usr_1", "ord_1"))
            .raw()
            .execute(&db)
            .await?
            .unwrap();
        assert_eq!(raw["double"].as_n().unwrap(), "20");
        assert_eq!(raw["visits"].as_n().unwrap(), "3");
        assert_eq!(raw["odd.name"].as_s().unwrap(), "dotted");
        assert_eq!(raw["free"].as_m().unwrap()["form"].as_l().unwrap().len(), 2);
        assert_eq!(raw["log"].as_l().unwrap().len(), 1);
        let order = Orders::get(("usr_1", "ord_1")).execute(&db).await?.unwrap();
        assert_eq!((order.total, order.items.len()), (10, 2));
        assert_eq!(order.address.unwrap().city, "Quito");
        let delete = Orders::update(("usr_1", "ord_1"))
            .add(|_| attr("tags"), dkmio::Set::<String>::from(["a", "b"]))
            .set(|o| o.total(), 1);
        delete.execute(&db).await?;
        let delete = Orders::update(("usr_1", "ord_1"))
            .delete(|_| attr("tags"), dkmio::Set::<String>::from(["a"]))
            .return_new();
        assert_eq!(delete.execute(&db).await?.tags, dkmio::Set::from(["b"]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_select_of_names_yields_values_as_they_are() {
    check(async |_| {
        let db = with_orders().await?;
        let get = Orders::get(("usr_1", "ord_1")).select(|o| {
            (
                attr("total"),
                o.status(),
                attr("nowhere"),
                attr("items[0].qty"),
            )
        });
        let (total, status, nowhere, qty) = get.execute(&db).await?.unwrap();
        assert_eq!(total, Some(AttributeValue::N("10".into())));
        assert_eq!((status, nowhere), (Status::Pending, None));
        assert_eq!(qty, Some(AttributeValue::N("1".into())));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_refuses_names_that_it_does_not_project() {
    check(async |_| {
        let db = with_orders().await?;
        let index = || Orders::by_status().query(Status::Pending);
        let errors = [
            index()
                .select(|_| attr("description"))
                .execute(&db)
                .await
                .unwrap_err(),
            index()
                .select(|o| (o.total(), attr("description.x")))
                .first(&db)
                .await
                .unwrap_err(),
            index()
                .filter(|_| attr("description").exists())
                .count(&db)
                .await
                .unwrap_err(),
            index()
                .filter(|o| o.total().gt(1) | !attr("description").eq(1))
                .explain()
                .unwrap_err(),
            Orders::by_status()
                .scan()
                .select(|_| attr("description"))
                .execute(&db)
                .await
                .unwrap_err(),
        ];
        for error in errors {
            let Error::InvalidProjection(e) = &error else {
                panic!("{error:?}");
            };
            assert_eq!(
                (e.attribute(), e.index()),
                ("description", "gsi-status-date")
            );
            let mut projected = e.projected().to_vec();
            projected.sort();
            let names = [
                "created_at",
                "items_count",
                "order_id",
                "status",
                "total",
                "user_id",
            ];
            assert_eq!(projected, names);
        }
        let region = Orders::by_region()
            .scan()
            .select(|_| attr("total"))
            .execute(&db)
            .await;
        assert!(matches!(region, Err(Error::InvalidProjection(_))));
        let taken = index().select(|_| (attr("total"), attr("user_id"), attr("order_id")));
        assert_eq!(taken.execute(&db).await?.len(), 4);
        let all = Orders::by_date()
            .query("usr_1")
            .select(|_| attr("description"));
        assert_eq!(
            all.execute(&db).await?.len(),
            4,
            "this index projects everything"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn raw_reads_yield_items_without_the_model() {
    check(async |_| {
        let db = with_orders().await?;
        let client = db.client().await?;
        let foreign = Item::from([
            ("user_id".to_owned(), AttributeValue::S("usr_1".into())),
            ("order_id".to_owned(), AttributeValue::S("ord_9".into())),
            ("shape".to_owned(), AttributeValue::S("another".into())),
        ]);
        let put = client.put_item().table_name(db.table_name("orders"));
        put.set_item(Some(foreign.clone())).send().await.unwrap();
        let raw = Orders::get(("usr_1", "ord_9")).raw().execute(&db).await?;
        assert_eq!(raw.as_ref(), Some(&foreign));
        assert!(matches!(
            Orders::get(("usr_1", "ord_9")).execute(&db).await,
            Err(Error::Decode(_))
        ));
        let all = Orders::query("usr_1").raw().fetch_all(&db).await?;
        assert_eq!((all.len(), all.last()), (5, Some(&foreign)));
        let some = Orders::scan()
            .select(|o| o.order_id())
            .raw()
            .fetch_all(&db)
            .await?;
        assert!(some.len() == 5 && some.iter().all(|item| item.len() == 1));
        let as_model: Orders = dkmio::codec::from_item(all[0].clone())?;
        assert_eq!(as_model.order_id, "ord_0");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn elements_of_a_set_that_is_named_at_run_time_are_added_and_deleted() {
    check(async |_| {
        let db = with_orders().await?;
        let update = || Orders::update(("usr_1", "ord_1"));
        let added = update()
            .add(|_| attr("labels"), ["b", "a", "b"])
            .add(|_| attr("codes"), vec![2, 1]);
        added.execute(&db).await?;
        let read = || Orders::get(("usr_1", "ord_1")).raw().execute(&db);
        let item = read().await?.unwrap();
        assert_eq!(
            item["labels"],
            AttributeValue::Ss(vec!["a".into(), "b".into()])
        );
        let codes = item["codes"].as_ns().unwrap();
        assert_eq!(codes.len(), 2);
        let deleted = update()
            .delete(|_| attr("labels"), ["a"])
            .delete(|_| attr("codes"), [1, 2]);
        deleted.execute(&db).await?;
        let item = read().await?.unwrap();
        assert_eq!(item["labels"], AttributeValue::Ss(vec!["b".into()]));
        assert!(!item.contains_key("codes"));
        Ok(())
    })
    .await;
}
