//! The seven operators of a sort key, on strings, numbers and binary.

use super::{six, with_orders};
use dkmio::{Bytes, DynamoTable};
use dkmio_tests::database::check;
use dkmio_tests::orders::Orders;
use serde::{Deserialize, Serialize};

#[tokio::test]
async fn each_operator_selects_by_a_string() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = || Orders::query("usr_1");
        for (query, expected) in [
            (query().sk(|k| k.eq("ord_2")), "2"),
            (query().sk(|k| k.lt("ord_3")), "12"),
            (query().sk(|k| k.le("ord_3")), "123"),
            (query().sk(|k| k.gt("ord_3")), "45"),
            (query().sk(|k| k.ge("ord_3")), "345"),
            (query().sk(|k| k.between("ord_2", "ord_4")), "234"),
            (query().sk(|k| k.begins_with("ord_")), "12345"),
            (query().sk(|k| k.begins_with("ord_4")), "4"),
        ] {
            let ids = query.select(|o| o.order_id()).fetch_all(&db).await?;
            let digits: String = ids.iter().filter_map(|id| id.chars().last()).collect();
            assert_eq!(digits, expected);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_condition_that_may_be_there_or_not_is_the_same_query() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        for (since, expected) in [(Some("ord_4"), "45"), (None, "12345")] {
            let query = Orders::query("usr_1").sk_if(since, |k, since| k.ge(since));
            let ids = query.select(|o| o.order_id()).fetch_all(&db).await?;
            let digits: String = ids.iter().filter_map(|id| id.chars().last()).collect();
            assert_eq!(digits, expected);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn each_operator_selects_on_an_index() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = || Orders::by_date().query("usr_1"); // ord_1 is of 2025-05-01, ord_5 of 2025-01-01
        for (query, expected) in [
            (query().sk(|k| k.eq("2025-02-01")), "4"),
            (query().sk(|k| k.lt("2025-03-01")), "54"),
            (query().sk(|k| k.le("2025-03-01")), "543"),
            (query().sk(|k| k.gt("2025-03-01")), "21"),
            (query().sk(|k| k.ge("2025-03-01")), "321"),
            (query().sk(|k| k.between("2025-01-15", "2025-03-15")), "43"),
            (query().sk(|k| k.begins_with("2025-05")), "1"),
        ] {
            let ids = query.select(|o| o.order_id()).fetch_all(&db).await?;
            let digits: String = ids.iter().filter_map(|id| id.chars().last()).collect();
            assert_eq!(digits, expected);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn numbers_compare_as_numbers() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let totals = async |query: dkmio::Query<_, u64, _>| query.fetch_all(&db).await;
        let query = || Orders::by_amount().query("usr_1").select(|o| o.total());
        assert_eq!(totals(query().sk(|k| k.ge(9))).await?, [10, 20, 30, 40, 50]);
        assert_eq!(totals(query().sk(|k| k.lt(100))).await?.len(), 5);
        assert_eq!(
            totals(query().sk(|k| k.between(10, 30))).await?,
            [10, 20, 30]
        );
        assert_eq!(totals(query().sk(|k| k.eq(30))).await?, [30]);
        Ok(())
    })
    .await;
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "blobs")]
struct Blobs {
    #[pk]
    id: i64,
    #[sk]
    digest: Bytes,
}

#[tokio::test]
async fn binary_compares_by_its_unsigned_bytes() {
    check(async |db| {
        db.create_table::<Blobs>().await?;
        let digests = [
            vec![0x00],
            vec![0x7f],
            vec![0x7f, 0x01],
            vec![0x80],
            vec![0xff],
        ];
        for digest in &digests {
            let blob = Blobs {
                id: -1,
                digest: digest.clone().into(),
            };
            Blobs::put(&blob).execute(&db).await?;
        }
        let query = || Blobs::query(-1).select(|b| b.digest());
        let all = query().fetch_all(&db).await?;
        assert_eq!(all, digests.clone().map(Bytes::from));
        let prefix = query().sk(|k| k.begins_with(Bytes::from([0x7f])));
        assert_eq!(prefix.count(&db).await?, 2);
        let high = query().sk(|k| k.gt(Bytes::from([0x7f, 0x01])));
        assert_eq!(high.count(&db).await?, 2);
        Ok(())
    })
    .await;
}
