//! Time to live.

use dkmio::{DynamoTable, Ttl};
use dkmio_tests::database::{Database, check};
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "sessions")]
struct Sessions {
    #[pk]
    session_id: String,
    #[ttl]
    expires_at: Ttl,
}

fn session(duration: Duration) -> Sessions {
    Sessions {
        session_id: "sess_123".into(),
        expires_at: Ttl::from_now(duration),
    }
}

#[tokio::test]
async fn units_add_up_from_now() {
    let now = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs()
    };
    let before = now();
    let ttl = Ttl::from_now(Ttl::days(7) + Ttl::hours(12) + Ttl::minutes(5) + Ttl::seconds(3));
    let span = 7 * 86_400 + 12 * 3_600 + 5 * 60 + 3;
    assert!((before + span..=now() + span).contains(&ttl.epoch_seconds()));
    assert!(!ttl.is_expired());
    assert!(Ttl::from_epoch_seconds(1).unwrap().is_expired());
}

#[tokio::test]
async fn a_time_to_live_is_a_number_of_epoch_seconds() {
    check(async |db| {
        Database::create::<Sessions>(&db).await?;
        let session = session(Ttl::hours(24));
        Sessions::put(&session).execute(&db).await?;
        let raw = Sessions::get(&session).raw().execute(&db).await?.unwrap();
        let seconds = session.expires_at.epoch_seconds().to_string();
        assert_eq!(raw["expires_at"].as_n(), Ok(&seconds));
        assert_eq!(Sessions::get(&session).execute(&db).await?, Some(session));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_time_to_live_is_extended_and_compared() {
    check(async |db| {
        Database::create::<Sessions>(&db).await?;
        let session = session(Ttl::hours(1));
        Sessions::put(&session).execute(&db).await?;
        let later = Sessions::update(&session)
            .add(|s| s.expires_at(), 3_600)
            .condition(|s| s.expires_at().gt(Ttl::from_now(Ttl::seconds(0))))
            .return_new();
        let later = later.execute(&db).await?.expires_at;
        assert_eq!(
            later.epoch_seconds(),
            session.expires_at.epoch_seconds() + 3_600
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn creating_the_table_switches_time_to_live_on() {
    check(async |_| {
        let client = Database::client();
        let prefix = Database::prefix();
        let db = dkmio::DynamoDb::builder()
            .client(client.clone())
            .table_prefix(&prefix)
            .build();
        db.create_table::<Sessions>().await?;
        let answer = client
            .describe_time_to_live()
            .table_name(db.table_name("sessions"));
        let described = answer.send().await.expect("the engine knows time to live");
        let description = described.time_to_live_description().unwrap();
        assert_eq!(description.attribute_name(), Some("expires_at"));
        let status = description.time_to_live_status().unwrap().as_str();
        assert!(status.starts_with("ENABL"), "{status}");
        Ok(())
    })
    .await;
}
