//! The times that dkmio sets, and entities with versions.

use chrono::{DateTime, Utc};
use dkmio::testing::freeze_time;
use dkmio::{
    AttributeValue, DynamoDb, DynamoEntity, DynamoTable, EpochSeconds, Error, SharedTable,
    Sortable, Version,
};
use serde::{Deserialize, Serialize};
use std::time::{Duration, UNIX_EPOCH};

/// A second of the year 2026.
const NOW: u64 = 1_767_225_600;

fn at(seconds: u64) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::try_from(seconds).unwrap(), 0).unwrap()
}

fn is_conflict<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::VersionConflict(_)))
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "clocks")]
struct Clocks {
    #[pk]
    id: String,
    #[created_at]
    made: Option<EpochSeconds>,
    #[updated_at]
    #[serde(with = "chrono::serde::ts_milliseconds")]
    changed: DateTime<Utc>,
}

#[dkmio::test(Clocks)]
async fn times_are_stored_as_their_fields_are(db: DynamoDb) -> Result<(), Error> {
    let time = freeze_time(UNIX_EPOCH + Duration::from_secs(NOW));
    let mut clock = Clocks {
        id: "a".to_owned(),
        made: None,
        changed: DateTime::UNIX_EPOCH,
    };
    let explained = Clocks::put(&clock).explain()?;
    assert!(
        explained.to_string().contains("1767225600000"),
        "{explained}"
    );
    Clocks::save(&mut clock).execute(&db).await?;
    assert_eq!(
        (clock.made, clock.changed),
        (Some(EpochSeconds::new(NOW)), at(NOW))
    );
    assert_eq!(Clocks::get("a").execute(&db).await?.as_ref(), Some(&clock));
    let raw = Clocks::get("a").raw().execute(&db).await?.unwrap();
    assert_eq!(raw["made"], AttributeValue::N(NOW.to_string()));
    assert_eq!(raw["changed"], AttributeValue::N(format!("{NOW}000")));
    time.advance(Duration::from_secs(5));
    let changed = Clocks::update("a")
        .remove(|c| c.made())
        .return_new()
        .execute(&db)
        .await?;
    assert_eq!((changed.made, changed.changed), (None, at(NOW + 5)));
    // Without a version nothing is locked.
    Clocks::put(&clock).execute(&db).await?;
    Clocks::batch_write().put(&clock).execute(&db).await?;
    Ok(())
}

#[derive(SharedTable)]
#[dkmio(table = "desk")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
struct Desk;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Desk, kind = "task")]
#[key(pk = "USER#{user}", sk = "TASK#{id}")]
#[gsi(by_state, of = gsi1, pk = "STATE#{state}", sk = "{made}#{id}")]
struct Task {
    user: String,
    id: String,
    state: String,
    #[version]
    version: Version,
    #[created_at]
    made: Option<Sortable<DateTime<Utc>>>,
    #[updated_at]
    changed: Option<EpochSeconds>,
}

#[dkmio::test(Desk)]
async fn an_entity_is_locked_and_stamped_too(db: DynamoDb) -> Result<(), Error> {
    let time = freeze_time(UNIX_EPOCH + Duration::from_secs(NOW));
    let mut task = Task {
        user: "ann".to_owned(),
        id: "t1".to_owned(),
        state: "OPEN".to_owned(),
        version: Version::NEW,
        made: None,
        changed: None,
    };
    Task::save(&mut task).execute(&db).await?;
    let open = Task::by_state().query("OPEN").sk(|k| k.made().eq(at(NOW)));
    assert_eq!(open.execute(&db).await?.into_items(), [task.clone()]);
    time.advance(Duration::from_secs(9));
    let mut closed = task.clone();
    closed.state = "CLOSED".to_owned();
    Task::diff(&task, &closed)?.unwrap().execute(&db).await?;
    let found = Task::by_state()
        .query("CLOSED")
        .execute(&db)
        .await?
        .into_items();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].version, found[0].changed),
        (Version::new(2), Some(EpochSeconds::new(NOW + 9)))
    );
    let reopened =
        Task::update(&task).set_together(|t| t.by_state(), ("OPEN", dkmio::given(task.made)));
    assert!(is_conflict(reopened.execute(&db).await));
    assert!(is_conflict(Task::delete(&task).execute(&db).await));
    dkmio::transact_write()
        .add(Task::unchanged(&found[0]))
        .add(Nowhere::put(&Nowhere { id: "x".to_owned() }))
        .execute(&db)
        .await
        .unwrap_err();
    Task::delete(&found[0]).execute(&db).await?;
    Ok(())
}

/// A table that is not there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "nowhere")]
struct Nowhere {
    #[pk]
    id: String,
}
