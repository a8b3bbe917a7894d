//! Behaviour on a real engine.

use dkmio::DynamoDb;
use dkmio_tests::orders::{Address, LineItem, Orders, OrdersByStatus, Status, order};

#[tokio::test]
async fn the_first_screen() -> Result<(), dkmio::Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Orders>().await?;
    let mut o = order("usr_123", "ord_456");
    o.address = Some(Address::default());
    o.description = Some("x".into());
    Orders::put(&o).execute(&db).await?;
    let got: Option<Orders> = Orders::get(("usr_123", "ord_456")).execute(&db).await?;
    assert_eq!(got, Some(o));
    let page = Orders::by_status()
        .query(Status::Pending)
        .sk(|k| k.ge("2025-01-01"))
        .filter(|o| o.total().ge(100))
        .select(|o| (o.user_id(), o.total()))
        .execute(&db)
        .await?;
    assert_eq!(page.items(), &[("usr_123".to_owned(), 100)]);
    let whole: dkmio::Page<OrdersByStatus> = Orders::by_status()
        .query(Status::Pending)
        .execute(&db)
        .await?;
    assert_eq!(whole[0].total, 100);
    let u = Orders::update(("usr_123", "ord_456"))
        .set(|o| o.status(), Status::Shipped)
        .set(|o| o.address().city(), "Lima")
        .append(
            |o| o.items(),
            [LineItem {
                sku: "a".into(),
                qty: 1,
            }],
        )
        .add(|o| o.tags(), ["urgent"])
        .remove(|o| o.description())
        .condition(|o| o.status().eq(Status::Pending) | o.status().eq(Status::Draft))
        .return_new();
    println!("{}", u.explain()?);
    println!(
        "{}",
        Orders::by_status()
            .query(Status::Pending)
            .sk(|k| k.ge("2025-01-01"))
            .filter(|o| o.total().ge(100))
            .select(|o| (o.user_id(), o.total()))
            .explain()?
    );
    let new: Orders = u.execute(&db).await?;
    assert_eq!(new.status, Status::Shipped);
    assert_eq!(new.address.unwrap_or_default().city, "Lima");
    assert!(new.tags.contains("urgent"));
    Ok(())
}

#[tokio::test]
async fn batches_and_transactions() -> Result<(), dkmio::Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Orders>().await?;
    let orders: Vec<Orders> = (0..230).map(|i| order("u", &format!("o{i}"))).collect();
    Orders::batch_write().put_all(&orders).execute(&db).await?;
    let keys: Vec<_> = (0..240).rev().map(|i| ("u", format!("o{i}"))).collect();
    let found = Orders::batch_get(keys).execute(&db).await?;
    assert_eq!(found.len(), 240);
    assert!(found[0].is_none());
    assert_eq!(found[239].as_ref().map(|o| &*o.order_id), Some("o0"));
    dkmio::transact_write()
        .add(Orders::put(&order("u", "new")).if_not_exists())
        .add(Orders::delete(("u", "o1")))
        .add(Orders::condition_check(("u", "o2"), |o| o.total().eq(100)))
        .execute(&db)
        .await?;
    let (a, b) = dkmio::transact_get((
        Orders::get(("u", "new")).select(|o| o.total()),
        Orders::get(("u", "o1")),
    ))
    .execute(&db)
    .await?;
    assert_eq!((a, b), (Some(100), None));
    Ok(())
}

#[tokio::test]
async fn loader_and_segments() -> Result<(), dkmio::Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Orders>().await?;
    let orders: Vec<Orders> = (0..500).map(|i| order(&format!("u{i}"), "o")).collect();
    Orders::batch_write().put_all(&orders).execute(&db).await?;
    let loader = db.loader::<Orders>();
    let loads = (0..1000).map(|i| {
        let l = loader.clone();
        async move { l.load((format!("u{}", i % 501), "o")).await }
    });
    let mut set = tokio::task::JoinSet::new();
    for l in loads {
        set.spawn(l);
    }
    let mut found = 0;
    while let Some(r) = set.join_next().await {
        if r.unwrap()?.is_some() {
            found += 1;
        }
    }
    assert_eq!(found, 999);
    assert_eq!(Orders::scan().segments(5).count(&db).await?, 500);
    assert_eq!(Orders::scan().segments(5).fetch_all(&db).await?.len(), 500);
    let mut n = 0;
    let mut s = Orders::scan()
        .exclude_expired()
        .page_size(10)
        .segments(7)
        .stream(&db);
    while let Some(o) = s.next().await {
        o?;
        n += 1;
    }
    assert_eq!(n, 500);
    Ok(())
}
