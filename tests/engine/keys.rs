//! The key structs of models: values of serde, and keys of maps.

use dkmio::{DynamoTable, Error, KeyAttribute, Number, Sortable, codec};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, KeyAttribute,
)]
struct UserId(String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[serde(rename_all = "camelCase")]
#[dkmio(table = "visits")]
struct Visits {
    #[pk]
    user_id: UserId,
    #[sk]
    #[serde(rename = "at")]
    visited_at: u64,
    note: Option<String>,
}

/// Has neither `Hash`, `Eq` nor an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
struct Bare(String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "bares")]
struct Bares {
    #[pk]
    id: Bare,
    #[sk]
    r#type: Number,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "offers")]
struct Offers {
    #[pk]
    #[serde(with = "dkmio::decimal")]
    price: Decimal,
    #[sk]
    at: Sortable<chrono::DateTime<chrono::Utc>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "devices")]
struct Devices {
    #[pk]
    id: uuid::Uuid,
}

fn visit(user: &str, at: u64) -> VisitsKey {
    VisitsKey {
        user_id: UserId(user.into()),
        visited_at: at,
    }
}

#[test]
fn a_key_is_a_struct_to_serde_with_the_names_of_the_item() {
    let key = visit("ann", 7);
    let value = serde_json::to_value(&key).unwrap();
    assert_eq!(value, json!({"userId": "ann", "at": 7}));
    assert_eq!(serde_json::from_value::<VisitsKey>(value).unwrap(), key);
    // What a client has besides is passed over, and formats without names go by the order.
    let with_more = json!({"note": "x", "at": 7, "more": {"a": [1]}, "userId": "ann"});
    assert_eq!(serde_json::from_value::<VisitsKey>(with_more).unwrap(), key);
    assert_eq!(
        serde_json::from_value::<VisitsKey>(json!(["ann", 7])).unwrap(),
        key
    );
    for refused in [
        r#"{"userId": "ann"}"#,
        r#"{"at": 7}"#,
        r#"{"userId": "ann", "at": 7, "at": 8}"#,
        r#"{"user_id": "ann", "visited_at": 7}"#,
        r#"{"userId": 1, "at": 7}"#,
        r#"["ann"]"#,
        r#""ann""#,
        "null",
    ] {
        assert!(
            serde_json::from_str::<VisitsKey>(refused).is_err(),
            "{refused}"
        );
    }
    let device = DevicesKey::from(uuid::Uuid::nil());
    let text = serde_json::to_string(&device).unwrap();
    assert_eq!(text, r#"{"id":"00000000-0000-0000-0000-000000000000"}"#);
    assert_eq!(serde_json::from_str::<DevicesKey>(&text).unwrap(), device);
}

/// So the key of an item that does not read, or that was not processed, is one again.
#[test]
fn a_key_reads_from_the_key_of_an_item() -> Result<(), Error> {
    let item = codec::to_item(&Visits {
        user_id: UserId("ann".into()),
        visited_at: 7,
        note: Some("hello".into()),
    })?;
    let key: VisitsKey = codec::from_item(item)?;
    assert_eq!(key, visit("ann", 7));
    let json = codec::to_json(&key)?;
    assert_eq!(json, r#"{"userId":{"S":"ann"},"at":{"N":"7"}}"#);
    assert_eq!(codec::from_json::<VisitsKey>(json.as_bytes())?, key);
    let input = Visits::get(key).into_input()?;
    assert_eq!(
        codec::from_item::<VisitsKey>(input.key().unwrap().clone())?,
        visit("ann", 7)
    );
    Ok(())
}

#[test]
fn a_key_with_an_adapter_goes_through_it() -> Result<(), Error> {
    let key = OffersKey {
        price: Decimal::new(1250, 2),
        at: Sortable::from(chrono::DateTime::UNIX_EPOCH),
    };
    let item = codec::to_item(&key)?;
    assert_eq!(item["price"].as_n().unwrap(), "12.5");
    assert_eq!(codec::from_item::<OffersKey>(item)?, key);
    let text = serde_json::to_string(&key).unwrap();
    assert_eq!(
        serde_json::from_str::<OffersKey>(&text).unwrap(),
        key,
        "{text}"
    );
    Ok(())
}

#[test]
fn a_key_is_compared_and_hashed_where_its_parts_are() {
    let sorted = BTreeSet::from([visit("b", 1), visit("a", 10), visit("a", 9)]);
    assert_eq!(
        Vec::from_iter(sorted),
        [visit("a", 9), visit("a", 10), visit("b", 1)]
    );
    assert!(visit("a", 9) < visit("a", 10) && visit("a", 10) < visit("b", 1));
    let mut seen = HashMap::from([(visit("a", 1), 1)]);
    assert_eq!(seen.insert(visit("a", 1), 2), Some(1));
    let offers = BTreeMap::from([(
        Devices {
            id: uuid::Uuid::nil(),
        }
        .key(),
        "none",
    )]);
    assert_eq!(offers.len(), 1);
    // Of parts that have none of it, the key is one all the same.
    let bare = BaresKey {
        id: Bare("x".into()),
        r#type: "1.5".parse().unwrap(),
    };
    let value = serde_json::to_value(&bare).unwrap();
    assert_eq!(value["id"], "x");
    assert_eq!(serde_json::from_value::<BaresKey>(value).unwrap(), bare);
}

/// What the verbs take for a key, makes one too: literals get their types, references are cloned.
#[tokio::test]
async fn a_key_is_made_of_what_the_verbs_take() -> Result<(), Error> {
    let db = dkmio::DynamoDb::embedded();
    db.create_table::<Sightings>().await?;
    let seen = |at| Sightings {
        place: "roof".to_owned(),
        at,
    };
    let puts = [0, 1, 2, 3, 4, 5].map(seen);
    Sightings::batch_write().put_all(&puts).execute(&db).await?;
    let (one, two) = (vec![SightingsKey::from(("roof", 1))], ["roof".to_owned()]);
    Sightings::batch_write()
        .delete(("roof", 0))
        .delete_all(&one)
        .delete_all(two.iter().map(|place| (place, &2)))
        .delete_all([("roof", 3)])
        .delete(&puts[4])
        .execute(&db)
        .await?;
    let left = Sightings::query("roof").execute(&db).await?;
    assert_eq!(left.into_items(), [seen(5)]);
    assert_eq!(one[0], SightingsKey::from(&one[0]));
    // A decimal of a literal, a time of what it wraps.
    let epoch = chrono::DateTime::<chrono::Utc>::UNIX_EPOCH;
    let offer = OffersKey::from((12, epoch));
    assert_eq!((offer.price, offer.at), (Decimal::from(12), epoch.into()));
    Ok(())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "sightings")]
#[gsi(by_time, pk = at, project = keys_only)]
struct Sightings {
    #[pk]
    place: String,
    #[sk]
    at: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "names")]
struct Names {
    #[pk]
    name: String,
}

#[tokio::test]
async fn a_list_of_names_is_a_list_of_keys() -> Result<(), Error> {
    let db = dkmio::DynamoDb::embedded();
    db.create_table::<Names>().await?;
    let names: Vec<String> = ["ann", "bob", "eve"].map(String::from).into();
    let items = names.iter().cloned().map(|name| Names { name });
    Names::batch_write().put_all(items).execute(&db).await?;
    Names::batch_write()
        .delete_all(&names[..2])
        .execute(&db)
        .await?;
    let left = Names::batch_get(&names).execute(&db).await?;
    assert_eq!(left.iter().filter(|name| name.is_some()).count(), 1);
    Ok(())
}

/// So an item of an index leads to the whole item.
#[tokio::test]
async fn an_item_of_an_index_has_the_key_of_its_table() -> Result<(), Error> {
    let db = dkmio::DynamoDb::embedded();
    db.create_table::<Sightings>().await?;
    let seen = Sightings {
        place: "roof".to_owned(),
        at: 7,
    };
    Sightings::put(&seen).execute(&db).await?;
    let found = Sightings::by_time().query(7).first(&db).await?.unwrap();
    assert_eq!(found.key(), seen.key());
    assert_eq!(Sightings::get(found.key()).execute(&db).await?, Some(seen));
    Ok(())
}
