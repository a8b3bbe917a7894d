//! Reads the changes of tables with `db.changes()`, on the embedded engine.

mod hundred_thousand;
mod resumed;
mod shared;
mod start;

use dkmio::{Change, ChangeStream, DynamoDb, DynamoTable, EmbeddedEngine, Error, TableDefinition};
use dkmio::{FromRecord, StreamViewType};
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings")]
struct Readings {
    #[pk]
    sensor: String,
    #[sk]
    number: u32,
}

fn reading(number: u32) -> Readings {
    Readings {
        sensor: format!("s{}", number % 7),
        number,
    }
}

/// An engine of its own, whatever `DKMIO_TEST_ENDPOINT` says: other engines have other streams.
fn engine() -> DynamoDb {
    DynamoDb::from_client(EmbeddedEngine::in_memory().unwrap().client())
}

async fn with_stream<M: TableDefinition>(db: &DynamoDb) -> Result<(), Error> {
    db.create_table::<M>()
        .stream(StreamViewType::NewAndOldImages)
        .await
}

async fn write(db: &DynamoDb, numbers: std::ops::Range<u32>) -> Result<(), Error> {
    let readings: Vec<_> = numbers.map(reading).collect();
    Readings::batch_write().put_all(&readings).execute(db).await
}

/// Takes what there is, until nothing comes for a while.
async fn rest<C: FromRecord>(changes: &mut ChangeStream<C>) -> Result<Vec<C>, Error> {
    let mut taken = Vec::new();
    let quiet = Duration::from_millis(400);
    while let Ok(record) = tokio::time::timeout(quiet, changes.next()).await {
        taken.extend(record.transpose()?.map(|record| record.change));
    }
    Ok(taken)
}

fn number(change: &Change<Readings>) -> u32 {
    change.after().map_or(0, |reading| reading.number)
}
