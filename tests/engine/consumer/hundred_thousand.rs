//! 100,000 changes of ten tables.

use super::*;
use dkmio::FileCheckpoints;
use dynoxide::{AttributeValue, Database, ImportOptions, Item};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const TABLES: usize = 10;
const CHANGES: u32 = 10_000;
/// How many changes are handled before a checkpoint.
const BATCH: usize = 500;

/// A folder that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = format!("dkmio-consumer-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Makes a table with that many changes. They are imported, because the engine looks for the last sequence number in all records
/// of the stream whenever an item is written.
async fn filled(path: &Path) -> Result<DynamoDb, Error> {
    let engine = EmbeddedEngine::open(path).unwrap();
    let db = DynamoDb::from_client(engine.client());
    with_stream::<Readings>(&db).await?;
    let items = (0..CHANGES).map(|n| {
        let reading = reading(n);
        Item::from([
            ("sensor".to_owned(), AttributeValue::S(reading.sensor)),
            ("number".to_owned(), AttributeValue::N(n.to_string())),
        ])
    });
    let import = Database::new(path.to_str().unwrap()).unwrap();
    let options = ImportOptions {
        record_streams: true,
        ..ImportOptions::default()
    };
    let imported = import
        .import_items("readings", items.collect(), options)
        .unwrap();
    assert_eq!(imported.items_imported, CHANGES as usize);
    Ok(db)
}

/// Reads the changes of a table, in one life of the consumer after the other, and asserts that each comes once.
async fn once(path: PathBuf, checkpoints_in_a_life: usize) -> Result<(), Error> {
    let db = filled(&path).await?;
    let store = FileCheckpoints::new(path.with_extension("json"));
    let mut seen = BTreeSet::new();
    while seen.len() < CHANGES as usize {
        let changes = db.changes::<Readings>().checkpoints(store.clone());
        let mut changes = changes.page_size(500).buffered_pages(2).stream();
        for _ in 0..checkpoints_in_a_life {
            if seen.len() == CHANGES as usize {
                break;
            }
            let batch = changes.next_batch(BATCH).await.unwrap()?;
            for record in &batch {
                assert!(seen.insert(number(&record.change)), "it came before");
            }
            changes.checkpoint().await?;
        }
        if seen.len() < CHANGES as usize {
            // Handed out after the last checkpoint of this life: they come again.
            changes.next_batch(BATCH).await.unwrap()?;
        }
    }
    assert!(seen.into_iter().eq(0..CHANGES));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_thousand_changes_come_exactly_once_between_checkpoints() -> Result<(), Error> {
    let folder = Folder::new();
    let mut tables = tokio::task::JoinSet::new();
    for table in 0..TABLES {
        let path = folder.0.join(format!("{table}.db"));
        tables.spawn(once(path, 2 + table));
    }
    while let Some(read) = tables.join_next().await {
        read.unwrap()?;
    }
    Ok(())
}
