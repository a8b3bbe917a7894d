//! What is stored, and how it comes back: `None`, empty sets, sets, times to live.

use dkmio::{
    AttributeValue, Bytes, DynamoDb, DynamoTable, Error, Item, KeyAttribute, Number, Set, Ttl,
};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, order};
use serde::{Deserialize, Serialize};

async fn raw(db: &DynamoDb, order: &Orders) -> Result<Item, Error> {
    Ok(Orders::get(order).raw().execute(db).await?.unwrap())
}

#[tokio::test]
async fn none_is_absent_and_set_to_none_removes() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let mut order = order("usr_1", "ord_1");
        Orders::put(&order).execute(&db).await?;
        for name in ["region", "description", "address", "expires_at", "tags"] {
            assert!(!raw(&db, &order).await?.contains_key(name), "{name}");
        }
        order.description = Some(String::new());
        let update = Orders::update(&order).set(|o| o.description(), order.description.clone());
        assert_eq!(update.return_new().execute(&db).await?, order);
        let absent = Orders::update(&order)
            .set(|o| o.description(), None::<String>)
            .condition(|o| o.description().exists() & o.region().not_exists());
        absent.execute(&db).await?;
        assert!(!raw(&db, &order).await?.contains_key("description"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn null_and_absent_read_as_none() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let order = order("usr_1", "ord_1");
        let mut item = dkmio::codec::to_item(&order)?;
        for name in ["region_", "description", "address", "expires_at", "tags"] {
            item.insert(name.to_owned(), AttributeValue::Null(true));
        }
        let client = db.client().await?;
        let put = client
            .put_item()
            .table_name(db.table_name("orders"))
            .set_item(Some(item));
        put.send().await.unwrap();
        assert_eq!(Orders::get(&order).execute(&db).await?, Some(order));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_is_sparse_where_its_key_is_none() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        for n in 0..4 {
            let mut order = order("usr_1", &format!("ord_{n}"));
            order.region = (n % 2 == 0).then(|| "eu".into());
            Orders::put(&order).execute(&db).await?;
        }
        let by_region = || Orders::by_region().query("eu");
        assert_eq!(by_region().count(&db).await?, 2);
        assert_eq!(Orders::by_region().scan().count(&db).await?, 2);
        let update = |n| Orders::update(("usr_1", format!("ord_{n}")));
        update(0).set(|o| o.region(), None).execute(&db).await?;
        update(2).remove(|o| o.region()).execute(&db).await?;
        update(1).set(|o| o.region(), "eu").execute(&db).await?;
        let ids = by_region().select(|o| o.order_id()).fetch_all(&db).await?;
        assert_eq!(ids, ["ord_1"]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_set_is_absent() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let mut order = order("usr_1", "ord_1");
        order.tags = Set::from(["a"]);
        Orders::put(&order).execute(&db).await?;
        let nothing = Orders::update(&order)
            .add(|o| o.tags(), [""; 0])
            .delete(|o| o.tags(), [""; 0])
            .set(|o| o.total(), 1);
        assert_eq!(
            nothing.return_new().execute(&db).await?.tags,
            Set::from(["a"])
        );
        let emptied = Orders::update(&order).set(|o| o.tags(), Set::new());
        assert!(emptied.return_new().execute(&db).await?.tags.is_empty());
        assert!(!raw(&db, &order).await?.contains_key("tags"));
        assert_eq!(
            Orders::query("usr_1")
                .filter(|o| o.tags().not_exists())
                .count(&db)
                .await?,
            1
        );
        let compared = Orders::query("usr_1").filter(|o| o.tags().eq(Set::new()));
        super::refused(compared.execute(&db).await, super::is_validation);
        Ok(())
    })
    .await;
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, KeyAttribute,
)]
enum Colour {
    Red,
    Blue,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, KeyAttribute)]
struct Sku(u32);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "sets")]
struct Sets {
    #[pk]
    id: String,
    colours: Set<Colour>,
    skus: Set<Sku>,
    exact: Set<Number>,
    bytes: Set<Bytes>,
    signed: Option<Set<i8>>,
}

#[tokio::test]
async fn sets_are_sets_both_ways() {
    check(async |db| {
        db.create_table::<Sets>().await?;
        let number = |text: &str| text.parse::<Number>().unwrap();
        let sets = Sets {
            id: "s".into(),
            colours: Set::from([Colour::Blue, Colour::Red]),
            skus: Set::from([Sku(10), Sku(9)]),
            exact: Set::from([number("0.1"), number(&"9".repeat(38))]),
            bytes: Set::from([Bytes::from([0, 255]), Bytes::from([1])]),
            signed: Some(Set::from([-1i8, 0, 1])),
        };
        Sets::put(&sets).execute(&db).await?;
        assert_eq!(Sets::get("s").execute(&db).await?.as_ref(), Some(&sets));
        let raw = Sets::get("s").raw().execute(&db).await?.unwrap();
        assert!(raw["colours"].is_ss() && raw["skus"].is_ns() && raw["bytes"].is_bs());
        let query = Sets::query("s").filter(|s| {
            s.colours().eq(&sets.colours)
                & s.skus().contains(Sku(9))
                & s.signed().contains(-1)
                & s.bytes().contains(Bytes::from([1]))
                & s.colours().contains(Colour::Red)
        });
        assert_eq!(query.count(&db).await?, 1);
        let new = Sets::update("s")
            .add(|s| s.skus(), [Sku(1)])
            .delete(|s| s.colours(), vec![Colour::Red])
            .delete(|s| s.signed(), [0, 1])
            .return_new();
        let new = new.execute(&db).await?;
        assert_eq!(new.skus, Set::from([Sku(1), Sku(9), Sku(10)]));
        assert_eq!(
            (new.colours.len(), new.signed),
            (1, Some(Set::from([-1i8])))
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_time_to_live_in_milliseconds_is_refused_and_still_read() {
    check(async |db| {
        let milliseconds = 1_767_225_600_000;
        assert!(Ttl::from_epoch_seconds(milliseconds).is_err());
        Database::create::<Orders>(&db).await?;
        let mut order = order("usr_1", "ord_1");
        Orders::put(&order).execute(&db).await?;
        let update = Orders::update(&order).set(|_| dkmio::attr("expires_at"), milliseconds);
        update.execute(&db).await?; // as another program does
        order = Orders::get(&order).execute(&db).await?.unwrap();
        let put = Orders::put(&order).execute(&db).await;
        let error = super::refused(put, |e| matches!(e, Error::Encode(_)));
        assert!(matches!(&error, Error::Encode(e) if e.path() == "expires_at"));
        assert!(
            !format!("{error} {error:?}").contains("1767225600000"),
            "{error}"
        );
        Ok(())
    })
    .await;
}
