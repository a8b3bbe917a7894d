//! A consumer that goes on after a checkpoint, in each kind of store.

use super::*;
use dkmio::{Checkpoint, Checkpoints, FileCheckpoints, ItemCheckpoints, MemoryCheckpoints};

/// Kills the consumer at each checkpoint, with records handed out after it.
#[tokio::test]
async fn a_kill_at_each_checkpoint_loses_nothing() -> Result<(), Error> {
    let db = engine();
    with_stream::<Readings>(&db).await?;
    write(&db, 0..200).await?;
    let reader = |store: &MemoryCheckpoints| {
        let changes = db.changes::<Readings>().checkpoints(store.clone());
        changes
            .page_size(17)
            .poll_interval(Duration::from_millis(10))
            .stream()
    };
    for killed_at in 0..10 {
        let store = MemoryCheckpoints::new();
        let mut first = reader(&store);
        let mut handled = Vec::new();
        for _ in 0..killed_at {
            let mut taken = 0;
            while taken < 20 {
                let batch = first.next_batch(20 - taken).await.unwrap()?;
                taken += batch.len();
                handled.extend(batch.iter().map(|record| number(&record.change)));
            }
            first.checkpoint().await?;
        }
        // Handed out, perhaps handled, and not in a checkpoint.
        for _ in 0..killed_at * 2 {
            first.next().await.unwrap()?;
        }
        drop(first);
        let mut again = reader(&store);
        while handled.len() < 200 {
            handled.push(number(&again.next().await.unwrap()?.change));
        }
        handled.sort_unstable();
        assert!(handled.into_iter().eq(0..200), "killed at {killed_at}");
    }
    Ok(())
}

async fn goes_on<S: Checkpoints>(db: &DynamoDb, store: impl Fn() -> S) -> Result<(), Error> {
    assert_eq!(store().load().await?, None);
    let mut all = Vec::new();
    for life in 0..3 {
        let mut changes = db.changes::<Readings>().checkpoints(store()).stream();
        for _ in 0..10 {
            all.push(number(&changes.next().await.unwrap()?.change));
            changes.checkpoint().await?;
        }
        let saved: Option<Checkpoint> = store().load().await?;
        assert!(
            saved.is_some() && saved == changes.position(),
            "life {life}"
        );
    }
    all.sort_unstable();
    assert!(all.into_iter().eq(0..30));
    Ok(())
}

#[tokio::test]
async fn each_store_goes_on_after_its_checkpoint() -> Result<(), Error> {
    let db = engine();
    with_stream::<Readings>(&db).await?;
    write(&db, 0..30).await?;

    let memory = MemoryCheckpoints::new();
    goes_on(&db, || memory.clone()).await?;

    let path = std::env::temp_dir().join(format!("dkmio-checkpoint-{}.json", std::process::id()));
    let _ = std::fs::remove_file(&path);
    goes_on(&db, || FileCheckpoints::new(&path)).await?;
    std::fs::write(&path, "{").unwrap();
    let unreadable = FileCheckpoints::new(&path).load().await;
    assert!(
        matches!(unreadable, Err(Error::Checkpoint(_))),
        "{unreadable:?}"
    );
    std::fs::remove_file(&path).unwrap();

    db.create_table::<Positions>().await?;
    goes_on(&db, || {
        ItemCheckpoints::new(&db, "positions", [("name", "test")])
    })
    .await
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "positions")]
struct Positions {
    #[pk]
    name: String,
}

/// Of two consumers on one item, the one that was started first is told, and undoes nothing.
#[tokio::test]
async fn an_item_has_one_writer() -> Result<(), Error> {
    let db = engine();
    with_stream::<Readings>(&db).await?;
    db.create_table::<Positions>().await?;
    write(&db, 0..30).await?;
    let start = || {
        let store = ItemCheckpoints::new(&db, "positions", [("name", "test")]);
        db.changes::<Readings>().checkpoints(store).stream()
    };
    let mut first = start();
    first.next().await.unwrap()?;
    first.checkpoint().await?;
    let mut second = start();
    for _ in 0..5 {
        second.next().await.unwrap()?;
    }
    second.checkpoint().await?;
    first.next().await.unwrap()?;
    let refused = first.checkpoint().await;
    assert!(matches!(refused, Err(Error::Checkpoint(_))), "{refused:?}");
    second.next().await.unwrap()?;
    second.checkpoint().await
}
