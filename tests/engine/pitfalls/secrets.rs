//! Errors name table, path and key, and never a value.

use dkmio::{AttributeValue, Bytes, DynamoDb, DynamoTable, Error, Number, Set, Ttl, attr, expr};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, order};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn n(text: &str) -> AttributeValue {
    AttributeValue::N(text.to_owned())
}

fn assert_silent(error: &Error) {
    let mut text = format!("{error} {error:?} {error:#?}");
    if let Error::Decode(e) = error {
        text += &format!("{e} {e:?} {}", e.message());
    }
    for sentinel in ["SENTINEL", "77777"] {
        assert!(!text.contains(sentinel), "{text}");
    }
}

async fn store(db: &DynamoDb, value: Option<AttributeValue>) {
    let client = db.client().await.unwrap();
    let put = client
        .put_item()
        .table_name(db.table_name("raw"))
        .item("id", s("SENTINEL-id"))
        .set_item(None)
        .item("id", s("SENTINEL-id"));
    let put = match value {
        Some(value) => put.item("v", value),
        None => put,
    };
    put.send().await.unwrap();
}

/// Asserts that an item with a value does not read as a model with an attribute of the type.
macro_rules! assert_unreadable {
    ($db:expr, $($ty:ty: $value:expr => $path:literal),+ $(,)?) => { $( {
        #[derive(Debug, Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = "raw")]
        struct Raw {
            #[pk]
            id: String,
            v: $ty,
        }
        store(&$db, $value).await;
        let errors = [
            Raw::get("SENTINEL-id").execute(&$db).await.unwrap_err(),
            Raw::get("SENTINEL-id").select(|r| r.v()).execute(&$db).await.unwrap_err(),
            Raw::query("SENTINEL-id").execute(&$db).await.unwrap_err(),
            Raw::scan().execute(&$db).await.unwrap_err(),
            Raw::delete("SENTINEL-id").return_old().execute(&$db).await.unwrap_err(),
        ];
        for error in errors {
            assert_silent(&error);
            let Error::Decode(e) = &error else { panic!("{error:?}") };
            assert_eq!(e.table(), Some("raw"));
            assert_eq!(e.path(), $path, "{}", stringify!($ty: $value));
            let key = e.key().expect("the item can be found");
            assert_eq!(key["id"], s("SENTINEL-id"));
        }
    } )+ };
}

#[derive(Debug, Serialize, Deserialize)]
struct Raw {
    id: String,
}

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "raw")]
struct Bare {
    #[pk]
    id: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inner {
    deep: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Kind {
    Plain,
    Pair(u8, u8),
    Record { a: u8 },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Tagged {
    A { a: u8 },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(u8),
    Flag(bool),
}

fn m<const N: usize>(entries: [(&str, AttributeValue); N]) -> Option<AttributeValue> {
    let entries = entries
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Some(AttributeValue::M(entries.collect()))
}

fn l(elements: Vec<AttributeValue>) -> AttributeValue {
    AttributeValue::L(elements)
}

#[tokio::test]
async fn scalars_of_another_type() {
    check(async |db| {
        db.create_table::<Bare>().await?;
        assert_unreadable!(db,
            u32: None => "v",
            u32: Some(s("SENTINEL")) => "v",
            u8: Some(n("77777")) => "v",
            i8: Some(n("-77777")) => "v",
            u64: Some(n("77777.5")) => "v",
            String: Some(n("77777")) => "v",
            bool: Some(s("SENTINEL")) => "v",
            char: Some(s("SENTINEL")) => "v",
            f64: Some(s("SENTINEL")) => "v",
            Bytes: Some(s("SENTINEL")) => "v",
            Number: Some(s("SENTINEL")) => "v",
            Option<u32>: Some(s("SENTINEL")) => "v",
            Ttl: Some(s("SENTINEL")) => "v",
            (): Some(s("SENTINEL")) => "v",
            std::num::NonZeroU8: Some(n("77777")) => "v",
            std::net::IpAddr: Some(s("SENTINEL")) => "v",
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn collections_and_enums_of_another_type() {
    check(async |db| {
        db.create_table::<Bare>().await?;
        assert_unreadable!(db,
            Set<u32>: Some(AttributeValue::Ss(vec!["SENTINEL".into()])) => "v[0]",
            Set<String>: Some(AttributeValue::Ns(vec!["77777".into()])) => "v[0]",
            Vec<u8>: Some(l(vec![n("1"), n("77777")])) => "v[1]",
            (u8, u8): Some(l(vec![n("1"), s("SENTINEL")])) => "v[1]",
            HashMap<String, u8>: m([("a", n("77777"))]) => "v.a",
            BTreeMap<u8, u8>: m([("1", n("77777"))]) => "v.1",
            Inner: m([("deep", l(vec![s("SENTINEL")]))]) => "v.deep[0]",
            Vec<Inner>: Some(l(vec![m([("deep", n("77777"))]).unwrap()])) => "v[0].deep",
            Kind: Some(s("SENTINEL")) => "v",
            Kind: Some(n("77777")) => "v",
            Kind: m([("Pair", l(vec![n("1"), n("77777")]))]) => "v.Pair[1]",
            Kind: m([("Record", m([("a", s("SENTINEL"))]).unwrap())]) => "v.Record.a",
            Tagged: m([("type", s("SENTINEL"))]) => "v.type",
            Untagged: Some(s("SENTINEL")) => "v",
        );
        let _ = (Kind::Plain, Raw { id: String::new() });
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn refused_requests_and_failed_conditions_are_silent_too() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let mut secret = order("SENTINEL-user", "SENTINEL-order");
        secret.description = Some("SENTINEL".into());
        Orders::put(&secret).execute(&db).await?;
        let get = Orders::get((&"SENTINEL".repeat(1000), "x"));
        let query = Orders::query("SENTINEL")
            .filter(|o| o.description().between("SENTINEL-b", "SENTINEL-a"));
        let put = Orders::put(&secret).if_not_exists().return_old_on_failure();
        let update = Orders::update(&secret)
            .set(|o| o.description(), "SENTINEL-new")
            .condition(|o| o.description().eq("SENTINEL-other"))
            .return_old_on_failure();
        let parent = Orders::update(&secret).set(|o| o.address().city(), "SENTINEL");
        let large = Orders::update(&secret).set(|o| o.description(), "SENTINEL".repeat(60_000));
        let errors = [
            get.execute(&db).await.unwrap_err(),
            query.execute(&db).await.unwrap_err(),
            put.execute(&db).await.unwrap_err(),
            update.execute(&db).await.unwrap_err(),
            parent.execute(&db).await.unwrap_err(),
            large.execute(&db).await.unwrap_err(),
        ];
        errors.iter().for_each(assert_silent);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_errors_below_are_silent_too() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let secret = order("SENTINEL-user", "SENTINEL-order");
        Orders::put(&secret).execute(&db).await?;
        let put = Orders::put(&secret).if_not_exists().return_old_on_failure();
        let error = put.execute(&db).await.unwrap_err();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            assert!(
                !format!("{cause} {cause:?}").contains("SENTINEL"),
                "{cause:?}"
            );
            source = cause.source();
        }
        Ok(())
    })
    .await;
}

#[test]
fn conditions_updates_and_expressions_are_printed_without_values() {
    let condition = attr("a").eq("SENTINEL")
        & (attr("b").between(77777, 77778) | !attr("c").is_in(["SENTINEL"]))
        & attr("d").begins_with("SENTINEL")
        & attr("e").contains("SENTINEL");
    let update = expr::Update::new()
        .set(attr("f"), "SENTINEL")
        .set(attr("g"), attr("g").if_not_exists(77777))
        .append(attr("h"), ["SENTINEL"])
        .add(attr("i"), 77777);
    let key = expr::KeyCondition::partition("id", "SENTINEL").ge("at", 77777);
    let builder = expr::Expression::builder()
        .key_condition(key.clone())
        .filter(condition.clone());
    let expression = builder.clone().build().unwrap();
    let write = expr::Expression::builder().update(update.clone());
    let write = write.condition(condition.clone()).build().unwrap();
    let printed = format!(
        "{condition:?} {condition:#?} {update:?} {key:?} {builder:?} {expression:?} {write:?} {:?}",
        expr::Term::value("SENTINEL")
    );
    for sentinel in ["SENTINEL", "77777"] {
        assert!(!printed.contains(sentinel), "{printed}");
    }
    // What they are of can be told.
    assert_eq!(
        format!("{:?}", attr("a").eq("x") & !attr("b").exists()),
        "(a = ? AND NOT attribute_exists(b))"
    );
}
