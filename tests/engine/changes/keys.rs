//! The key of an entity, read back from its text.

use dkmio::aws_sdk_dynamodb::types::StreamViewType;
use dkmio::{
    DynamoEntities, DynamoEntity, Error, EventName, Item, KeyChange, Latest, Records, SharedTable,
};
use dkmio_tests::shop::{Order, OrderKey, Shop, User, day, order, user};
use dkmio_tests::table_stream::TableStream;
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "fleet")]
#[keys(pk = "PK", sk = ("SK", N), kind = "kind")]
struct Fleet;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Fleet, kind = "trip")]
#[key(pk = "CAR#{plate:lower}#{zone}#{lap:04}#{shift:raw}", sk = at)]
struct Trip {
    plate: String,
    zone: i16,
    lap: u16,
    shift: i8,
    #[serde(rename = "SK")]
    at: u64,
    km: u32,
}

#[derive(Debug, DynamoEntities)]
#[entities(of = Shop, collection)]
enum Account {
    User(User),
    Order(Order),
    #[entities(other)]
    Other(Item),
}

#[derive(Debug, DynamoEntities)]
#[entities(of = Shop)]
enum Purchases {
    User(User),
    Order(Order),
}

async fn records(stream: &TableStream) -> Records {
    Records::from(stream.records().await)
}

#[tokio::test]
async fn members_are_read_back_whatever_text_they_are() -> Result<(), Error> {
    let stream = TableStream::of::<Shop>(StreamViewType::KeysOnly).await;
    let order = Order {
        user_id: "a#b%".to_owned(),
        ..order(day(1, 31), "o 1#\u{1F980}")
    };
    Order::put(&order).execute(&stream.db).await?;
    User::put(&user()).execute(&stream.db).await?;
    let records = records(&stream).await;
    let keys: Vec<_> = records
        .iter()
        .map(KeyChange::<Order>::of)
        .collect::<Result<_, _>>()?;
    let expected = KeyChange {
        event: EventName::Insert,
        key: order.key(),
        expired: false,
    };
    assert_eq!(keys, [Some(expected), None]);
    Ok(())
}

#[tokio::test]
async fn the_key_of_an_item_that_is_gone_is_told_by_its_text() -> Result<(), Error> {
    let stream = TableStream::of::<Shop>(StreamViewType::NewImage).await;
    let order = order(day(1, 31), "o1");
    Order::put(&order).execute(&stream.db).await?;
    Order::delete(&order).execute(&stream.db).await?;
    let records = records(&stream).await;
    let latest: Vec<_> = records
        .iter()
        .map(Latest::<Order>::of)
        .collect::<Result<_, _>>()?;
    let key: OrderKey = order.key();
    assert_eq!(
        latest,
        [Some(Latest::Present(order)), Some(Latest::Gone(key))]
    );
    assert_eq!(Latest::<User>::of(records.iter().nth(1).unwrap())?, None);
    Ok(())
}

#[tokio::test]
async fn the_key_of_a_set_says_of_which_entity_it_is() -> Result<(), Error> {
    let stream = TableStream::of::<Shop>(StreamViewType::KeysOnly).await;
    let order = order(day(1, 31), "o1");
    Order::put(&order).execute(&stream.db).await?;
    User::put(&user()).execute(&stream.db).await?;
    dkmio_tests::shop::HomeAddress::put(&dkmio_tests::shop::address("home"))
        .execute(&stream.db)
        .await?;
    let records = records(&stream).await;
    let mut keys = Vec::new();
    for record in &records {
        keys.extend(KeyChange::<Account>::of(record)?.map(|change| change.key));
    }
    let [
        AccountKey::Order(read),
        AccountKey::User(_),
        AccountKey::Other(other),
    ] = &keys[..]
    else {
        panic!("{keys:?}");
    };
    assert_eq!((read, other.len()), (&order.key(), 2));
    let seen = records
        .iter()
        .filter_map(|record| KeyChange::<Purchases>::of(record).unwrap());
    let seen: Vec<_> = seen.map(|change| change.key).collect();
    assert!(matches!(
        &seen[..],
        [PurchasesKey::Order(_), PurchasesKey::User(_)]
    ));
    Ok(())
}

#[tokio::test]
async fn a_member_that_the_key_holds_in_part_is_taken_from_the_image() -> Result<(), Error> {
    let trip = Trip {
        plate: "AB-12".to_owned(),
        zone: -7,
        lap: 12,
        shift: -3,
        at: 1_740_823_204,
        km: 8,
    };
    for view_type in [StreamViewType::NewImage, StreamViewType::NewAndOldImages] {
        let stream = TableStream::of::<Fleet>(view_type).await;
        Trip::put(&trip).execute(&stream.db).await?;
        for record in &records(&stream).await {
            assert_eq!(KeyChange::<Trip>::of(record)?.unwrap().key, trip.key());
        }
    }
    let stream = TableStream::of::<Fleet>(StreamViewType::KeysOnly).await;
    Trip::put(&trip).execute(&stream.db).await?;
    let records = records(&stream).await;
    let result = KeyChange::<Trip>::of(records.iter().next().unwrap());
    assert!(
        matches!(&result, Err(Error::Decode(e)) if e.path() == "plate"),
        "{result:?}"
    );
    Ok(())
}
