//! Sessions that end by themselves: DynamoDB deletes what has expired, some time after, and until then no read shows it.
//!
//! `cargo run --example ttl_sessions`

use dkmio::{DynamoDb, DynamoTable, Error, Ttl};
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "sessions")]
#[gsi(by_user, pk = user, project = keys_only)]
struct Sessions {
    #[pk]
    token: String,
    user: String,
    device: String,
    #[ttl]
    expires_at: Option<Ttl>, // `None` never ends
}

/// Starts a session of half an hour.
async fn log_in(db: &DynamoDb, token: &str, user: &str, device: &str) -> Result<(), Error> {
    let session = Sessions {
        token: token.to_owned(),
        user: user.to_owned(),
        device: device.to_owned(),
        expires_at: Some(Ttl::from_now(Ttl::minutes(30))),
    };
    Sessions::put(&session).if_not_exists().execute(db).await
}

/// Returns whose session it is; nobody's if it has ended, whether DynamoDB has deleted it or not.
async fn user(db: &DynamoDb, token: &str) -> Result<Option<String>, Error> {
    Sessions::get(token)
        .exclude_expired()
        .select(|s| s.user())
        .execute(db)
        .await
}

/// Has a session last half an hour from now, unless it has ended: an update alone would wake it up, or make a new one.
async fn renew(db: &DynamoDb, token: &str) -> Result<bool, Error> {
    let renewed = Sessions::update(token)
        .set(|s| s.expires_at(), Ttl::from_now(Ttl::minutes(30)))
        .condition(|s| s.expires_at().gt(Ttl::from_now(Duration::ZERO)))
        .execute(db)
        .await;
    match renewed {
        Ok(()) => Ok(true),
        Err(Error::ConditionFailed(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = DynamoDb::embedded();
    db.create_table::<Sessions>().await?; // with its time to live switched on

    println!("Ada logs in on two devices:");
    log_in(&db, "t1", "ada", "laptop").await?;
    log_in(&db, "t2", "ada", "phone").await?;
    println!("  t1 is {:?}", user(&db, "t1").await?);
    assert_eq!(user(&db, "t1").await?.as_deref(), Some("ada"));

    println!(
        "An hour passes for her phone. DynamoDB has not deleted the session yet, which may take two days:"
    );
    let ended = Ttl::try_from(SystemTime::now() - Ttl::minutes(30))?;
    assert!(ended.is_expired());
    Sessions::update("t2")
        .set(|s| s.expires_at(), ended)
        .execute(&db)
        .await?;
    let stored = Sessions::get("t2").execute(&db).await?;
    println!(
        "  stored: {}, to be seen: {}",
        stored.is_some(),
        user(&db, "t2").await?.is_some()
    );
    assert!(stored.is_some());
    assert_eq!(user(&db, "t2").await?, None);

    println!("A session that is used lives on, one that has ended does not:");
    let renewed = (
        renew(&db, "t1").await?,
        renew(&db, "t2").await?,
        renew(&db, "no such").await?,
    );
    println!(
        "  t1: {}, t2: {}, one that never was: {}",
        renewed.0, renewed.1, renewed.2
    );
    assert_eq!(renewed, (true, false, false));

    println!("Lists leave out what has ended too; it is read and billed until it is deleted:");
    let scan = Sessions::scan().exclude_expired().execute(&db).await?;
    println!("  {} of {} sessions", scan.len(), scan.scanned_count());
    assert_eq!((scan.len(), scan.scanned_count()), (1, 2));

    println!("A machine's session has no end:");
    log_in(&db, "t3", "cron", "server").await?;
    Sessions::update("t3")
        .remove(|s| s.expires_at())
        .execute(&db)
        .await?;
    println!("  t3 is {:?}", user(&db, "t3").await?);
    assert_eq!(user(&db, "t3").await?.as_deref(), Some("cron"));

    println!("Milliseconds would be an end thousands of years ahead, and are refused:");
    let Err(refused) = Ttl::from_epoch_seconds(1_767_225_600_000) else {
        panic!("milliseconds passed for seconds");
    };
    println!("  {refused}");

    println!("Ada logs out everywhere: the index has the keys of her sessions:");
    let tokens = Sessions::by_user()
        .query("ada")
        .select(|s| s.token())
        .fetch_all(&db)
        .await?;
    Sessions::batch_write()
        .delete_all(&tokens)
        .execute(&db)
        .await?;
    println!(
        "  {} deleted, {} left",
        tokens.len(),
        Sessions::scan().count(&db).await?
    );
    assert_eq!(Sessions::scan().count(&db).await?, 1);
    Ok(())
}
