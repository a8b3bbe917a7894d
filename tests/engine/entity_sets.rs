//! Several kinds of items, read into an enum.

use dkmio::{AttributeValue, DynamoDb, DynamoEntities, Error, Item};
use dkmio_tests::shop::{HomeAddress, Order, Shop, User, address, day, order, user};

#[derive(Debug, Clone, PartialEq, DynamoEntities)]
#[entities(of = Shop, collection)]
enum Account {
    User(User),
    Order(Order),
    Address(HomeAddress),
    #[entities(other)]
    Other(Item),
}

#[derive(Debug, PartialEq, DynamoEntities)]
#[entities(of = Shop, collection, skip_unknown)]
enum Purchases {
    User(User),
    Order(Order),
}

#[derive(Debug, PartialEq, DynamoEntities)]
#[entities(of = Shop)]
enum Strict {
    User(User),
    Order(Order),
}

async fn shop() -> Result<DynamoDb, Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Shop>().await?;
    User::put(&user()).execute(&db).await?;
    for (placed_at, id) in [(day(1, 31), "o1"), (day(2, 1), "o2"), (day(2, 1), "o20")] {
        Order::put(&order(placed_at, id)).execute(&db).await?;
    }
    HomeAddress::put(&address("home")).execute(&db).await?;
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let other = [("PK", "USER#usr_1"), ("SK", "WISH#1"), ("kind", "wish")];
    let client = db.client().await?;
    let other = other.map(|(name, value)| (name.to_owned(), text(value)));
    client
        .put_item()
        .table_name("shop")
        .set_item(Some(Item::from(other)))
        .send()
        .await
        .unwrap();
    Ok(db)
}

#[tokio::test]
async fn a_collection_is_read_in_one_request_and_split() -> Result<(), Error> {
    let db = shop().await?;
    let page = Account::query("usr_1").execute(&db).await?;
    assert_eq!((page.len(), page.next().is_none()), (6, true));
    assert!(matches!(page.iter().next(), Some(Account::Address(_))));
    let AccountParts {
        user: users,
        order: orders,
        address: addresses,
        other,
    } = Account::split(page);
    assert_eq!(users, [user()]);
    assert_eq!(orders.len(), 3);
    assert_eq!(addresses, [address("home")]);
    assert_eq!(other.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_collection_is_narrowed_by_the_sort_key_of_one_kind() -> Result<(), Error> {
    let db = shop().await?;
    let since = Account::query("usr_1")
        .sk(|k| k.order(|k| k.placed_at().ge(day(2, 1))))
        .fetch_all(&db)
        .await?;
    assert_eq!(since.len(), 2);
    let one = Account::query("usr_1")
        .sk(|k| k.order(|k| k.placed_at().eq(day(2, 1)).order_id().eq("o2")))
        .fetch_all(&db)
        .await?;
    assert_eq!(one, [Account::Order(order(day(2, 1), "o2"))]);
    Ok(())
}

#[tokio::test]
async fn a_filter_of_a_collection_is_by_kind() -> Result<(), Error> {
    let db = shop().await?;
    let large = Account::query("usr_1")
        .filter(|a| a.order(|o| o.order_id().eq("o2") & o.total().ge(100)) | a.is_user())
        .count(&db)
        .await?;
    assert_eq!(large, 2);
    Ok(())
}

#[tokio::test]
async fn unknown_kinds_are_taken_skipped_or_an_error() -> Result<(), Error> {
    let db = shop().await?;
    assert_eq!(Account::scan().count(&db).await?, 6);
    let known = Purchases::query("usr_1").fetch_all(&db).await?;
    assert_eq!(known.len(), 4);
    let PurchasesParts {
        user: users,
        order: orders,
    } = Purchases::split(known);
    assert_eq!((users.len(), orders.len()), (1, 3));
    let strict = Strict::scan().fetch_all(&db).await;
    assert!(matches!(strict, Err(Error::WrongKind(_))), "{strict:?}");
    Ok(())
}
