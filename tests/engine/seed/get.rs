//! GetItem.

use super::{six, with_orders};
use dkmio::Projection;
use dkmio_tests::database::check;
use dkmio_tests::orders::{Address, LineItem, Orders, OrdersKey, Status, order};
use serde::Deserialize;

#[tokio::test]
async fn an_item_is_found_by_its_full_key() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let found = Orders::get(("usr_1", "ord_3")).execute(&db).await?;
        assert_eq!(found, Some(six()[2].clone()));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_item_is_none() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        assert_eq!(Orders::get(("usr_1", "ord_9")).execute(&db).await?, None);
        let total = Orders::get(("usr_9", "ord_1")).select(|o| o.total());
        assert_eq!(total.execute(&db).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_key_is_a_tuple_a_key_struct_or_an_item() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let item = &six()[0];
        let key = OrdersKey {
            user_id: "usr_1".into(),
            order_id: "ord_1".into(),
        };
        assert_eq!(item.key(), key);
        assert_eq!(OrdersKey::from(("usr_1", "ord_1")), key);
        for found in [
            Orders::get(("usr_1", "ord_1")),
            Orders::get((String::from("usr_1"), &String::from("ord_1"))),
            Orders::get(&key),
            Orders::get(key),
            Orders::get(item),
        ] {
            assert_eq!(found.execute(&db).await?.as_ref(), Some(item));
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn select_reads_one_attribute_or_a_tuple() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let get = Orders::get(("usr_1", "ord_2"));
        let total: Option<u64> = get.clone().select(|o| o.total()).execute(&db).await?;
        assert_eq!(total, Some(20));
        let both = get.select(|o| (o.total(), o.status(), o.region()));
        assert_eq!(both.execute(&db).await?, Some((20, Status::Shipped, None)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn select_reads_nested_attributes_at_their_own_places() {
    check(async |db| {
        let nested = Orders {
            address: Some(Address {
                street: "Calle 1".into(),
                city: "Lima".into(),
                zip: None,
            }),
            items: (0..3)
                .map(|qty| LineItem {
                    sku: format!("sku-{qty}"),
                    qty,
                })
                .collect(),
            ..order("usr_1", "ord_1")
        };
        with_orders(&db, &[nested.clone(), order("usr_1", "ord_2")]).await?;
        let select = |id| {
            Orders::get(("usr_1", id)).select(|o| {
                (
                    o.address().city(),
                    o.address().zip(),
                    o.items().at(2).qty(),
                    o.items().at(0),
                    o.items().at(7).sku(),
                )
            })
        };
        let here = select("ord_1").execute(&db).await?.unwrap();
        let first = Some(nested.items[0].clone());
        assert_eq!(here, (Some("Lima".into()), None, Some(2), first, None));
        let bare = select("ord_2").execute(&db).await?.unwrap();
        assert_eq!(bare, (None, None, None, None, None));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn select_as_reads_into_a_projection_struct() {
    #[derive(Debug, PartialEq, Deserialize, Projection)]
    #[projection(of = Orders)]
    struct Summary {
        total: u64,
        status: Status,
        region: Option<String>,
    }

    check(async |db| {
        with_orders(&db, &six()).await?;
        let get = Orders::get(("usr_1", "ord_2")).select_as::<Summary>();
        let summary = Summary {
            total: 20,
            status: Status::Shipped,
            region: None,
        };
        assert_eq!(get.execute(&db).await?, Some(summary));
        let page = Orders::query("usr_1").select_as::<Summary>();
        assert_eq!(page.execute(&db).await?.len(), 5);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_consistent_get_sees_the_write_before() {
    check(async |db| {
        with_orders(&db, &[]).await?;
        for n in 0..10 {
            let order = order("usr_1", &format!("ord_{n}"));
            Orders::put(&order).execute(&db).await?;
            let get = Orders::get(&order).consistent();
            assert_eq!(get.execute(&db).await?, Some(order));
        }
        Ok(())
    })
    .await;
}
