//! Several kinds of items in one table: each verb of an entity, and what it leaves of the others.

use chrono::NaiveDate;
use dkmio::{AttributeValue, DynamoDb, DynamoEntity, DynamoPatch, Error, Item, given};
use dkmio_tests::shop::{HomeAddress, Order, OrderStatus, Shop, User, address, day, order, user};
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};

async fn shop() -> Result<DynamoDb, Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Shop>().await?;
    User::put(&user()).execute(&db).await?;
    for (placed_at, id) in [(day(1, 31), "o1"), (day(2, 1), "o2"), (day(2, 1), "o20")] {
        Order::put(&order(placed_at, id)).execute(&db).await?;
    }
    HomeAddress::put(&address("home")).execute(&db).await?;
    Ok(db)
}

fn text(item: &Item, name: &str) -> Option<String> {
    match item.get(name) {
        Some(AttributeValue::S(text)) => Some(text.clone()),
        _ => None,
    }
}

/// Returns the item as it is stored.
async fn stored(db: &DynamoDb, order: &Order) -> Result<Item, Error> {
    Ok(Order::get(order)
        .raw()
        .execute(db)
        .await?
        .unwrap_or_default())
}

#[tokio::test]
async fn an_item_has_its_fields_its_keys_and_its_kind() -> Result<(), Error> {
    let db = shop().await?;
    let item = stored(&db, &order(day(2, 1), "o2")).await?;
    let texts: Vec<_> = [
        "PK",
        "SK",
        "kind",
        "GSI1PK",
        "GSI1SK",
        "GSI2PK",
        "GSI2SK",
        "LSI1SK",
        "user_id",
        "placed_at",
    ]
    .map(|name| text(&item, name))
    .into();
    let expected = [
        Some("USER#usr_1"),
        Some("ORDER#2025-02-01#o2"),
        Some("order"),
        Some("ORDERS#PENDING"),
        Some("2025-02-01#o2"),
        None,
        None,
        Some("TOTAL#000000000250"),
        Some("usr_1"),
        Some("2025-02-01"),
    ];
    assert_eq!(texts, expected.map(|text| text.map(str::to_owned)));
    Ok(())
}

#[tokio::test]
async fn an_item_is_read_by_the_members_of_its_key() -> Result<(), Error> {
    let db = shop().await?;
    let found = Order::get(("usr_1", day(2, 1), "o2")).execute(&db).await?;
    assert_eq!(found, Some(order(day(2, 1), "o2")));
    assert_eq!(User::get("usr_1").execute(&db).await?, Some(user()));
    assert_eq!(
        Order::get(("usr_1", day(2, 1), "o3")).execute(&db).await?,
        None
    );
    let total = Order::get(("usr_1", day(2, 1), "o2"))
        .select(|o| o.total())
        .execute(&db)
        .await?;
    assert_eq!(total, Some(250));
    Ok(())
}

#[tokio::test]
async fn a_query_yields_only_its_kind_and_compares_members() -> Result<(), Error> {
    let db = shop().await?;
    let ids = |orders: Vec<Order>| orders.into_iter().map(|o| o.order_id).collect::<Vec<_>>();
    let all = Order::query("usr_1").fetch_all(&db).await?;
    assert_eq!(ids(all), ["o1", "o2", "o20"]);
    let february = Order::query("usr_1")
        .sk(|k| k.placed_at().ge(day(2, 1)))
        .fetch_all(&db)
        .await?;
    assert_eq!(ids(february), ["o2", "o20"]);
    let before = Order::query("usr_1")
        .sk(|k| k.placed_at().lt(day(2, 1)))
        .fetch_all(&db)
        .await?;
    assert_eq!(ids(before), ["o1"]);
    let one = Order::query("usr_1")
        .sk(|k| k.placed_at().eq(day(2, 1)).order_id().eq("o2"))
        .fetch_all(&db)
        .await?;
    assert_eq!(ids(one), ["o2"]);
    let begin = Order::query("usr_1")
        .sk(|k| k.placed_at().eq(day(2, 1)).order_id().begins_with("o2"))
        .count(&db)
        .await?;
    assert_eq!(begin, 2);
    assert_eq!(User::query("usr_1").fetch_all(&db).await?, [user()]);
    assert_eq!(HomeAddress::query("usr_1").count(&db).await?, 1);
    let big = Order::query("usr_1")
        .filter(|o| o.total().gt(250))
        .count(&db)
        .await?;
    assert_eq!(big, 0);
    Ok(())
}

#[tokio::test]
async fn indexes_are_read_by_members() -> Result<(), Error> {
    let db = shop().await?;
    let pending = Order::by_status()
        .query(OrderStatus::Pending)
        .sk(|k| k.placed_at().lt(day(2, 1)))
        .fetch_all(&db)
        .await?;
    assert_eq!(pending, [order(day(1, 31), "o1")]);
    let between = Order::by_total()
        .query("usr_1")
        .sk(|k| k.total().between(100, 300))
        .count(&db)
        .await?;
    assert_eq!(between, 3);
    assert_eq!(Order::by_courier().query("dhl").count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_scan_yields_only_its_kind() -> Result<(), Error> {
    let db = shop().await?;
    assert_eq!(Order::scan().count(&db).await?, 3);
    assert_eq!(User::scan().fetch_all(&db).await?, [user()]);
    Ok(())
}

#[tokio::test]
async fn batches_and_transactions_take_entities() -> Result<(), Error> {
    let db = shop().await?;
    let keys = [("usr_1", day(2, 1), "o2"), ("usr_1", day(3, 1), "o9")];
    let found = Order::batch_get(keys).execute(&db).await?;
    assert_eq!(found, [Some(order(day(2, 1), "o2")), None]);
    Order::batch_write()
        .put(&order(day(3, 1), "o9"))
        .delete(("usr_1", day(2, 1), "o2"))
        .execute(&db)
        .await?;
    assert_eq!(Order::query("usr_1").count(&db).await?, 3);
    let (found, who) =
        dkmio::transact_get((Order::get(("usr_1", day(3, 1), "o9")), User::get("usr_1")))
            .execute(&db)
            .await?;
    assert_eq!((found, who), (Some(order(day(3, 1), "o9")), Some(user())));
    dkmio::transact_write()
        .add(Order::put(&order(day(4, 1), "o10")).if_not_exists())
        .add(Order::update(("usr_1", day(3, 1), "o9")).set(|o| o.status(), OrderStatus::Shipped))
        .add(User::condition_check("usr_1", |u| u.name().eq("Ana")))
        .add(HomeAddress::delete(("usr_1", "home")))
        .execute(&db)
        .await?;
    assert_eq!(
        Order::by_status()
            .query(OrderStatus::Shipped)
            .count(&db)
            .await?,
        1
    );
    assert_eq!(HomeAddress::scan().count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn an_update_rewrites_the_keys_that_are_made_of_it() -> Result<(), Error> {
    let db = shop().await?;
    let one = order(day(2, 1), "o2");
    Order::update(&one)
        .set(|o| o.status(), OrderStatus::Shipped)
        .set(|o| o.total(), 9)
        .execute(&db)
        .await?;
    let item = stored(&db, &one).await?;
    assert_eq!(text(&item, "GSI1PK").as_deref(), Some("ORDERS#SHIPPED"));
    assert_eq!(text(&item, "LSI1SK").as_deref(), Some("TOTAL#000000000009"));
    Order::update(&one)
        .set_together(|o| o.by_courier(), ("dhl", given(7)))
        .execute(&db)
        .await?;
    let item = stored(&db, &one).await?;
    assert_eq!(text(&item, "GSI2PK").as_deref(), Some("COURIER#dhl"));
    assert_eq!(text(&item, "GSI2SK").as_deref(), Some("007#2025-02-01"));
    assert_eq!(
        Order::by_courier()
            .query("dhl")
            .sk(|k| k.priority().le(9))
            .count(&db)
            .await?,
        1
    );
    let late = Order::update(&one)
        .set_together(|o| o.by_courier(), ("ups", given(8)))
        .execute(&db)
        .await;
    assert!(matches!(late, Err(Error::ConditionFailed(_))), "{late:?}");
    Order::update(&one)
        .set_together(|o| o.by_courier(), (None, given(7)))
        .execute(&db)
        .await?;
    let item = stored(&db, &one).await?;
    assert_eq!(
        (
            text(&item, "GSI2PK"),
            text(&item, "GSI2SK"),
            text(&item, "courier")
        ),
        (None, None, None)
    );
    Ok(())
}

#[tokio::test]
async fn an_update_makes_no_half_item() -> Result<(), Error> {
    let db = shop().await?;
    let missing = order(day(9, 9), "o99");
    let made = Order::update(&missing)
        .set(|o| o.note(), "hi")
        .execute(&db)
        .await;
    let Err(Error::ConditionFailed(e)) = made else {
        panic!("{made:?}");
    };
    assert!(e.is_missing());
    assert_eq!(Order::get(&missing).execute(&db).await?, None);
    Order::update(&missing)
        .set(|o| o.status(), OrderStatus::Pending)
        .set(|o| o.total(), 250)
        .set_together(|o| o.by_courier(), (None, 7))
        .or_create()
        .execute(&db)
        .await?;
    assert_eq!(
        Order::get(&missing).execute(&db).await?,
        Some(missing.clone())
    );
    let made = stored(&db, &missing).await?;
    Order::put(&missing).execute(&db).await?;
    assert_eq!(made, stored(&db, &missing).await?);
    Ok(())
}

#[tokio::test]
async fn names_at_run_time_meet_the_same_rules() -> Result<(), Error> {
    let one = order(day(2, 1), "o2");
    for name in [
        "PK",
        "SK",
        "GSI1PK",
        "GSI2SK",
        "LSI1SK",
        "user_id",
        "order_id",
        "placed_at",
        "courier",
    ] {
        let set = Order::update(&one)
            .set(|_| dkmio::attr(name), "x")
            .into_input();
        assert!(matches!(set, Err(Error::InvalidKey(_))), "{name}: {set:?}");
    }
    let added = Order::update(&one)
        .add(|_| dkmio::attr("total"), 1)
        .into_input();
    assert!(matches!(added, Err(Error::InvalidKey(_))), "{added:?}");
    Ok(())
}

#[tokio::test]
async fn another_kind_at_the_key_is_an_error() -> Result<(), Error> {
    let db = shop().await?;
    let mut other = stored(&db, &order(day(2, 1), "o2")).await?;
    other.insert("kind".to_owned(), AttributeValue::S("invoice".to_owned()));
    let client = db.client().await?;
    client
        .put_item()
        .table_name("shop")
        .set_item(Some(other))
        .send()
        .await
        .unwrap();
    let key = ("usr_1", day(2, 1), "o2");
    for found in [
        Order::get(key).execute(&db).await.map(drop),
        Order::get(key)
            .select(|o| o.total())
            .execute(&db)
            .await
            .map(drop),
        Order::batch_get([key]).execute(&db).await.map(drop),
        dkmio::transact_get((Order::get(key),))
            .execute(&db)
            .await
            .map(drop),
    ] {
        let Err(Error::WrongKind(e)) = found else {
            panic!("{found:?}");
        };
        assert_eq!(e.expected(), "order");
        assert!(e.key().is_some());
    }
    assert_eq!(Order::query("usr_1").count(&db).await?, 2);
    let updated = Order::update(key).set(|o| o.note(), "x").execute(&db).await;
    assert!(
        matches!(updated, Err(Error::ConditionFailed(_))),
        "{updated:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_difference_becomes_the_smallest_update() -> Result<(), Error> {
    let db = shop().await?;
    let before = order(day(2, 1), "o2");
    assert!(Order::diff(&before, &before)?.is_none());
    let after = Order {
        courier: Some("dhl".to_owned()),
        ..before.clone()
    };
    let update = Order::diff(&before, &after)?.unwrap();
    update.clone().execute(&db).await?;
    let item = stored(&db, &after).await?;
    Order::put(&after).execute(&db).await?;
    assert_eq!(item, stored(&db, &after).await?);
    // It was made of a priority that the item no longer has.
    Order::update(&before)
        .set_together(|o| o.by_courier(), ("ups", 9))
        .execute(&db)
        .await?;
    let late = update.execute(&db).await;
    assert!(matches!(late, Err(Error::ConditionFailed(_))), "{late:?}");
    let moved = Order {
        order_id: "o3".to_owned(),
        ..before.clone()
    };
    let refused = Order::diff(&before, &moved).map(drop);
    assert!(matches!(refused, Err(Error::InvalidKey(_))), "{refused:?}");
    Ok(())
}

#[derive(Default, DynamoPatch)]
#[patch(of = Order)]
struct OrderPatch {
    status: Option<OrderStatus>,
    total: Option<u64>,
    note: Option<Option<String>>,
}

#[tokio::test]
async fn a_patch_sets_what_is_there() -> Result<(), Error> {
    let db = shop().await?;
    let one = order(day(2, 1), "o2");
    let patch = OrderPatch {
        total: Some(9),
        note: Some(Some("gift".to_owned())),
        ..OrderPatch::default()
    };
    let patched = Order::update(&one)
        .patch(&patch)
        .return_new()
        .execute(&db)
        .await?;
    let expected = Order {
        total: 9,
        note: Some("gift".to_owned()),
        ..one.clone()
    };
    assert_eq!(patched, expected);
    let item = stored(&db, &one).await?;
    assert_eq!(text(&item, "LSI1SK").as_deref(), Some("TOTAL#000000000009"));
    let removed = OrderPatch {
        note: Some(None),
        ..OrderPatch::default()
    };
    Order::update(&one).patch(&removed).execute(&db).await?;
    let found = Order::get(&one).execute(&db).await?;
    assert_eq!(found.map(|o| o.note), Some(None));
    let nothing = Order::update(&one)
        .patch(&OrderPatch::default())
        .into_input();
    assert!(matches!(nothing, Err(Error::Validation(_))), "{nothing:?}");
    Ok(())
}

#[tokio::test]
async fn a_replacement_moves_an_item() -> Result<(), Error> {
    let db = shop().await?;
    let before = order(day(2, 1), "o2");
    let moved = Order {
        placed_at: day(2, 2),
        ..before.clone()
    };
    Order::replace(&before, &moved).execute(&db).await?;
    assert_eq!(Order::get(&before).execute(&db).await?, None);
    assert_eq!(Order::get(&moved).execute(&db).await?, Some(moved.clone()));
    let again = Order::replace(&before, &moved).execute(&db).await;
    assert!(
        matches!(again, Err(Error::TransactionCanceled(_))),
        "{again:?}"
    );
    let changed = Order {
        total: 1,
        ..moved.clone()
    };
    Order::replace(&moved, &changed).execute(&db).await?;
    let late = Order::replace(&moved, &changed).execute(&db).await;
    assert!(matches!(late, Err(Error::ConditionFailed(_))), "{late:?}");
    Ok(())
}

/// Shares the partitions of an index with [`Order`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "invoice")]
#[key(pk = "INVOICE#{invoice_id}", sk = "INVOICE")]
#[gsi(by_status, of = gsi1, pk = "ORDERS#{status}", sk = "{placed_at}#{invoice_id}")]
struct Invoice {
    invoice_id: String,
    status: OrderStatus,
    placed_at: NaiveDate,
}

#[tokio::test]
async fn a_limit_goes_past_other_kinds_in_growing_pages() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Shop>().await?;
    let invoices: Vec<Invoice> = (0..10_000)
        .map(|n| Invoice {
            invoice_id: format!("i{n:05}"),
            status: OrderStatus::Pending,
            placed_at: day(1, 1),
        })
        .collect();
    Invoice::batch_write()
        .put_all(&invoices)
        .execute(&db)
        .await?;
    for n in 0..30 {
        Order::put(&order(day(2, 1), &format!("o{n:02}")))
            .execute(&db)
            .await?;
    }
    let query = || Order::by_status().query(OrderStatus::Pending).limit(20);
    let page = query().execute(&db).await?;
    // 20, 40, 80 .. 5,120 and 10,240 items: ten requests in place of 500, and at most twice what must be read.
    assert_eq!(page.len(), 20);
    assert!(page.scanned_count() <= 20_020, "{}", page.scanned_count());
    let pages: Vec<_> = query().pages(&db).try_collect().await?;
    assert!(pages.len() <= 10, "{}", pages.len());
    let next = query().start_from(page.next()).execute(&db).await?;
    assert_eq!((next.len(), next.next().is_none()), (10, true));
    // Where no others are in the way, a request reads what is asked for.
    let first = Order::query("usr_1").limit(20).execute(&db).await?;
    assert_eq!((first.len(), first.scanned_count()), (20, 20));
    Ok(())
}
