//! Queries and scans of indexes of each kind.

use super::{six, with_orders};
use dkmio::{DynamoTable, Page};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Orders, OrdersByRegion, OrdersByStatus, Status, order};
use serde::{Deserialize, Serialize};

#[tokio::test]
async fn an_index_that_does_not_project_everything_yields_its_own_type() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let page: Page<OrdersByStatus> = Orders::by_status()
            .query(Status::Shipped)
            .execute(&db)
            .await?;
        let expected = [("ord_4", 40), ("ord_2", 20)]; // by `created_at`, which falls
        for (item, (id, total)) in page.iter().zip(expected) {
            assert_eq!((item.order_id.as_str(), item.total), (id, total));
            assert_eq!((item.user_id.as_str(), item.items_count), ("usr_1", 0));
        }
        assert_eq!(page.len(), 2);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_included_attribute_is_filtered_and_selected() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let page = Orders::by_status()
            .query(Status::Pending)
            .sk(|k| k.ge("2025-01-01"))
            .filter(|o| o.total().ge(30))
            .select(|o| (o.user_id(), o.order_id(), o.total()))
            .execute(&db)
            .await?;
        let expected = [
            ("usr_1", "ord_5", 50),
            ("usr_2", "ord_9", 100),
            ("usr_1", "ord_3", 30),
        ];
        let expected = expected.map(|(user, id, total)| (user.to_owned(), id.to_owned(), total));
        assert_eq!(page.items(), &expected);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_that_projects_everything_yields_the_model() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let page: Page<Orders> = Orders::by_date()
            .query("usr_1")
            .sk(|k| k.between("2025-02-01", "2025-12-31"))
            .descending()
            .limit(10)
            .execute(&db)
            .await?;
        assert_eq!(page.items(), &six()[..4]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_of_keys_only_holds_the_keys() {
    check(async |db| {
        let here = Orders {
            region: Some("eu".into()),
            ..order("usr_1", "ord_1")
        };
        with_orders(&db, &[here, order("usr_1", "ord_2")]).await?;
        let page: Page<OrdersByRegion> = Orders::by_region().query("eu").execute(&db).await?;
        assert_eq!(page.len(), 1);
        assert_eq!(page[0].user_id, "usr_1");
        assert_eq!(page[0].order_id, "ord_1");
        let raw = Orders::by_region().scan().raw().execute(&db).await?;
        let mut names: Vec<&String> = raw[0].keys().collect();
        names.sort();
        assert_eq!(
            (raw.len(), names.as_slice()),
            (
                1,
                &[&"order_id".into(), &"region".into(), &"user_id".into()][..]
            )
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_local_index_sorts_a_partition_by_another_key_consistently() {
    check(async |db| {
        let mut orders = six();
        orders[0].total = 45;
        with_orders(&db, &orders).await?;
        let page: Page<Orders> = Orders::by_amount()
            .query("usr_1")
            .sk(|k| k.gt(30))
            .consistent()
            .execute(&db)
            .await?;
        assert_eq!(
            page.iter().map(|o| o.total).collect::<Vec<_>>(),
            [40, 45, 50]
        );
        assert_eq!(page[1], orders[0]);
        Ok(())
    })
    .await;
}

/// A local index with projected attributes, and indexes declared on their fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[lsi(by_priority, name = "lsi-priority", sk = priority, project(status, total))]
struct Parcels {
    #[pk]
    user_id: String,
    #[sk]
    parcel_id: String,
    priority: u32,
    status: String,
    #[lsi]
    total: u64,
    #[gsi(by_courier, project = keys_only)]
    courier: Option<String>,
    note: Option<String>,
}

#[tokio::test]
async fn a_local_index_includes_what_it_projects() {
    check(async |db| {
        db.create_table::<Parcels>().await?;
        for n in 0..3u32 {
            let parcel = Parcels {
                user_id: "u".into(),
                parcel_id: format!("p{n}"),
                priority: 10 - n,
                status: "new".into(),
                total: u64::from(n),
                courier: (n == 1).then(|| "c".to_owned()),
                note: Some("never in the index".into()),
            };
            Parcels::put(&parcel).execute(&db).await?;
        }
        let page = Parcels::by_priority()
            .query("u")
            .filter(|p| p.status().eq("new") & p.total().ge(1))
            .execute(&db)
            .await?;
        let found: Vec<_> = page.iter().map(|p| (p.priority, p.total)).collect();
        assert_eq!(found, [(8, 2), (9, 1)]);
        assert_eq!(Parcels::by_total().query("u").count(&db).await?, 3);
        let couriers = Parcels::by_courier().query("c").execute(&db).await?;
        assert_eq!(
            couriers
                .iter()
                .map(|p| p.parcel_id.as_str())
                .collect::<Vec<_>>(),
            ["p1"]
        );
        Ok(())
    })
    .await;
}
