//! What a model has to say, and what names it may use.

use dkmio::{DynamoTable, attr};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[tokio::test]
async fn a_model_of_a_key_alone_is_enough() {
    #[derive(Debug, PartialEq, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "users")]
    struct Users {
        #[pk]
        id: String,
    }

    check(async |db| {
        db.create_table::<Users>().await?;
        let ada = Users { id: "ada".into() };
        Users::put(&ada).execute(&db).await?;
        assert_eq!(Users::get("ada").execute(&db).await?, Some(ada));
        Users::delete("ada").execute(&db).await?;
        assert_eq!(Users::get("ada").execute(&db).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn free_form_attributes_live_in_a_flattened_map() {
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "events")]
    struct Events {
        #[pk]
        id: String,
        #[serde(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    }

    check(async |db| {
        db.create_table::<Events>().await?;
        let rest = BTreeMap::from([
            ("total".to_owned(), serde_json::json!(250)),
            ("tags".to_owned(), serde_json::json!(["a", {"b": null}])),
        ]);
        let event = Events {
            id: "e1".into(),
            rest,
        };
        Events::put(&event).execute(&db).await?;
        assert_eq!(Events::get("e1").execute(&db).await?, Some(event));
        Events::update("e1")
            .set(|_| attr("seen"), true)
            .execute(&db)
            .await?;
        let event = Events::get("e1").execute(&db).await?.unwrap();
        assert_eq!(event.rest["seen"], serde_json::json!(true));
        Ok(())
    })
    .await;
}

/// Reserved words, and names that need an alias of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "odd")]
#[gsi(by_status, name = "by-status", pk = status, sk = level)]
struct Odd {
    #[pk]
    #[serde(rename = "user-id")]
    user_id: String,
    #[sk]
    #[serde(rename = "order")]
    order: u32,
    status: String,
    #[serde(rename = "1st level")]
    level: u32,
    #[serde(rename = "a.b")]
    dotted: Option<String>,
    name: Option<String>,
    size: u64,
    #[serde(rename = "größe")]
    umlaut: u64,
    #[serde(rename = "x[0]")]
    bracket: Vec<u64>,
    #[serde(rename = ":v0")]
    placeholder: Option<u64>,
    #[serde(rename = "#n0")]
    alias: Option<u64>,
    n0: Option<u64>,
}

#[tokio::test]
async fn reserved_words_and_odd_names_are_escaped_everywhere() {
    check(async |db| {
        db.create_table::<Odd>().await?;
        let odd = Odd {
            user_id: "u".into(),
            order: 1,
            status: "new".into(),
            level: 3,
            dotted: Some("dot".into()),
            name: Some("Ada".into()),
            size: 1,
            umlaut: 2,
            bracket: vec![7],
            placeholder: Some(4),
            alias: Some(5),
            n0: Some(6),
        };
        Odd::put(&odd).if_not_exists().execute(&db).await?;
        let read = Odd::get(("u", 1)).select(|o| (o.user_id(), o.dotted(), o.bracket(), o.n0()));
        assert_eq!(
            read.execute(&db).await?,
            Some(("u".to_owned(), Some("dot".to_owned()), vec![7], Some(6)))
        );
        let page = Odd::query("u")
            .sk(|k| k.ge(1))
            .filter(|o| {
                o.dotted().eq("dot")
                    & o.umlaut().eq(2)
                    & o.placeholder().eq(4)
                    & o.alias().eq(5)
                    & o.n0().eq(6)
                    & o.size().gt(0)
                    & o.name().begins_with("A")
            })
            .execute(&db)
            .await?;
        assert_eq!(page.items(), std::slice::from_ref(&odd));
        let page = Odd::by_status().query("new").sk(|k| k.eq(3));
        assert_eq!(page.execute(&db).await?.items(), &[odd]);
        let new = Odd::update(("u", 1))
            .set(|o| o.dotted(), "other")
            .set_expr(|o| o.umlaut(), |o| o.umlaut() + o.size())
            .append(|o| o.bracket(), [8])
            .add(|o| o.size(), 9)
            .remove(|o| o.name())
            .remove(|o| o.alias())
            .condition(|o| o.alias().eq(5) & o.n0().eq(6) & o.bracket().size().eq(1))
            .return_new()
            .execute(&db)
            .await?;
        assert_eq!((new.dotted.as_deref(), new.umlaut), (Some("other"), 3));
        assert_eq!((new.bracket, new.size, new.name), (vec![7, 8], 10, None));
        assert_eq!(
            (new.placeholder, new.alias, new.n0),
            (Some(4), None, Some(6))
        );
        Ok(())
    })
    .await;
}
