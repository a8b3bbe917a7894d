//! A table that is compared with its model.

use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use dkmio::aws_sdk_dynamodb::types::{AttributeDefinition, Projection, ScalarAttributeType};
use dkmio::schema::IndexScope;
use dkmio::{
    Difference, DynamoDb, DynamoTable, Error, KeyKind, KeyNames, Projected, TableDifferences, Ttl,
};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::Orders;
use serde::{Deserialize, Serialize};

/// The table as it is in the database.
#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "visits")]
#[gsi(by_page, name = "gsi-page", pk = page, sk = at, project(agent))]
#[gsi(by_agent, name = "gsi-agent", pk = agent)]
#[lsi(by_length, name = "lsi-length", sk = seconds, project = keys_only)]
struct Visits {
    #[pk]
    user: String,
    #[sk]
    at: u64,
    page: String,
    agent: String,
    seconds: u32,
    until: u64,
}

fn names(partition: &[&str], sort: &[&str]) -> KeyNames {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    KeyNames {
        partition: owned(partition),
        sort: owned(sort),
    }
}

fn only(names: &[&str]) -> Projected {
    Projected::Only(names.iter().map(|name| (*name).to_owned()).collect())
}

fn found(differences: TableDifferences) -> Vec<Difference> {
    differences.into_iter().collect()
}

#[tokio::test]
async fn a_table_that_its_model_made_is_as_the_model() {
    check(async |db| {
        db.create_table::<Visits>().await?;
        let differences = db.verify_table::<Visits>().await?;
        assert!(differences.is_empty(), "{differences}");
        assert_eq!(differences.table(), db.table_name("visits"));
        assert_eq!(differences.into_result(), Ok(()));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_time_to_live_that_is_on_is_as_the_model() {
    check(async |db| {
        db.create_table::<Orders>().await?;
        let differences = db.verify_table::<Orders>().await?;
        assert!(differences.is_empty(), "{differences}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_table_that_is_not_there_is_one_difference() {
    check(async |db| {
        let differences = db.verify_table::<Visits>().await?;
        assert_eq!(found(differences), [Difference::MissingTable]);
        Ok(())
    })
    .await;
}

/// Nothing of this is as the table has it.
#[tokio::test]
async fn every_difference_is_listed() {
    #[derive(Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "visits")]
    #[gsi(by_page, name = "gsi-page", pk = (page, agent), sk = at, project(seconds, until))]
    #[gsi(by_agent, name = "gsi-agent", pk = agent, project = keys_only)]
    #[gsi(by_length, name = "lsi-length", pk = user, sk = seconds)]
    #[gsi(by_day, name = "gsi-day", pk = day)]
    struct Others {
        #[pk]
        user: String,
        #[sk]
        page: String,
        at: String,
        agent: String,
        seconds: u32,
        day: String,
        until: u64,
    }
    check(async |db| {
        db.create_table::<Visits>().await?;
        let differences = db.verify_table::<Others>().await?;
        let text = differences.to_string();
        assert_eq!(text.lines().count(), differences.len() + 1, "{text}");
        assert!(
            text.contains("\n- global index `gsi-day` is missing\n")
                || text.ends_with("is missing")
        );
        assert!(differences.clone().into_result().is_err());
        let index = |name: &str| name.to_owned();
        assert_eq!(
            found(differences),
            [
                Difference::TableKey {
                    expected: names(&["user"], &["page"]),
                    found: names(&["user"], &["at"]),
                },
                Difference::KeyType {
                    attribute: "at".to_owned(),
                    expected: KeyKind::S,
                    found: Some(KeyKind::N),
                },
                Difference::IndexKey {
                    index: index("gsi-page"),
                    expected: names(&["page", "agent"], &["at"]),
                    found: names(&["page"], &["at"]),
                },
                Difference::Projection {
                    index: index("gsi-page"),
                    expected: only(&["seconds", "until"]),
                    found: only(&[]),
                },
                Difference::Projection {
                    index: index("gsi-agent"),
                    expected: only(&[]),
                    found: Projected::All,
                },
                Difference::IndexScope {
                    index: index("lsi-length"),
                    expected: IndexScope::Global,
                },
                Difference::Projection {
                    index: index("lsi-length"),
                    expected: Projected::All,
                    found: only(&[]),
                },
                Difference::MissingIndex {
                    index: index("gsi-day"),
                    scope: IndexScope::Global,
                },
            ]
        );
        Ok(())
    })
    .await;
}

/// Another index of the table, a key that is included once more, and the names in another order are no difference.
#[tokio::test]
async fn what_a_model_does_not_say_is_no_difference() {
    #[derive(Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "visits")]
    #[gsi(by_page, name = "gsi-page", pk = page, sk = at, project(until, agent))]
    struct Few {
        #[pk]
        user: String,
        #[sk]
        at: u64,
        page: String,
        agent: String,
        until: u64,
    }
    check(async |db| {
        let mut input: CreateTableInput = db.create_table::<Visits>().to_input()?;
        for index in input.global_secondary_indexes.iter_mut().flatten() {
            if let Some(Projection {
                non_key_attributes: Some(names),
                ..
            }) = &mut index.projection
            {
                names.push("until".to_owned());
            }
        }
        create(&db, input).await;
        let differences = db.verify_table::<Few>().await?;
        assert!(differences.is_empty(), "{differences}");
        Ok(())
    })
    .await;
}

/// Makes a table that no model says.
async fn create(db: &DynamoDb, input: CreateTableInput) {
    let client: Client = db.client().await.unwrap();
    client
        .create_table()
        .table_name(db.table_name("visits"))
        .set_attribute_definitions(input.attribute_definitions)
        .set_key_schema(input.key_schema)
        .set_global_secondary_indexes(input.global_secondary_indexes)
        .set_local_secondary_indexes(input.local_secondary_indexes)
        .set_billing_mode(input.billing_mode)
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_key_of_another_type_is_found_in_each_place_once() {
    check(async |db| {
        let mut input = db.create_table::<Visits>().to_input()?;
        for definition in input.attribute_definitions.iter_mut().flatten() {
            if definition.attribute_name() != "user" {
                *definition = AttributeDefinition::builder()
                    .attribute_name(definition.attribute_name())
                    .attribute_type(ScalarAttributeType::B)
                    .build()
                    .unwrap();
            }
        }
        create(&db, input).await;
        let types = found(db.verify_table::<Visits>().await?).into_iter();
        let types = types.map(|difference| match difference {
            Difference::KeyType {
                attribute,
                expected,
                found,
            } => (attribute, expected, found),
            other => panic!("{other}"),
        });
        let expected = [
            ("at", KeyKind::N),
            ("page", KeyKind::S),
            ("agent", KeyKind::S),
            ("seconds", KeyKind::N),
        ];
        let expected = expected.map(|(name, kind)| (name.to_owned(), kind, Some(KeyKind::B)));
        assert_eq!(types.collect::<Vec<_>>(), expected);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_time_to_live_that_is_off_or_another_is_found() {
    #[derive(Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "visits")]
    struct Ends {
        #[pk]
        user: String,
        #[sk]
        at: u64,
        #[ttl]
        ends: Ttl,
    }
    #[derive(Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "visits")]
    struct Until {
        #[pk]
        user: String,
        #[sk]
        at: u64,
        #[ttl]
        until: Ttl,
    }
    check(async |db| {
        db.create_table::<Ends>().await?;
        let differences = db.verify_table::<Until>().await?;
        let ttl = Difference::TimeToLiveAttribute {
            expected: "until".to_owned(),
            found: "ends".to_owned(),
        };
        assert_eq!(found(differences), [ttl]);
        let off = Database::fresh().await;
        let input = off.create_table::<Ends>().to_input()?;
        create(&off, input).await;
        let ttl = Difference::TimeToLiveOff {
            attribute: "until".to_owned(),
        };
        assert_eq!(found(off.verify_table::<Until>().await?), [ttl]);
        Ok(())
    })
    .await;
}

/// Nobody may look at the table: that is no missing table.
#[tokio::test]
async fn what_cannot_be_looked_at_is_an_error() {
    check(async |_| {
        let db = DynamoDb::builder()
            .region("us-east-1")
            .credentials("any", "any")
            .endpoint_url("http://127.0.0.1:9")
            .build();
        let error = db.verify_table::<Visits>().await.unwrap_err();
        assert!(matches!(error, Error::Connection(_)), "{error}");
        Ok(())
    })
    .await;
}
