//! A table of a published single-table design: users with their orders, lines, products with their reviews. It was made and
//! filled with the bare SDK; each access pattern is read and written with dkmio, and other programs' items stay as they are.

mod items;
mod model;

use self::items::{by_key, item, line, of_others, of_the_design, open, order, product, review};
use self::items::{shop, stored, with_map};
use self::model::{
    Account, AccountParts, Ecommerce, Line, Order, OrderStatus, Product, ProductPage,
    ProductPageParts, Review, User,
};
use chrono::NaiveDate;
use dkmio::{DynamoDb, Error, attr};
use futures_util::future::try_join;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, month, day).unwrap()
}

fn ids(orders: Vec<Order>) -> Vec<String> {
    orders.into_iter().map(|order| order.order_id).collect()
}

#[tokio::test]
async fn the_table_is_as_declared() -> Result<(), Error> {
    let db = shop().await?;
    let differences = db.verify_table::<Ecommerce>().await?;
    assert!(differences.is_empty(), "{differences}");
    Ok(())
}

#[tokio::test]
async fn users_and_orders_are_read() -> Result<(), Error> {
    let db = shop().await?;
    let ana = User::get("ana").execute(&db).await?.unwrap();
    assert_eq!(
        (ana.full_name.as_str(), ana.addresses.len()),
        ("Ana Díaz", 2)
    );
    let order = Order::get(("bo", "6b77")).execute(&db).await?.unwrap();
    assert_eq!((order.status, order.total), (OrderStatus::Placed, 40));
    // The profile sorts before the orders, and one request reads both; the cart and a legacy order come along.
    let page = Account::query("ana").execute(&db).await?;
    assert!(matches!(page.iter().next(), Some(Account::User(user)) if *user == ana));
    let AccountParts { user, order, other } = Account::split(page);
    assert_eq!(
        (user.len(), ids(order), other.len()),
        (1, vec!["5e72".into(), "6a01".into()], 2)
    );
    // The last two orders.
    let last = Order::query("ana")
        .descending()
        .limit(2)
        .fetch_all(&db)
        .await?;
    assert_eq!(ids(last), ["6a01", "5e72"]);
    let since = Order::query("ana")
        .sk(|k| k.order_id().ge("6"))
        .fetch_all(&db)
        .await?;
    assert_eq!(ids(since), ["6a01"]);
    let users = User::batch_get(["bo", "cy", "ana"]).execute(&db).await?;
    assert_eq!(users.iter().filter(|user| user.is_some()).count(), 2);
    Ok(())
}

#[tokio::test]
async fn indexes_that_kinds_share_are_read() -> Result<(), Error> {
    let db = shop().await?;
    // An order with its lines, by its id alone; an invoice and a return are in the same partitions.
    let by_id = Order::by_id().query("6a01");
    let lines = Line::by_order().query("6a01");
    let (order, lines) = try_join(by_id.first(&db), lines.fetch_all(&db)).await?;
    assert_eq!(order.map(|order| order.username).as_deref(), Some("ana"));
    let items: Vec<_> = lines.iter().map(|line| line.item_id.as_str()).collect();
    assert_eq!(items, ["i-2", "i-3"]);
    // Orders of a status, and of a status since a day.
    let placed = Order::by_status().query(OrderStatus::Placed);
    assert_eq!(ids(placed.fetch_all(&db).await?), ["6b77", "6a01"]);
    let placed = Order::by_status().query(OrderStatus::Placed);
    let spring = placed.sk(|k| k.placed_on().ge(day(3, 1)));
    assert_eq!(ids(spring.fetch_all(&db).await?), ["6a01"]);
    // The sparse index has open orders only.
    assert_eq!(Order::open().scan().count(&db).await?, 2);
    assert_eq!(
        ids(Order::open().query("6b77").fetch_all(&db).await?),
        ["6b77"]
    );
    // What was sold of a product in some days.
    let sold = Line::by_product().query("p1");
    let sold = sold.sk(|k| k.sold_on().between(day(2, 1), day(3, 1)));
    let sold: u32 = sold
        .fetch_all(&db)
        .await?
        .iter()
        .map(|line| line.quantity)
        .sum();
    assert_eq!(sold, 5);
    // The products of a category by price.
    let cheap = Product::by_price()
        .query("light")
        .sk(|k| k.price().lt(1_999));
    let names: Vec<_> = cheap
        .fetch_all(&db)
        .await?
        .into_iter()
        .map(|p| p.name)
        .collect();
    assert_eq!(names, ["Bulb"]);
    let dearest = Product::by_price()
        .query("light")
        .descending()
        .first(&db)
        .await?;
    assert_eq!(dearest.map(|product| product.price), Some(1_999));
    Ok(())
}

#[tokio::test]
async fn products_and_reviews_are_read() -> Result<(), Error> {
    let db = shop().await?;
    let page = ProductPage::query("p1").fetch_all(&db).await?;
    let ProductPageParts { product, review } = ProductPage::split(page);
    assert_eq!(product.iter().map(|p| p.stock).collect::<Vec<_>>(), [12]);
    // As texts sort: the ids have no zeros before them.
    assert_eq!(
        review.iter().map(|r| r.review_id).collect::<Vec<_>>(),
        [10, 9]
    );
    let bad = ProductPage::query("p1").filter(|p| p.review(|r| r.stars().lt(3)) | p.is_product());
    assert_eq!(bad.count(&db).await?, 2);
    let tenth = Review::get(("p1", 10)).execute(&db).await?.unwrap();
    assert_eq!((tenth.stars, tenth.username.as_str()), (2, "bo"));
    // One of them does not say what it is, and its keys do.
    let of_ana = Review::by_author().query("ana");
    let of_ana = of_ana
        .sk(|k| k.written_at().ge("2024-06"))
        .fetch_all(&db)
        .await?;
    assert_eq!(
        of_ana.iter().map(|r| r.review_id).collect::<Vec<_>>(),
        [1, 9]
    );
    assert_eq!(Review::query("p3").count(&db).await?, 1);
    assert_eq!(Review::scan().count(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn what_is_put_as_it_was_read_is_what_was_there() -> Result<(), Error> {
    let db = shop().await?;
    for user in User::scan().fetch_all(&db).await? {
        User::put(&user).execute(&db).await?;
    }
    for order in Order::scan().fetch_all(&db).await? {
        Order::put(&order).execute(&db).await?;
    }
    for line in Line::scan().fetch_all(&db).await? {
        Line::replace(&line, &line).execute(&db).await?;
    }
    let products = Product::scan().fetch_all(&db).await?;
    Product::batch_write()
        .put_all(&products)
        .execute(&db)
        .await?;
    for review in Review::scan().fetch_all(&db).await? {
        Review::replace(&review, &review).execute(&db).await?;
    }
    // All have their kind now, and its name of today.
    let mut expected = by_key(of_the_design().into_iter().chain(of_others()));
    for (key, kind) in [
        (("USER#bo", "ORDER#6b77"), "Order"),
        (("PRODUCT#p3", "REVIEW#1"), "Review"),
    ] {
        let old = expected
            .get_mut(&(key.0.to_owned(), key.1.to_owned()))
            .unwrap();
        old.extend(item(&[&format!("Type={kind}")]));
    }
    assert_eq!(stored(&db).await?, expected);
    Ok(())
}

/// Ana orders a chair and a lamp.
async fn buy(db: &DynamoDb) -> Result<(), Error> {
    let bought = Order {
        username: "ana".to_owned(),
        order_id: "7c10".to_owned(),
        status: OrderStatus::Placed,
        placed_on: day(4, 2),
        total: 14_949,
        open_order_id: Some("7c10".to_owned()),
    };
    let line = |item_id: &str, product_id: &str| Line {
        order_id: "7c10".to_owned(),
        item_id: item_id.to_owned(),
        product_id: product_id.to_owned(),
        sold_on: day(4, 2),
        quantity: 1,
    };
    let take = |product| {
        let update = Product::update(product).set_expr(|p| p.stock(), |p| p.stock() - 1);
        update.condition(|p| p.stock().ge(1))
    };
    dkmio::transact_write()
        .add(User::condition_check("ana", |u| u.email().exists()))
        .add(Order::put(&bought).if_not_exists())
        .add(Line::put(&line("i-5", "p3")))
        .add(Line::put(&line("i-6", "p1")))
        .add(take("p3"))
        .add(take("p1"))
        .execute(db)
        .await
}

#[tokio::test]
async fn what_is_written_is_what_the_other_programs_would_write() -> Result<(), Error> {
    let db = shop().await?;
    buy(&db).await?;
    // An order is shipped: it moves in one index, and leaves another.
    let shipped = Order::update(("ana", "6a01")).set(|o| o.status(), OrderStatus::Shipped);
    shipped.remove(|o| o.open_order_id()).execute(&db).await?;
    User::update("ana")
        .set(|u| u.addresses().entry("parents"), "Arequipa")
        .set(|u| u.email(), "ana@example.org")
        .execute(&db)
        .await?;
    // The price is in the key of an index; the category is too, and stays.
    Product::update("p2")
        .set(|p| p.price(), 349)
        .execute(&db)
        .await?;
    Product::update("p3")
        .set(|p| p.category(), "furniture")
        .add(|p| p.stock(), 10)
        .execute(&db)
        .await?;
    let before = Review::get(("p1", 10)).execute(&db).await?.unwrap();
    let after = Review {
        stars: 3,
        text: Some("It works now.".to_owned()),
        written_at: "2025-03-05T08:00:00Z".to_owned(),
        ..before.clone()
    };
    Review::diff(&before, &after)?.unwrap().execute(&db).await?;
    // Bo's order goes to Ana.
    let of_bo = Order::get(("bo", "6b77")).execute(&db).await?.unwrap();
    let of_ana = Order {
        username: "ana".to_owned(),
        ..of_bo.clone()
    };
    Order::replace(&of_bo, &of_ana).execute(&db).await?;
    dkmio::batch_write()
        .add(Line::delete(("i-1", "5e72")))
        .add(Review::delete(("p1", 9)))
        .execute(&db)
        .await?;
    Order::delete(("ana", "5e72"))
        .if_exists()
        .execute(&db)
        .await?;

    let ana = item(&[
        "PK=USER#ana",
        "SK=#PROFILE#ana",
        "Type=User",
        "Username=ana",
        "FullName=Ana Díaz",
        "Email=ana@example.org",
    ]);
    let addresses = [("home", "Lima"), ("work", "Cusco"), ("parents", "Arequipa")];
    let mut review = review("p1", 10, "bo", "2025-03-05T08:00:00Z", 3);
    review.extend(item(&["Text=It works now."]));
    let written = [
        with_map(ana, "Addresses", &addresses),
        order("ana", "6a01", "SHIPPED", "2025-03-01", 250, "Order"),
        open(
            order("ana", "6b77", "PLACED", "2025-02-14", 40, "Order"),
            "6b77",
        ),
        open(
            order("ana", "7c10", "PLACED", "2025-04-02", 14_949, "Order"),
            "7c10",
        ),
        line("7c10", "i-5", "p3", "2025-04-02", 1),
        line("7c10", "i-6", "p1", "2025-04-02", 1),
        product("p1", "Lamp", "light", 1_999, 11),
        product("p2", "Bulb", "light", 349, 500),
        product("p3", "Chair", "furniture", 12_950, 12),
        review,
    ];
    let mut expected = by_key(of_the_design().into_iter().chain(of_others()));
    for gone in [
        ("USER#bo", "ORDER#6b77"),
        ("ITEM#i-1", "ORDER#5e72"),
        ("PRODUCT#p1", "REVIEW#9"),
        ("USER#ana", "ORDER#5e72"),
    ] {
        expected
            .remove(&(gone.0.to_owned(), gone.1.to_owned()))
            .unwrap();
    }
    expected.extend(by_key(written));
    assert_eq!(stored(&db).await?, expected);
    Ok(())
}

#[tokio::test]
async fn a_purchase_that_the_stock_does_not_allow_writes_nothing() -> Result<(), Error> {
    let db = shop().await?;
    Product::update("p1")
        .set(|p| p.stock(), 0)
        .execute(&db)
        .await?;
    let before = stored(&db).await?;
    let refused = buy(&db).await;
    let Err(Error::TransactionCanceled(e)) = refused else {
        panic!("{refused:?}");
    };
    let failed: Vec<_> = e
        .reasons()
        .iter()
        .map(|reason| reason.is_condition_failed())
        .collect();
    assert_eq!(failed, [false, false, false, false, false, true]);
    assert_eq!(stored(&db).await?, before);
    Ok(())
}

#[tokio::test]
async fn items_of_others_are_neither_taken_nor_touched() -> Result<(), Error> {
    let db = shop().await?;
    let before = stored(&db).await?;
    let found = Order::get(("ana", "0001")).execute(&db).await;
    assert!(matches!(found, Err(Error::WrongKind(_))), "{found:?}");
    let found = dkmio::batch_get((Order::batch_get([("ana", "5e72"), ("ana", "0001")]),))
        .execute(&db)
        .await
        .map(drop);
    assert!(matches!(found, Err(Error::WrongKind(_))), "{found:?}");
    let update = || Order::update(("ana", "0001")).set(|o| o.status(), OrderStatus::Shipped);
    // Half of a new item's key in an index is not known, and nothing is sent.
    let half = update().or_create().execute(&db).await;
    assert!(matches!(half, Err(Error::InvalidKey(_))), "{half:?}");
    let whole = update().set(|o| o.placed_on(), day(1, 1)).or_create();
    for update in [update(), whole] {
        let updated = update.execute(&db).await;
        assert!(
            matches!(updated, Err(Error::ConditionFailed(_))),
            "{updated:?}"
        );
    }
    // An update makes no item; that of another program is not at this key.
    let updated = Review::update(("p1", 77))
        .set(|r| r.stars(), 1)
        .execute(&db)
        .await;
    let Err(Error::ConditionFailed(e)) = updated else {
        panic!("{updated:?}");
    };
    assert!(e.is_missing());
    assert_eq!(
        Order::by_status()
            .query(OrderStatus::Placed)
            .count(&db)
            .await?,
        2
    );
    assert_eq!(stored(&db).await?, before);
    Ok(())
}

#[tokio::test]
async fn a_separator_in_a_member_is_refused_before_anything_is_sent() -> Result<(), Error> {
    let db = shop().await?;
    let before = stored(&db).await?;
    let split = Line {
        order_id: "5e72#RETURN".to_owned(),
        ..Line::get(("i-1", "5e72")).execute(&db).await?.unwrap()
    };
    let in_index = Product {
        category: "light#sale".to_owned(),
        ..Product::get("p1").execute(&db).await?.unwrap()
    };
    for refused in [
        Line::put(&split).execute(&db).await,
        Product::put(&in_index).execute(&db).await,
        Line::delete(("i-1", "5e72#RETURN")).execute(&db).await,
        Line::get(("i-2", "6a01#RETURN"))
            .execute(&db)
            .await
            .map(drop),
        Product::query("p1#de").count(&db).await.map(drop),
        Product::update("p1")
            .set(|p| p.category(), "light#sale")
            .execute(&db)
            .await,
        Product::update("p1")
            .set(|_| attr("GSI1PK"), "CATEGORY#x")
            .execute(&db)
            .await,
        User::get("").execute(&db).await.map(drop),
        Product::update("p1")
            .set(|p| p.price(), 100_000_000)
            .execute(&db)
            .await,
    ] {
        assert!(matches!(refused, Err(Error::InvalidKey(_))), "{refused:?}");
    }
    assert_eq!(stored(&db).await?, before);
    Ok(())
}
