//! How a consumer begins, and what it says where it cannot.

use super::*;
use dkmio::MemoryCheckpoints;

#[tokio::test]
async fn a_table_without_a_stream_is_told_how_to_get_one() -> Result<(), Error> {
    let db = engine();
    db.create_table::<Readings>().await?;
    let error = db.changes::<Readings>().stream().next().await.unwrap();
    let Err(Error::Configuration(e)) = error else {
        panic!("{error:?}");
    };
    assert!(e.message().contains("create_table") && e.message().contains("update-table"));
    Ok(())
}

#[tokio::test]
async fn a_missing_table_is_not_found() {
    let error = engine()
        .changes::<Readings>()
        .retry_budget(Duration::ZERO)
        .stream()
        .next()
        .await;
    assert!(
        matches!(error, Some(Err(Error::TableNotFound(_)))),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_stream_of_another_view_type_is_told_with_each_record() -> Result<(), Error> {
    let db = engine();
    db.create_table::<Readings>()
        .stream(StreamViewType::KeysOnly)
        .await?;
    write(&db, 0..2).await?;
    let mut changes = db.changes::<Readings>().stream();
    for _ in 0..2 {
        let error = changes.next().await.unwrap();
        assert!(matches!(error, Err(Error::Configuration(_))), "{error:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_latest_changes_are_those_after_the_start() -> Result<(), Error> {
    let db = engine();
    with_stream::<Readings>(&db).await?;
    write(&db, 0..30).await?;
    let store = MemoryCheckpoints::new();
    let mut changes = db
        .changes::<Readings>()
        .from_latest()
        .checkpoints(store)
        .stream();
    assert!(rest(&mut changes).await?.is_empty());
    write(&db, 30..35).await?;
    let taken = rest(&mut changes).await?;
    assert_eq!(
        taken
            .iter()
            .map(number)
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        5
    );
    Ok(())
}

#[tokio::test]
async fn a_checkpoint_without_a_store_is_an_error() -> Result<(), Error> {
    let db = engine();
    with_stream::<Readings>(&db).await?;
    let error = db.changes::<Readings>().stream().checkpoint().await;
    assert!(matches!(error, Err(Error::Configuration(_))), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_checkpoint_of_another_table_is_refused() -> Result<(), Error> {
    #[derive(Debug, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "others")]
    struct Others {
        #[pk]
        id: String,
    }
    let db = engine();
    with_stream::<Readings>(&db).await?;
    with_stream::<Others>(&db).await?;
    write(&db, 0..1).await?;
    let store = MemoryCheckpoints::new();
    let mut changes = db.changes::<Readings>().checkpoints(store.clone()).stream();
    changes.next().await.unwrap()?;
    changes.checkpoint().await?;
    let error = db
        .changes::<Others>()
        .checkpoints(store)
        .stream()
        .next()
        .await;
    assert!(
        matches!(error, Some(Err(Error::Checkpoint(_)))),
        "{error:?}"
    );
    Ok(())
}
