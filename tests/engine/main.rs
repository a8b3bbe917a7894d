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
