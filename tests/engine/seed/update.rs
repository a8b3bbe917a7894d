//! Update: five actions, nested paths, and what it returns.

use dkmio::error::ValidationCause;
use dkmio::{Bytes, DynamoDb, DynamoDocument, DynamoTable, Error, Number, Set, attr};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Address, LineItem, Orders, Status, order};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "shipments")]
struct Shipments {
    #[pk]
    id: u64,
    status: String,
    shipped_at: Option<String>,
    temp_notes: Option<String>,
    #[dkmio(document)]
    history: Vec<Event>,
    version: u64,
    balance: i64,
    weight: f64,
    price: Option<Number>,
    tags: Set<String>,
    old_tags: Set<String>,
    codes: Set<u32>,
    digests: Set<Bytes>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Event {
    action: String,
    at: String,
}

fn event(action: &str) -> Event {
    Event {
        action: action.into(),
        at: "2025-02-24".into(),
    }
}

fn shipment() -> Shipments {
    Shipments {
        id: 1,
        status: "PENDING".into(),
        temp_notes: Some("x".into()),
        history: vec![event("made")],
        version: 3,
        tags: Set::from(["new"]),
        old_tags: Set::from(["deprecated", "kept"]),
        codes: Set::from([1u32, 2, 3]),
        digests: Set::from([Bytes::from([1]), Bytes::from([2])]),
        ..Shipments::default()
    }
}

async fn with_shipment(db: &DynamoDb) -> Result<(), Error> {
    db.create_table::<Shipments>().await?;
    Shipments::put(&shipment()).execute(db).await
}

#[tokio::test]
async fn all_five_actions_go_in_one_request() {
    check(async |db| {
        with_shipment(&db).await?;
        let new = Shipments::update(1)
            .set(|s| s.status(), "SHIPPED")
            .set(|s| s.shipped_at(), "2025-02-24")
            .remove(|s| s.temp_notes())
            .append(|s| s.history(), [event("shipped")])
            .add(|s| s.version(), 1)
            .add(|s| s.tags(), ["urgent"])
            .delete(|s| s.old_tags(), ["deprecated"])
            .return_new()
            .execute(&db)
            .await?;
        let expected = Shipments {
            status: "SHIPPED".into(),
            shipped_at: Some("2025-02-24".into()),
            temp_notes: None,
            history: vec![event("made"), event("shipped")],
            version: 4,
            tags: Set::from(["new", "urgent"]),
            old_tags: Set::from(["kept"]),
            ..shipment()
        };
        assert_eq!(new, expected);
        assert_eq!(Shipments::get(1).execute(&db).await?, Some(expected));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn add_counts_down_too_and_makes_what_is_absent() {
    check(async |db| {
        with_shipment(&db).await?;
        let price: Number = "0.1".parse().unwrap();
        let new = Shipments::update(1)
            .add(|s| s.version(), -2)
            .add(|s| s.balance(), -5)
            .add(|s| s.weight(), 0.5)
            .add(|s| s.price(), price)
            .return_new();
        let new = new.execute(&db).await?;
        assert_eq!((new.version, new.balance, new.weight), (1, -5, 0.5));
        assert_eq!(new.price.unwrap().as_str(), "0.1");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn add_and_delete_take_elements_of_each_kind_of_set() {
    check(async |db| {
        with_shipment(&db).await?;
        let new = Shipments::update(1)
            .add(|s| s.codes(), vec![3, 4])
            .delete(|s| s.digests(), [Bytes::from([2])])
            .delete(|s| s.tags(), &["new".to_owned()])
            .return_new();
        let new = new.execute(&db).await?;
        assert_eq!(new.codes, Set::from([1u32, 2, 3, 4]));
        assert_eq!(new.digests, Set::from([Bytes::from([1])]));
        assert!(new.tags.is_empty());
        let raw = Shipments::get(1).raw().execute(&db).await?.unwrap();
        assert!(
            !raw.contains_key("tags"),
            "the last element takes the set along"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn append_and_prepend_make_a_list_that_is_absent() {
    check(async |db| {
        db.create_table::<Shipments>().await?;
        let update = Shipments::update(2)
            .set(|s| s.status(), "NEW")
            .set(|s| s.version(), 1)
            .set(|s| s.balance(), 0)
            .set(|s| s.weight(), 1.5)
            .append(|s| s.history(), [event("b")]);
        update.execute(&db).await?;
        let update = Shipments::update(2).prepend(|s| s.history(), [event("a")]);
        let new = update.return_new().execute(&db).await?;
        assert_eq!(new.history, [event("a"), event("b")]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn set_takes_expressions_of_attributes() {
    check(async |db| {
        with_shipment(&db).await?;
        let new = Shipments::update(1)
            .set_expr(|s| s.version(), |s| s.version() - 1)
            .set_expr(|s| s.balance(), |s| s.balance().if_not_exists(0) + 7)
            .set_expr(|s| s.shipped_at(), |s| s.status())
            .set_if_absent(|s| s.price(), 3)
            .set_if_absent(|s| s.status(), "never")
            .return_new();
        let new = new.execute(&db).await?;
        assert_eq!((new.version, new.balance), (2, 7));
        assert_eq!(new.shipped_at.as_deref(), Some("PENDING"));
        assert_eq!(new.price.unwrap().as_str(), "3");
        assert_eq!(new.status, "PENDING");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn nested_paths_are_set() {
    check(async |db| {
        let item = |qty| LineItem {
            sku: "s".into(),
            qty,
        };
        let nested = Orders {
            address: Some(Address::default()),
            items: vec![item(1), item(2), item(3)],
            ..order("usr_1", "ord_1")
        };
        super::with_orders(&db, std::slice::from_ref(&nested)).await?;
        let new = Orders::update(&nested)
            .set(|o| o.address().city(), "Lima")
            .set(|o| o.address().zip(), "15001")
            .set(|o| o.items().at(0).qty(), 5)
            .add(|o| o.items().at(1).qty(), 10)
            .remove(|o| o.items().at(2))
            .return_new();
        let new = new.execute(&db).await?;
        let address = new.address.unwrap();
        assert_eq!(
            (address.city.as_str(), address.zip.as_deref()),
            ("Lima", Some("15001"))
        );
        assert_eq!(new.items, [item(5), item(12)]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn each_return_value_is_typed() {
    check(async |db| {
        super::with_orders(&db, &[order("usr_1", "ord_1")]).await?;
        let ship = || {
            Orders::update(("usr_1", "ord_1"))
                .set(|o| o.status(), Status::Shipped)
                .add(|o| o.total(), 1)
        };
        let (): () = ship().execute(&db).await?;
        let old: Option<Orders> = ship().return_old().execute(&db).await?;
        assert_eq!(old.map(|o| o.total), Some(101));
        let new: Orders = ship().return_new().execute(&db).await?;
        assert_eq!((new.total, new.user_id.as_str()), (103, "usr_1"));
        let before = ship().return_updated_old().execute(&db).await?;
        assert_eq!(
            before.get(|o| (o.total(), o.status()))?,
            (103, Status::Shipped)
        );
        let after = ship().return_updated_new().execute(&db).await?;
        assert_eq!(after.get(|o| o.total())?, 105);
        assert_eq!(after.raw().len(), 2);
        assert_eq!(after.get(|o| o.region())?, None);
        assert!(matches!(
            after.get(|o| o.created_at()),
            Err(Error::Decode(_))
        ));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_update_that_creates_the_item_returns_no_old_one() {
    check(async |db| {
        super::with_orders(&db, &[]).await?;
        let update = Orders::update(("usr_1", "ord_2")).set(|o| o.total(), 1);
        assert_eq!(update.return_old().execute(&db).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_update_of_nothing_is_refused_and_makes_no_item() {
    check(async |db| {
        super::with_orders(&db, &[]).await?;
        let update = || Orders::update(("usr_1", "ghost"));
        let nothing = [
            update(),
            update().add(|o| o.tags(), Vec::<String>::new()),
            update().delete(|o| o.tags(), Vec::<String>::new()),
            update().condition(|o| o.total().not_exists()),
        ];
        for update in nothing {
            let in_transaction = dkmio::transact_write().add(update.clone());
            let refused = [
                update.clone().execute(&db).await.unwrap_err(),
                update.clone().return_new().execute(&db).await.unwrap_err(),
                update.explain().unwrap_err(),
                update.into_input().unwrap_err(),
                in_transaction.execute(&db).await.unwrap_err(),
            ];
            for error in refused {
                let Error::Validation(e) = &error else {
                    panic!("{error:?}");
                };
                assert!(matches!(e.cause(), ValidationCause::Empty), "{e:?}");
            }
        }
        assert_eq!(Orders::scan().count(&db).await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_option_of_a_borrowed_value_sets_or_removes() {
    check(async |db| {
        super::with_orders(&db, &[order("usr_1", "ord_1")]).await?;
        let update = |region: Option<&'static str>| {
            Orders::update(("usr_1", "ord_1"))
                .set_or_remove(|o| o.region(), region)
                .set_or_remove(|_| attr("free"), region)
                .return_new()
        };
        let region = |order: Orders| order.region;
        let set = update(Some("north")).execute(&db).await?;
        assert_eq!(region(set).as_deref(), Some("north"));
        assert_eq!(region(update(None).execute(&db).await?), None);
        Ok(())
    })
    .await;
}
