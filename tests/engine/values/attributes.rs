//! serde's attributes on a model: `rename`, `rename_all`, `skip`, `default`, `flatten`.

use dkmio::{AttributeValue, DynamoDocument, DynamoTable, Error, Set};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "accounts")]
#[serde(rename_all = "camelCase")]
#[gsi(by_plan, name = "gsi-plan", pk = plan_name, sk = seat_count, project(last_login))]
struct Accounts {
    #[pk]
    account_id: String,
    plan_name: String,
    seat_count: u32,
    #[serde(rename = "LAST")]
    last_login: Option<String>,
    #[serde(skip)]
    cached: Option<String>,
    #[serde(default)]
    credits: u64,
    #[serde(default = "three")]
    level: u8,
    #[dkmio(document)]
    home_address: HomeAddress,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct HomeAddress {
    street_name: String,
    #[serde(rename = "plz")]
    zip_code: Option<String>,
}

fn three() -> u8 {
    3
}

fn account() -> Accounts {
    Accounts {
        account_id: "a".into(),
        plan_name: "pro".into(),
        seat_count: 5,
        last_login: Some("today".into()),
        cached: None,
        credits: 7,
        level: 1,
        home_address: HomeAddress {
            street_name: "Calle 1".into(),
            zip_code: Some("15001".into()),
        },
        rest: BTreeMap::new(),
    }
}

#[tokio::test]
async fn names_are_serdes_everywhere() {
    check(async |db| {
        db.create_table::<Accounts>().await?;
        let account = account();
        Accounts::put(&account).execute(&db).await?;
        let raw = Accounts::get("a").raw().execute(&db).await?.unwrap();
        let mut names: Vec<&str> = raw.keys().map(String::as_str).collect();
        names.sort_unstable();
        let expected = [
            "LAST",
            "accountId",
            "credits",
            "homeAddress",
            "level",
            "planName",
            "seatCount",
        ];
        assert_eq!(names, expected);
        assert!(
            raw["homeAddress"]
                .as_m()
                .unwrap()
                .contains_key("STREET_NAME")
        );
        assert_eq!(
            Accounts::get("a").execute(&db).await?.as_ref(),
            Some(&account)
        );
        let query = Accounts::by_plan()
            .query("pro")
            .sk(|k| k.ge(1))
            .filter(|a| a.last_login().eq("today"))
            .select(|a| (a.account_id(), a.last_login()));
        let found = query.execute(&db).await?;
        assert_eq!(found.items(), &[("a".to_owned(), Some("today".to_owned()))]);
        let new = Accounts::update("a")
            .set(|a| a.home_address().zip_code(), "1")
            .set(|a| a.plan_name(), "free")
            .condition(|a| a.home_address().street_name().begins_with("Calle"))
            .return_new();
        let new = new.execute(&db).await?;
        assert_eq!(new.home_address.zip_code.as_deref(), Some("1"));
        let whole = Accounts::by_plan().query("free").execute(&db).await?;
        assert_eq!(
            (whole[0].account_id.as_str(), whole[0].seat_count),
            ("a", 5)
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_skipped_field_is_never_stored() {
    check(async |db| {
        db.create_table::<Accounts>().await?;
        let cached = Accounts {
            cached: Some("secret".into()),
            ..account()
        };
        Accounts::put(&cached).execute(&db).await?;
        assert_eq!(Accounts::get("a").execute(&db).await?, Some(account()));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn defaults_read_old_items() {
    check(async |db| {
        db.create_table::<Accounts>().await?;
        Accounts::put(&account()).execute(&db).await?;
        let update = Accounts::update("a")
            .remove(|a| a.credits())
            .remove(|a| a.level());
        let new = update.return_new().execute(&db).await?;
        assert_eq!((new.credits, new.level), (0, 3));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_selected_attribute_has_its_default_too() {
    check(async |db| {
        db.create_table::<Accounts>().await?;
        Accounts::put(&account()).execute(&db).await?;
        let update = Accounts::update("a")
            .remove(|a| a.credits())
            .remove(|a| a.level());
        update.execute(&db).await?;
        let selected = Accounts::get("a").select(|a| (a.credits(), a.level()));
        assert_eq!(selected.execute(&db).await?, Some((0, 3)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_attribute_without_default_is_a_decode_error() {
    check(async |db| {
        db.create_table::<Accounts>().await?;
        Accounts::put(&account()).execute(&db).await?;
        let update = Accounts::update("a").remove(|_| dkmio::attr("seatCount"));
        update.execute(&db).await?;
        let error = Accounts::get("a").execute(&db).await.unwrap_err();
        assert!(
            matches!(&error, Error::Decode(e) if e.path() == "seatCount"),
            "{error:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_flattened_map_keeps_unknown_attributes() {
    check(async |db| {
        db.create_table::<Accounts>().await?;
        let json = serde_json::json!({
            "int": -1, "big": u64::MAX, "float": 1.5, "text": "t", "yes": true,
            "list": [1, "a", [null]], "map": {"deep": {"er": [false]}}
        });
        let rest = serde_json::from_value(json).unwrap();
        let account = Accounts { rest, ..account() };
        Accounts::put(&account).execute(&db).await?;
        assert_eq!(Accounts::get("a").execute(&db).await?, Some(account));
        let raw = Accounts::get("a").raw().execute(&db).await?.unwrap();
        assert!(raw.contains_key("map") && !raw.contains_key("rest"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_flattened_struct_adds_its_attributes() {
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Audit {
        created_by: String,
        revision: u64,
        tags: Set<String>,
    }
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "audited")]
    struct Audited {
        #[pk]
        id: u64,
        #[serde(flatten)]
        audit: Audit,
    }

    check(async |db| {
        db.create_table::<Audited>().await?;
        let item = Audited {
            id: 1,
            audit: Audit {
                created_by: "ada".into(),
                revision: u64::MAX,
                tags: Set::from(["a", "b"]),
            },
        };
        Audited::put(&item).execute(&db).await?;
        assert_eq!(Audited::get(1).execute(&db).await?, Some(item));
        let raw = Audited::get(1).raw().execute(&db).await?.unwrap();
        assert!(matches!(raw["tags"], AttributeValue::Ss(_)));
        Ok(())
    })
    .await;
}
