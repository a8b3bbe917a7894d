//! Changes of entities, and of sets of them.

use dkmio::aws_sdk_dynamodb::types::StreamViewType;
use dkmio::{AttributeValue, Change, DynamoEntities, Error, Item, Latest, Record, Records};
use dkmio_tests::shop::{HomeAddress, Order, OrderStatus, Shop, User, address, day, order, user};
use dkmio_tests::table_stream::TableStream;

#[derive(Debug, Clone, PartialEq, DynamoEntities)]
#[entities(of = Shop, collection)]
enum Account {
    User(User),
    Order(Order),
    #[entities(other)]
    Other(Item),
}

#[derive(DynamoEntities)]
#[entities(of = Shop)]
enum Purchases {
    User(User),
    Order(Order),
}

async fn shop() -> TableStream {
    TableStream::of::<Shop>(StreamViewType::NewAndOldImages).await
}

/// Puts an item that dkmio does not know.
async fn put_item(stream: &TableStream, item: &[(&str, &str)]) -> Item {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let item: Item = item
        .iter()
        .map(|(name, value)| ((*name).to_owned(), text(value)))
        .collect();
    let client = stream.db.client().await.unwrap();
    let put = client.put_item().table_name("shop");
    put.set_item(Some(item.clone())).send().await.unwrap();
    item
}

fn all<C>(records: &Records, read: impl Fn(&Record) -> Result<C, Error>) -> Vec<C> {
    let read: Result<_, _> = records.iter().map(read).collect();
    read.unwrap()
}

#[tokio::test]
async fn an_entity_sees_its_own_changes_only() -> Result<(), Error> {
    let stream = shop().await;
    let order = order(day(1, 31), "o1");
    User::put(&user()).execute(&stream.db).await?;
    Order::put(&order).execute(&stream.db).await?;
    HomeAddress::put(&address("home"))
        .execute(&stream.db)
        .await?;
    let records = Records::from(stream.records().await);
    let changes = all(&records, Change::<Order>::of);
    assert_eq!(changes, [None, Some(Change::Insert { new: order }), None]);
    let mut cities = Vec::new();
    let response = records
        .each(|change: Latest<HomeAddress>| {
            if let Latest::Present(address) = change {
                cities.push(address.city);
            }
            async { Ok::<_, Error>(()) }
        })
        .await;
    assert!(response.error().is_none());
    assert_eq!(cities, ["Lima"]);
    Ok(())
}

#[tokio::test]
async fn the_change_of_a_set_says_of_which_entity_it_is() -> Result<(), Error> {
    let stream = shop().await;
    let old = order(day(1, 31), "o1");
    let new = Order {
        status: OrderStatus::Shipped,
        courier: Some("dhl".to_owned()),
        ..old.clone()
    };
    User::put(&user()).execute(&stream.db).await?;
    Order::put(&old).execute(&stream.db).await?;
    Order::put(&new).execute(&stream.db).await?;
    let wish = put_item(
        &stream,
        &[("PK", "USER#usr_1"), ("SK", "WISH#1"), ("kind", "wish")],
    )
    .await;
    User::delete("usr_1").execute(&stream.db).await?;

    let records = Records::from(stream.records().await);
    let expected = [
        AccountChange::User(Change::Insert { new: user() }),
        AccountChange::Order(Change::Insert { new: old.clone() }),
        AccountChange::Order(Change::Modify {
            old: old.clone(),
            new: new.clone(),
        }),
        AccountChange::Other(Change::Insert { new: wish }),
        AccountChange::User(Change::Remove {
            old: user(),
            expired: false,
        }),
    ];
    assert_eq!(all(&records, AccountChange::of), expected.map(Some));
    // The enum itself, whose variants can differ before and after to the compiler.
    let changes = all(&records, Change::<Account>::of);
    let modified = Change::Modify {
        old: Account::Order(old),
        new: Account::Order(new),
    };
    assert_eq!(changes[2], Some(modified));
    // A set without `other` does not see the wish.
    let seen = all(&records, PurchasesChange::of);
    let seen: Vec<bool> = seen.iter().map(Option::is_some).collect();
    assert_eq!(seen, [true, true, true, false, true]);
    let mut users = 0;
    let response = records
        .each(|change: AccountChange| {
            users += u32::from(matches!(change, AccountChange::User(_)));
            async { Ok::<_, Error>(()) }
        })
        .await;
    assert!(response.error().is_none() && users == 2);
    Ok(())
}

#[tokio::test]
async fn two_kinds_at_one_key_are_an_error() -> Result<(), Error> {
    let stream = shop().await;
    Order::put(&order(day(1, 31), "o1"))
        .execute(&stream.db)
        .await?;
    let key = [
        ("PK", "USER#usr_1"),
        ("SK", "ORDER#2025-01-31#o1"),
        ("kind", "wish"),
    ];
    put_item(&stream, &key).await;
    let records = Records::from(stream.records().await);
    let record = records.iter().nth(1).unwrap();
    let results = [
        Change::<Order>::of(record).map(drop),
        Latest::<Order>::of(record).map(drop),
        Change::<Account>::of(record).map(drop),
        AccountChange::of(record).map(drop),
        PurchasesChange::of(record).map(drop),
    ];
    for result in results {
        assert!(matches!(result, Err(Error::Decode(_))), "{result:?}");
    }
    assert_eq!(Change::<User>::of(record)?, None);
    Ok(())
}

#[tokio::test]
async fn items_of_dkmios_own_are_not_seen() -> Result<(), Error> {
    let stream = shop().await;
    for (pk, sk) in [
        ("UNIQUE#user#email#a", "UNIQUE"),
        ("SEQUENCE#invoice", "SEQUENCE"),
    ] {
        put_item(&stream, &[("PK", pk), ("SK", sk)]).await;
        put_item(&stream, &[("PK", pk), ("SK", sk), ("kind", "dkmio:own")]).await;
    }
    let records = Records::from(stream.records().await);
    assert_eq!(records.len(), 4);
    for record in &records {
        assert_eq!(AccountChange::of(record)?, None);
        assert_eq!(Change::<Account>::of(record)?, None);
        assert_eq!(Change::<Order>::of(record)?, None);
    }
    Ok(())
}
