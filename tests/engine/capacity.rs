//! The capacity that operations use: asked for, summed over pages and requests, by table and index.

use dkmio::{CapacityMeter, ConsumedCapacity, DynamoDb, DynamoTable, Error, Page};
use dkmio_tests::customers::{Customers, user};
use dkmio_tests::orders::{Orders, Status, order};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};

async fn db() -> DynamoDb {
    let db = DynamoDb::embedded();
    db.create_table::<Orders>().await.unwrap();
    db.create_table::<Customers>().await.unwrap();
    db
}

fn orders(count: usize) -> Vec<Orders> {
    (0..count)
        .map(|at| order("usr_1", &format!("ord_{at:03}")))
        .collect()
}

async fn filled(count: usize) -> DynamoDb {
    let db = db().await;
    let orders = orders(count);
    let batch = Orders::batch_write().put_all(&orders);
    batch.execute(&db).await.unwrap();
    db
}

fn units(page: &Page<Orders>) -> f64 {
    page.consumed_capacity()
        .map_or(0.0, ConsumedCapacity::total)
}

#[tokio::test]
async fn every_verb_can_be_metered() -> Result<(), Error> {
    let db = filled(3).await;
    let meter = CapacityMeter::new();
    let metered = db.metered(&meter);
    let key = ("usr_1", "ord_001");
    let keys = [key, ("usr_1", "ord_002")];
    let used = |verb: &str| {
        let used = meter.take();
        assert!(used.total() > 0.0, "{verb}: {used}");
        assert!(used.table("orders").is_some(), "{verb}: {used}");
        used.total()
    };
    Orders::get(key).execute(&metered).await?;
    let loose = used("get");
    Orders::get(key).consistent().execute(&metered).await?;
    assert_eq!(used("a consistent get"), 2.0 * loose);
    Orders::put(&order("usr_1", "ord_001"))
        .execute(&metered)
        .await?;
    used("put");
    Orders::update(key)
        .set(|o| o.total(), 5)
        .execute(&metered)
        .await?;
    used("update");
    Orders::delete(key).execute(&metered).await?;
    used("delete");
    Orders::query("usr_1").execute(&metered).await?;
    used("query");
    Orders::query("usr_1").count(&metered).await?;
    used("count");
    Orders::scan().fetch_all(&metered).await?;
    used("scan");
    Orders::scan().segments(2).fetch_all(&metered).await?;
    used("a scan in segments");
    Orders::batch_get(keys).execute(&metered).await?;
    used("batch get");
    let batch = Orders::batch_write().put(&order("usr_1", "ord_007"));
    batch.execute(&metered).await?;
    used("batch write");
    let gets = (Orders::get(key), Customers::get("usr_1"));
    dkmio::transact_get(gets).execute(&metered).await?;
    used("transact get");
    let write = dkmio::transact_write().add(Orders::put(&order("usr_1", "ord_008")));
    write.execute(&metered).await?;
    used("transact write");
    // The connection itself goes on without it.
    Orders::get(key).execute(&db).await?;
    assert_eq!(meter.consumed(), ConsumedCapacity::default());
    Ok(())
}

#[tokio::test]
async fn pages_are_summed() -> Result<(), Error> {
    let db = filled(10).await;
    let query = || Orders::query("usr_1").page_size(3);
    let mut pages = query().return_consumed_capacity().pages(&db);
    let (mut sum, mut count) = (0.0, 0);
    while let Some(page) = pages.next().await {
        sum += units(&page?);
        count += 1;
    }
    assert_eq!(count, 4);
    for walk in ["fetch_all", "count", "stream", "limit"] {
        let meter = CapacityMeter::new();
        let metered = db.metered(&meter);
        match walk {
            "fetch_all" => assert_eq!(query().fetch_all(&metered).await?.len(), 10),
            "stream" => assert_eq!(query().stream(&metered).count().await, 10),
            "limit" => {
                let page = query().limit(10).execute(&metered).await?;
                assert_eq!(page.consumed_capacity(), Some(&meter.consumed()));
            }
            _ => {
                assert_eq!(query().count(&metered).await?, 10);
                continue;
            }
        }
        // The walk need not ask whether there is more after the tenth.
        let used = meter.consumed().total();
        assert!(used > 0.0 && used <= sum, "{walk}: {used} of {sum}");
    }
    Ok(())
}

#[tokio::test]
async fn the_requests_of_a_batch_are_summed() -> Result<(), Error> {
    let db = db().await;
    let meter = CapacityMeter::new();
    let items = orders(60);
    let batch = Orders::batch_write().put_all(&items);
    batch.execute(&db.metered(&meter)).await?;
    let all = meter.take();
    Orders::put(&items[0]).execute(&db.metered(&meter)).await?;
    // Overwriting the same costs the table as much as the first write, and the indexes nothing.
    let one = meter.take();
    let own = |used: &ConsumedCapacity| used.table("orders").map(|t| t.total());
    assert!(
        own(&all) >= own(&one).map(|units| units * 60.0),
        "{all}, {one}"
    );
    Ok(())
}

#[tokio::test]
async fn tables_and_indexes_are_told_apart() -> Result<(), Error> {
    let db = db().await;
    let meter = CapacityMeter::new();
    let metered = db.metered(&meter);
    Orders::put(&order("usr_1", "ord_1"))
        .execute(&metered)
        .await?;
    let used = meter.take();
    let table = used.table("orders").unwrap();
    let indexes: f64 = table.indexes().map(|(_, units)| units).sum();
    assert_eq!(table.own().unwrap() + indexes, table.total());
    assert!(table.index("gsi-status-date") > 0.0, "{used}");
    assert!(table.index("lsi-amount") > 0.0, "{used}");
    // It has no region: the sparse index has nothing to write.
    assert_eq!(table.index("gsi-region"), 0.0, "{used}");

    Orders::by_status()
        .query(Status::Pending)
        .execute(&metered)
        .await?;
    let used = meter.take();
    let table = used.table("orders").unwrap();
    assert_eq!(table.index("gsi-status-date"), table.total(), "{used}");

    let write = dkmio::transact_write()
        .add(Orders::put(&order("usr_1", "ord_2")))
        .add(Customers::put(&user("usr_1")));
    write.execute(&metered).await?;
    let used = meter.take();
    let names: Vec<&str> = used.tables().map(|(name, _)| name).collect();
    assert_eq!(names, ["customers", "orders"]);
    let parts: f64 = used.tables().map(|(_, table)| table.total()).sum();
    assert_eq!(used.total(), parts);
    Ok(())
}

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "plain")]
struct Plain {
    #[pk]
    id: String,
}

#[tokio::test]
async fn a_connection_can_ask_with_every_request() -> Result<(), Error> {
    let db = DynamoDb::builder()
        .embedded()
        .table_prefix("test-")
        .return_consumed_capacity()
        .build();
    db.create_table::<Plain>().await?;
    Plain::put(&Plain { id: "1".into() }).execute(&db).await?;
    let page = Plain::query("1").execute(&db).await?;
    let used = page.consumed_capacity().unwrap();
    assert_eq!(used.tables().count(), 1);
    assert_eq!(used.table("test-plain").unwrap().total(), used.total());
    assert!(used.total() > 0.0);
    Ok(())
}

#[tokio::test]
async fn nothing_is_asked_unless_wanted() -> Result<(), Error> {
    let db = filled(1).await;
    let page = Orders::query("usr_1").execute(&db).await?;
    assert_eq!(page.consumed_capacity(), None);
    Ok(())
}
