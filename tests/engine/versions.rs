//! Optimistic locking, and the times that dkmio sets.

use chrono::{DateTime, Utc};
use dkmio::testing::{Fault, Faults, OperationName, freeze_time};
use dkmio::{AttributeValue, DynamoDb, DynamoTable, Error, Item, Sortable, Version, attr};
use serde::{Deserialize, Serialize};
use std::time::{Duration, UNIX_EPOCH};

/// A second of the year 2026.
const NOW: u64 = 1_767_225_600;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "drafts")]
#[gsi(by_change, name = "by-change", pk = owner, sk = updated_at)]
struct Drafts {
    #[pk]
    owner: String,
    #[sk]
    number: u32,
    text: String,
    note: Option<String>,
    #[version]
    #[serde(rename = "v")]
    version: Version,
    #[created_at]
    created_at: Option<DateTime<Utc>>,
    #[updated_at]
    updated_at: Option<Sortable<DateTime<Utc>>>,
}

fn draft(number: u32) -> Drafts {
    Drafts {
        owner: "ann".to_owned(),
        number,
        text: "first".to_owned(),
        note: None,
        version: Version::NEW,
        created_at: None,
        updated_at: None,
    }
}

fn conflict<T: std::fmt::Debug>(result: Result<T, Error>) -> dkmio::error::VersionConflict {
    match result {
        Err(Error::VersionConflict(e)) => e,
        other => panic!("no conflict: {other:?}"),
    }
}

fn at(seconds: u64) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::try_from(seconds).unwrap(), 0).unwrap()
}

async fn stored(db: &DynamoDb, number: u32) -> Result<Drafts, Error> {
    let found = Drafts::get(("ann", number)).execute(db).await?;
    Ok(found.expect("it is there"))
}

#[dkmio::test(Drafts)]
async fn a_put_checks_the_version_and_moves_it(db: DynamoDb) -> Result<(), Error> {
    let new = draft(1);
    Drafts::put(&new).execute(&db).await?;
    assert_eq!(new.version, Version::NEW);
    let read = stored(&db, 1).await?;
    assert_eq!(read.version, Version::new(1));
    // The same struct once more: somebody has written in between.
    let e = conflict(Drafts::put(&new).execute(&db).await);
    assert_eq!(
        (e.expected(), e.stored()),
        (Version::NEW, Some(Version::new(1)))
    );
    assert_eq!(e.item::<Drafts>()?, Some(read.clone()));
    assert_eq!(e.operation(), "PutItem");
    Drafts::put(&read).execute(&db).await?;
    assert_eq!(stored(&db, 1).await?.version, Version::new(2));
    conflict(Drafts::put(&read).execute(&db).await);
    // Whatever is there.
    Drafts::put(&read).unlocked().execute(&db).await?;
    assert_eq!(stored(&db, 1).await?.version, Version::new(2));
    Ok(())
}

#[dkmio::test(Drafts)]
async fn a_save_leaves_in_the_struct_what_is_stored(db: DynamoDb) -> Result<(), Error> {
    let time = freeze_time(UNIX_EPOCH + Duration::from_secs(NOW));
    let mut mine = draft(1);
    Drafts::save(&mut mine).execute(&db).await?;
    assert_eq!(mine.version, Version::new(1));
    assert_eq!(mine.created_at, Some(at(NOW)));
    assert_eq!(mine.updated_at, Some(at(NOW).into()));
    assert_eq!(stored(&db, 1).await?, mine);
    time.advance(Duration::from_millis(1_500));
    let mut theirs = mine.clone();
    mine.text = "second".to_owned();
    Drafts::save(&mut mine).execute(&db).await?;
    assert_eq!(stored(&db, 1).await?, mine);
    assert_eq!(mine.created_at, Some(at(NOW)));
    assert_eq!(
        mine.updated_at.map(|at| at.timestamp_millis()),
        Some(1_767_225_601_500)
    );
    let before = theirs.clone();
    let e = conflict(Drafts::save(&mut theirs).execute(&db).await);
    assert_eq!(e.stored(), Some(Version::new(2)));
    assert_eq!(theirs, before);
    Drafts::save(&mut theirs).unlocked().execute(&db).await?;
    assert_eq!(stored(&db, 1).await?, theirs);
    Ok(())
}

#[dkmio::test(Drafts)]
async fn an_update_is_locked_by_the_item_and_not_by_its_key(db: DynamoDb) -> Result<(), Error> {
    let time = freeze_time(UNIX_EPOCH + Duration::from_secs(NOW));
    let mut mine = draft(1);
    Drafts::save(&mut mine).execute(&db).await?;
    time.advance(Duration::from_secs(60));
    Drafts::update(mine.key())
        .set(|d| d.text(), "by key")
        .execute(&db)
        .await?;
    let read = stored(&db, 1).await?;
    assert_eq!(read.version, Version::new(2));
    assert_eq!(read.created_at, Some(at(NOW)));
    assert_eq!(read.updated_at, Some(at(NOW + 60).into()));
    let stale = Drafts::update(&mine).set(|d| d.text(), "stale");
    let e = conflict(stale.clone().execute(&db).await);
    assert_eq!(
        (e.expected(), e.stored()),
        (Version::new(1), Some(Version::new(2)))
    );
    let new: Drafts = Drafts::update(&read)
        .set(|d| d.text(), "fresh")
        .return_new()
        .execute(&db)
        .await?;
    assert_eq!((new.version, new.text.as_str()), (Version::new(3), "fresh"));
    stale.unlocked().execute(&db).await?;
    assert_eq!(stored(&db, 1).await?.version, Version::new(4));
    // The version is right and the user's condition is not.
    let read = stored(&db, 1).await?;
    let refused = Drafts::update(&read)
        .set(|d| d.text(), "x")
        .condition(|d| d.text().eq("none"));
    match refused.execute(&db).await {
        Err(Error::ConditionFailed(e)) => assert_eq!(e.item::<Drafts>()?, Some(read)),
        other => panic!("{other:?}"),
    }
    // Of an item that is gone.
    Drafts::delete(mine.key()).execute(&db).await?;
    let e = conflict(
        Drafts::update(&mine)
            .set(|d| d.text(), "x")
            .execute(&db)
            .await,
    );
    assert_eq!(e.stored(), None);
    assert!(e.item::<Drafts>()?.is_none());
    Ok(())
}

#[dkmio::test(Drafts)]
async fn a_delete_is_locked_by_the_item(db: DynamoDb) -> Result<(), Error> {
    let mut mine = draft(1);
    Drafts::save(&mut mine).execute(&db).await?;
    let old = mine.clone();
    Drafts::save(&mut mine).execute(&db).await?;
    conflict(Drafts::delete(&old).execute(&db).await);
    let gone = Drafts::delete(&mine).return_old().execute(&db).await?;
    assert_eq!(gone, Some(mine));
    Ok(())
}

#[dkmio::test(Drafts)]
async fn items_from_before_there_were_versions_are_adopted(db: DynamoDb) -> Result<(), Error> {
    let old = || {
        Item::from([
            ("owner".to_owned(), AttributeValue::S("ann".to_owned())),
            ("number".to_owned(), AttributeValue::N("7".to_owned())),
            ("text".to_owned(), AttributeValue::S("old".to_owned())),
        ])
    };
    let write = db.client().await?.put_item().table_name("drafts");
    write.clone().set_item(Some(old())).send().await.unwrap();
    let mut read = stored(&db, 7).await?;
    assert_eq!((read.version, read.created_at), (Version::NEW, None));
    let same = read.clone();
    Drafts::save(&mut read).execute(&db).await?;
    assert_eq!(read.version, Version::new(1));
    conflict(
        Drafts::update(&same)
            .set(|d| d.text(), "late")
            .execute(&db)
            .await,
    );
    write.set_item(Some(old())).send().await.unwrap();
    Drafts::update(&same)
        .set(|d| d.text(), "first")
        .execute(&db)
        .await?;
    assert_eq!(stored(&db, 7).await?.version, Version::new(1));
    Ok(())
}

#[dkmio::test(Drafts)]
async fn a_diff_and_a_replacement_are_locked_to_what_was_read(db: DynamoDb) -> Result<(), Error> {
    let mut mine = draft(1);
    Drafts::save(&mut mine).execute(&db).await?;
    assert!(Drafts::diff(&mine, &mine)?.is_none());
    let mut changed = mine.clone();
    changed.note = Some("n".to_owned());
    let update = Drafts::diff(&mine, &changed)?.expect("it differs");
    update.clone().execute(&db).await?;
    let read = stored(&db, 1).await?;
    assert_eq!(
        (read.version, read.note.as_deref()),
        (Version::new(2), Some("n"))
    );
    conflict(update.execute(&db).await);
    let mut other = read.clone();
    other.text = "replaced".to_owned();
    Drafts::replace(&read, &other).execute(&db).await?;
    assert_eq!(stored(&db, 1).await?.version, Version::new(3));
    conflict(Drafts::replace(&read, &other).execute(&db).await);
    // To another key.
    let read = stored(&db, 1).await?;
    let moved = Drafts {
        number: 2,
        ..read.clone()
    };
    Drafts::replace(&read, &moved).execute(&db).await?;
    assert_eq!(stored(&db, 2).await?.version, Version::new(4));
    assert!(Drafts::get(("ann", 1)).execute(&db).await?.is_none());
    match Drafts::replace(
        &read,
        &Drafts {
            number: 3,
            ..read.clone()
        },
    )
    .execute(&db)
    .await
    {
        Err(Error::TransactionCanceled(e)) => {
            let delete = e.member("delete").expect("it has the label");
            let versions = delete
                .reason()
                .version_conflict()
                .expect("the versions differ");
            assert_eq!(
                (versions.expected, versions.stored),
                (Version::new(3), None)
            );
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[dkmio::test(Drafts)]
async fn a_transaction_tells_which_member_met_another_version(db: DynamoDb) -> Result<(), Error> {
    let (mut one, mut two) = (draft(1), draft(2));
    Drafts::save(&mut one).execute(&db).await?;
    Drafts::save(&mut two).execute(&db).await?;
    let old = one.clone();
    let both = || {
        dkmio::transact_write()
            .add(Drafts::update(&old).set(|d| d.text(), "x"))
            .label("one")
            .add(Drafts::unchanged(&two))
            .label("two")
            .add(Drafts::put(&draft(3)))
            .label("three")
    };
    both().execute(&db).await?;
    match both().execute(&db).await {
        Err(Error::TransactionCanceled(e)) => {
            let of = |label| e.member(label).unwrap().reason().version_conflict();
            let one = of("one").unwrap();
            assert_eq!(
                (one.expected, one.stored),
                (Version::new(1), Some(Version::new(2)))
            );
            assert!(of("two").is_none() && of("three").is_some());
            let reason = e.member("one").unwrap().reason();
            assert!(reason.is_version_conflict() && !reason.is_condition_failed());
            assert_eq!(reason.item::<Drafts>()?.unwrap().version, Version::new(2));
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[dkmio::test(Drafts)]
async fn a_batch_writes_whatever_is_there_and_moves_the_version(db: DynamoDb) -> Result<(), Error> {
    let all: Vec<Drafts> = (0..30).map(draft).collect();
    Drafts::batch_write()
        .put_all_unlocked(&all)
        .put_unlocked(&draft(30))
        .execute(&db)
        .await?;
    let read = Drafts::query("ann").execute(&db).await?.into_items();
    assert_eq!(read.len(), 31);
    assert!(
        read.iter()
            .all(|d| d.version == Version::new(1) && d.created_at.is_some())
    );
    Drafts::batch_write()
        .delete((String::from("ann"), 3))
        .execute(&db)
        .await?;
    let locked = dkmio::batch_write().add(Drafts::delete(&read[0]));
    assert!(matches!(
        locked.execute(&db).await,
        Err(Error::Validation(_))
    ));
    Ok(())
}

#[dkmio::test(Drafts)]
async fn an_update_refuses_by_name_what_dkmio_sets(db: DynamoDb) -> Result<(), Error> {
    for name in ["v", "updated_at"] {
        let update = Drafts::update(("ann", 1)).set(|_| attr(name), 7);
        assert!(
            matches!(update.execute(&db).await, Err(Error::Validation(_))),
            "{name}"
        );
    }
    assert!(matches!(
        Drafts::update(("ann", 1)).execute(&db).await,
        Err(Error::Validation(_))
    ));
    Ok(())
}

#[dkmio::test(Drafts)]
async fn a_time_may_be_the_key_of_an_index(db: DynamoDb) -> Result<(), Error> {
    let time = freeze_time(UNIX_EPOCH + Duration::from_secs(NOW));
    for number in 0..3 {
        Drafts::put(&draft(number)).execute(&db).await?;
        time.advance(Duration::from_secs(1));
    }
    Drafts::update(("ann", 0))
        .set(|d| d.text(), "last")
        .execute(&db)
        .await?;
    let latest = Drafts::by_change()
        .query("ann")
        .descending()
        .execute(&db)
        .await?;
    let numbers: Vec<u32> = latest.iter().map(|d| d.number).collect();
    assert_eq!(numbers, [0, 2, 1]);
    let since = Drafts::by_change().query("ann").sk(|k| k.ge(at(NOW + 2)));
    assert_eq!(since.execute(&db).await?.len(), 2);
    Ok(())
}

#[dkmio::test(Drafts)]
async fn a_put_whose_answer_was_lost_is_a_success(
    db: DynamoDb,
    faults: Faults,
) -> Result<(), Error> {
    let mut mine = draft(1);
    for version in 1..=3 {
        faults.inject(Fault::AnswerLost.on(OperationName::PutItem));
        mine.text = format!("text {version}");
        Drafts::save(&mut mine).execute(&db).await?;
        assert_eq!(mine.version, Version::new(version));
        assert_eq!(stored(&db, 1).await?, mine);
    }
    // An update cannot tell its own write from another's.
    faults.inject(Fault::AnswerLost.on(OperationName::UpdateItem));
    let update = Drafts::update(&mine).set(|d| d.text(), "updated");
    let error = update.execute(&db).await.unwrap_err();
    assert!(error.is_ambiguous());
    assert_eq!(conflict::<()>(Err(error)).stored(), Some(Version::new(4)));
    Ok(())
}
